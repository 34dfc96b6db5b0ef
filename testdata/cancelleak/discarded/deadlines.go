package discarded

import (
	"context"
	"time"
)

type options struct {
	ctx  context.Context
	wait time.Duration
}

// a context with a deadline is never found without one
func defaults(o *options) (context.CancelFunc, error) {
	var cancel context.CancelFunc
	if o.ctx == nil {
		o.ctx, cancel = context.WithTimeout(context.Background(), o.wait)
	}
	if o.ctx.Err() != nil {
		return cancel, o.ctx.Err()
	}
	if _, hasDeadline := o.ctx.Deadline(); !hasDeadline {
		o.ctx, cancel = context.WithTimeout(o.ctx, time.Second)
	}
	return cancel, nil
}

func defaultsOfVariable(ctx context.Context, wait time.Duration) error {
	cancel := func() {}
	if wait > 0 {
		ctx, cancel = context.WithTimeout(ctx, wait)
	}
	if _, ok := ctx.Deadline(); !ok {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	defer cancel()
	return work(ctx)
}

// one without may be
func cancelled(ctx context.Context, stop bool) error {
	cancel := func() {}
	if stop {
		ctx, cancel = context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	}
	if _, ok := ctx.Deadline(); !ok {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	defer cancel()
	return work(ctx)
}

// that another context has none says nothing
func another(ctx, parent context.Context, wait time.Duration) error {
	cancel := func() {}
	if wait > 0 {
		ctx, cancel = context.WithTimeout(ctx, wait) // want "discarded: is overwritten before it is called"
	}
	if _, ok := parent.Deadline(); !ok {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	defer cancel()
	return work(ctx)
}

// nor that it has one
func present(ctx context.Context, wait time.Duration) error {
	cancel := func() {}
	if wait > 0 {
		ctx, cancel = context.WithTimeout(ctx, wait) // want "discarded: is overwritten before it is called"
	}
	if _, ok := ctx.Deadline(); ok {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	defer cancel()
	return work(ctx)
}
