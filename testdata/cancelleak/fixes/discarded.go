// Package fixes holds findings with a suggested fix, and some without.
package fixes

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

func define(parent context.Context) error {
	ctx, _ := context.WithCancel(parent) // want "discarded: is discarded"
	return work(ctx)
}

// The parameter and the new variable are of one scope.
func assignParameter(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

// In a scope of its own := would make a second ctx.
func assignOuter(ctx context.Context, d time.Duration) error {
	if d > 0 {
		ctx, _ = context.WithTimeout(ctx, d) // want "discarded: is discarded"
	}
	return work(ctx)
}

func assignOuterCause(ctx context.Context, d time.Duration) error {
	if d > 0 {
		ctx, _ = context.WithCancelCause(ctx) // want "discarded: is discarded"
	}
	return work(ctx)
}

func defineCause(parent context.Context) error {
	ctx, _ := context.WithCancelCause(parent) // want "discarded: is discarded"
	return work(ctx)
}

func withSignals(ctx context.Context) error {
	ctx, _ = signal.NotifyContext(ctx, os.Interrupt) // want "discarded: is discarded"
	return work(ctx)
}

// The comment stays on its line.
func withComment(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) /* short */ // want "discarded: is discarded"
	return work(ctx)
}

func severalLines(ctx context.Context) error {
	ctx, _ = context.WithTimeout( // want "discarded: is discarded"
		ctx,
		time.Second,
	)
	return work(ctx)
}

func inLiteral(ctx context.Context) func() error {
	return func() error {
		ctx, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		return work(ctx)
	}
}

func inLiteralOfLoop(ctx context.Context, names []string) {
	for range names {
		func() {
			ctx, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
			work(ctx)
		}()
	}
}

func inCase(ctx context.Context, mode int) error {
	switch mode {
	case 0:
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		return work(c)
	}
	return work(ctx)
}

func inCommunication(ctx context.Context, jobs <-chan int) error {
	select {
	case <-jobs:
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		return work(c)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func generic[T any](ctx context.Context, v T) (T, error) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return v, work(ctx)
}

func neverUsed(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	_ = cancel
	return work(ctx)
}

func neverUsedCause(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx) // want "discarded: is never used"
	_ = stop
	return work(ctx)
}

// The name is taken.

func takenInScope(ctx context.Context, cancel <-chan struct{}) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	<-cancel
	return work(ctx)
}

func takenTwice(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cancel2 := 2
	ctx, _ = context.WithTimeout(ctx, time.Duration(cancel2)) // want "discarded: is discarded"
	return work(ctx)
}

func takenOutside(ctx context.Context, cancel <-chan struct{}) error {
	if ctx != nil {
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		<-cancel
		return work(c)
	}
	return nil
}

// The outer name is not needed where the new one hides it.
func takenOutsideUnused(ctx context.Context, cancel <-chan struct{}) error {
	<-cancel
	if ctx != nil {
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		return work(c)
	}
	return nil
}

func cancelJob() { println("cancelled") }

// With an error the cancel function may be nil until the error is checked.

func open(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	ctx, cancel := context.WithCancel(ctx)
	return ctx, cancel, nil
}

func afterCheck(ctx context.Context) error {
	ctx, _, err := open(ctx) // want "discarded: is discarded"
	if err != nil {
		return err
	}
	return work(ctx)
}

func afterCheckAssigned(ctx context.Context) (err error) {
	ctx, _, err = open(ctx) // want "discarded: is discarded"
	if err != nil {
		return err
	}
	return work(ctx)
}

func afterCheckPanics(ctx context.Context) error {
	ctx, _, err := open(ctx) // want "discarded: is discarded"
	if err != nil {
		panic(err)
	}
	return work(ctx)
}

// What the context is used for ends with the function.

func request(ctx context.Context, url string) (int, error) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

// Several fixes in one scope, to be applied together.
func severalInOneScope(ctx context.Context) error {
	c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	err := work(c)
	c, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	err = errors.Join(err, work(c))
	if err != nil {
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		err = work(c)
	}
	return err
}

// What a function does with its context can be seen, whatever it is called.

func Register(ctx context.Context) error { return work(ctx) }

func registers(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return Register(ctx)
}

// Settlements are out of sight.
type Settlements interface {
	Settle(ctx context.Context) error
}

func settles(ctx context.Context, s Settlements) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return s.Settle(ctx)
}
