// Package causelost cancels contexts with a cause that nobody asks for.
package causelost

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"ctxlint.test/fixtures/ctxerr/causelost/asker"
)

var errLost = errors.New("lost")

func logged(ctx context.Context, lost <-chan bool) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		<-lost
		cancel(errLost)
	}()
	<-ctx.Done()
	log.Printf("released: %v", ctx.Err()) // want "cause-lost: the context is cancelled with a cause, but its Err does not tell it"
}

func returned(ctx context.Context, run func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() { cancel(run(ctx)) }()
	<-ctx.Done()
	return ctx.Err() // want "medium cause-lost: the context is cancelled with a cause"
}

func wrapped(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Second, errLost)
	defer cancel()
	<-ctx.Done()
	return fmt.Errorf("stopped: %w", ctx.Err()) // want "medium cause-lost: the context is cancelled with a cause"
}

type key struct{}

func derived(ctx context.Context) {
	ctx, cancel := context.WithDeadlineCause(ctx, time.Now().Add(time.Second), errLost)
	defer cancel()
	valued := context.WithValue(ctx, key{}, 1)
	<-valued.Done()
	log.Println("stopped", valued.Err()) // want "cause-lost: the context is cancelled with a cause"
}

// From here on, nothing is wrong.

func noCause(ctx context.Context) {
	ctx, cancel := context.WithCancelCause(ctx) // silent "no cause is seen to be given that says"
	cancel(nil)
	log.Println(ctx.Err())
}

func noTimeoutCause(ctx context.Context) {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Second, nil)
	defer cancel()
	<-ctx.Done()
	log.Println(ctx.Err())
}

func sameCause(ctx context.Context) {
	child, cancel := context.WithCancelCause(context.Background())
	context.AfterFunc(ctx, func() { cancel(ctx.Err()) })
	<-child.Done()
	log.Println(child.Err())
}

func tested(ctx context.Context) bool {
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(errLost)
	return ctx.Err() != nil // silent "the error is not told to anybody: it"
}

func other(ctx, parent context.Context) error {
	_, cancel := context.WithCancelCause(ctx)
	cancel(errLost)
	return parent.Err()
}

func plain(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx.Err()
}

func askedElsewhere(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(errLost)
	asker.Report(ctx)
	return ctx.Err()
}
