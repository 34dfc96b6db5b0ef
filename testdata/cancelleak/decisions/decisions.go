// Package decisions has a line for each reason for which a cancel function counts as met.
package decisions

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

func work(ctx context.Context) error { return ctx.Err() }

func deferred(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // silent "the cancel function is called, or deferred, on every path"
	defer cancel()
	return work(ctx)
}

func returned(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx) // silent "the cancel function is stored, returned, or given to code"
	return ctx, cancel
}

func nobody(fast bool) bool {
	ctx, cancel := context.WithCancel(context.Background()) // silent "on the paths without a call, nothing waits for the context"
	if fast {
		return ctx.Err() == nil
	}
	cancel()
	return false
}

func overwritten(d time.Duration) error {
	ctx, cancel := context.WithCancel(context.Background()) // silent "the cancel function is overwritten before anything was done"
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(ctx)
}

func bounded(parent context.Context, fast bool) error {
	outer, stop := context.WithCancel(parent)
	defer stop()
	ctx, cancel := context.WithCancel(outer) // silent "the context ends with another one that the function makes"
	if fast {
		return work(ctx)
	}
	cancel()
	return nil
}

func limit(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}

func tested(ctx context.Context, d time.Duration) error {
	ctx, cancel := limit(ctx, d) // silent "the function that makes it does so for some arguments only"
	if d > 0 {
		defer cancel()
	}
	return work(ctx)
}

func grouped(ctx context.Context, fast bool) error {
	g, ctx := errgroup.WithContext(ctx) // silent "the group is given to somebody, or waited for"
	g.Go(func() error { return work(ctx) })
	if fast {
		return nil
	}
	return g.Wait()
}
