package discarded

import (
	"context"
	"time"
)

// Assigning to the blank identifier satisfies the compiler and calls nothing.
func blankUse(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	_ = cancel
	return work(ctx)
}

func blankUseInBranch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	if ctx.Err() != nil {
		_ = cancel
	}
	return work(ctx)
}

func blankUseLater(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	err := work(ctx)
	_, _ = cancel, err
	return err
}

func declaredFirst(ctx context.Context) error {
	var cancel context.CancelFunc
	ctx, cancel = context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	_ = cancel
	return work(ctx)
}

func copiedOnly(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	stop := cancel
	_ = stop
	return work(ctx)
}

func convertedOnly(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	_ = (func())(cancel)
	return work(ctx)
}

func causeUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx) // want "discarded: is never used"
	_ = cancel
	return work(ctx)
}

func inClosure(ctx context.Context) {
	go func() {
		ctx, cancel := context.WithCancel(ctx) // want "discarded: is never used"
		_ = cancel
		work(ctx)
	}()
}

func blankInClosure(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is never used"
	func() { _ = cancel }()
	return work(ctx)
}

// The parameter is assigned, its new value never read.
func intoParameter(ctx context.Context, cancel context.CancelFunc) error {
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	return work(ctx)
}

// The deferred call has taken the first value already.
func secondNeverUsed(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	return work(ctx)
}

func secondNeverUsedDirectCall(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	ctx, cancel = context.WithTimeout(context.Background(), time.Second) // want "discarded: is never used"
	return work(ctx)
}

// A named result keeps nothing when the return statement sets it again.
func namedResultReplaced(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithTimeout(parent, time.Second) // want "discarded: is (never used|overwritten before it is called)"
	return ctx, func() {}
}
