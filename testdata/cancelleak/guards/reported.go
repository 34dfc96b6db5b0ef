package guards

import (
	"context"
	"time"
)

func otherCondition(ctx context.Context, d time.Duration, strict bool) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
	}
	err := work(ctx)
	if strict {
		cancel()
	}
	return err
}

func narrowerCondition(ctx context.Context, d time.Duration, strict bool) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
	}
	err := work(ctx)
	if d > 0 && strict {
		cancel()
	}
	return err
}

func sameConditionButReturn(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
	}
	if err := work(ctx); err != nil {
		return err
	}
	if d > 0 {
		cancel()
	}
	return nil
}

func nilCheckTurned(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "discarded: is (never used|not called on every path)"
	}
	err := work(ctx)
	if cancel == nil {
		cancel = func() {}
		cancel()
	}
	return err
}

func flagReset(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	derived := false
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
		derived = true
	}
	err := work(ctx)
	if err != nil {
		derived = false
	}
	if derived {
		cancel()
	}
	return err
}

func otherField(ctx context.Context, o *options) error {
	var cancel context.CancelFunc
	if o.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, o.timeout) // want "path: is not called on every path"
	}
	err := work(ctx)
	if o.strict {
		cancel()
	}
	return err
}

func fieldChanged(ctx context.Context, o *options) error {
	var cancel context.CancelFunc
	if o.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, o.timeout) // want "path: is not called on every path"
	}
	o.timeout = 0
	err := work(ctx)
	if o.timeout > 0 {
		cancel()
	}
	return err
}
