package guards

import (
	"context"
	"errors"
	"time"
)

// A limit is put on a context that nothing else holds.
func refined(d time.Duration) error {
	ctx, cancel := context.WithCancel(context.Background())
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(ctx)
}

// The parent holds the first context for as long as it lives itself.
func refinedChild(parent context.Context, d time.Duration) error {
	ctx, cancel := context.WithCancel(parent) // want "discarded: is overwritten before it is called"
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(ctx)
}

// The first context has a timer.
func refinedTimeout(d time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want "discarded: is overwritten before it is called"
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(ctx)
}

// Something may wait for the first context by then.
func refinedLater(d time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want "discarded: is overwritten before it is called"
	err := work(ctx)
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return errors.Join(err, work(ctx))
}

// The second context is not made from the first, and nothing was.
func replaced(parent context.Context, d time.Duration) error {
	ctx, cancel := context.WithCancel(context.Background())
	if d > 0 {
		ctx, cancel = context.WithTimeout(parent, d)
	}
	defer cancel()
	return work(ctx)
}
