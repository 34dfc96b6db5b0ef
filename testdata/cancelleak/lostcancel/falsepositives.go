package lostcancel

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func correlated(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // lostcancel false positive
	}
	err := work(ctx)
	if d > 0 {
		cancel()
	}
	return err
}

func correlatedFlag(ctx context.Context, limited bool) error {
	var cancel func()
	if limited {
		ctx, cancel = context.WithCancel(ctx) // lostcancel false positive
	}
	err := work(ctx)
	if limited {
		cancel()
	}
	return err
}

func registeredBefore(ctx context.Context) error {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return err
	}
	ctx, cancel = context.WithCancel(ctx) // lostcancel false positive
	return work(ctx)
}

func registeredBeforeAndNeeded(ctx context.Context) error {
	cancel := func() {}
	defer func() { cancel() }()
	for range 3 {
		cancel()
		ctx, cancel = context.WithTimeout(background, time.Second) // lostcancel false positive
		if err := work(ctx); err != nil {
			return err
		}
	}
	return nil
}

func retriedByGoto(ctx context.Context) error {
	var c context.Context
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
retry:
	if cancel != nil {
		cancel()
	}
	c, cancel = context.WithCancel(ctx) // lostcancel false positive
	if err := work(c); err != nil {
		if ctx.Err() != nil {
			return err
		}
		goto retry
	}
	return nil
}

func renewedPerTurn(ctx context.Context, reloads <-chan int) error {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-reloads:
			if cancel != nil {
				cancel()
			}
			var c context.Context
			c, cancel = context.WithCancel(ctx) // lostcancel false positive
			go work(c)
		}
	}
}

func childOfCancelledParent(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	child, stop := context.WithTimeout(ctx, time.Second) // lostcancel false positive
	if err := work(child); err != nil {
		return err
	}
	stop()
	return nil
}

func checkedError(ctx context.Context, prepare func() error) error {
	err := prepare()
	var cancel context.CancelFunc
	if err == nil {
		ctx, cancel = context.WithCancel(ctx) // lostcancel false positive
	}
	if err != nil {
		return err
	}
	defer cancel()
	return work(ctx)
}
