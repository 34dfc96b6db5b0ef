// Package roots has contexts that are derived from a root, which keeps no list of
// its children.
package roots

import (
	"context"
	"errors"
	"sync"
	"time"
)

type server interface {
	Run(ctx context.Context) error
	Load(name string) error
}

func inert(ctx context.Context) error { return ctx.Err() }

// Nothing is left of a context without a timer and a parent that nobody waits for.

func unused() {
	_, _ = context.WithCancel(context.Background())
}

func unusedCause() {
	_, cancel := context.WithCancelCause(context.TODO())
	_ = cancel
}

func lookedAt() error {
	ctx, _ := context.WithCancel(context.Background())
	return inert(ctx)
}

func notYetUsed(s server) error {
	ctx, cancel := context.WithCancel(context.Background())
	if err := s.Load("config"); err != nil {
		return err
	}
	go s.Run(ctx)
	defer cancel()
	return s.Load("rest")
}

// A timer is left.

func timer() {
	_, _ = context.WithTimeout(context.Background(), time.Hour) // want "discarded: is discarded, so the context lives until its deadline"
}

func deadline(s server, t time.Time) error {
	_, cancel := context.WithDeadline(context.Background(), t) // want "path: is not called on every path"
	if err := s.Load("config"); err != nil {
		return err
	}
	cancel()
	return nil
}

// So is the entry in the list of a parent that can end.

func parent(ctx context.Context) {
	_, _ = context.WithCancel(ctx) // want "discarded: is discarded, so the context lives as long as its parent"
}

func parentOfTimer() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	_, _ = context.WithCancel(context.WithoutCancel(ctx)) // want "discarded: is discarded"
	_, _ = context.WithCancel(ctx)                        // want "discarded: is discarded"
}

// And so is whoever waits for it.

func goroutine(s server) {
	ctx, _ := context.WithCancel(context.Background()) // want "discarded: is discarded, so nothing ends what waits for it"
	go s.Run(ctx)
}

func literal(s server) {
	ctx, _ := context.WithCancel(context.Background()) // want "discarded: is discarded"
	go func() { _ = s.Run(ctx) }()
}

func waits() {
	ctx, _ := context.WithCancel(context.Background()) // want "discarded: is discarded"
	<-ctx.Done()
}

func usedByThen(s server) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "path: is not called on every path"
	go s.Run(ctx)
	if err := s.Load("config"); err != nil {
		return err
	}
	cancel()
	return nil
}

// What the callee does cannot be seen: it may wait, or have somebody wait.

func unseen(s server) error {
	ctx, _ := context.WithCancel(context.Background()) // want "low discarded: is discarded"
	return s.Run(ctx)
}

func unseenByThen(s server) error {
	ctx, cancel := context.WithCancelCause(context.Background()) // want "medium path: is not called on every path"
	if err := s.Run(ctx); err != nil {
		return err
	}
	cancel(errors.New("done"))
	return nil
}

func inView(s server) error {
	ctx, _ := context.WithCancel(context.Background()) // want "discarded: is discarded"
	return starts(ctx, s)
}

func starts(ctx context.Context, s server) error {
	go s.Run(ctx)
	return nil
}

// What keeps the context of a discarded cancel function may never ask for its end: it is as good
// as the root that it comes from.

type queue interface {
	Publish(ctx context.Context, message string)
	Register(ctx context.Context) func()
}

func publishes(q queue) {
	ctx, _ := context.WithCancel(context.Background()) // want "low discarded: is discarded"
	q.Publish(ctx, "started")
	defer q.Register(ctx)()
}

type session struct{ ctx context.Context }

func detaches(ctx context.Context, timeoutOnly bool, s *session) {
	if timeoutOnly {
		ctx, _ = context.WithCancel(context.Background()) // want "low discarded: is discarded"
	}
	s.ctx = ctx
}

func group(s server, wg *sync.WaitGroup) {
	ctx, _ := context.WithCancel(context.Background()) // want "discarded: is discarded"
	wg.Go(func() { _ = s.Run(ctx) })
}

func selects(more <-chan int) {
	ctx, _ := context.WithCancel(context.Background()) // want "discarded: is discarded"
	for {
		select {
		case <-more:
		case <-ctx.Done():
			return
		}
	}
}
