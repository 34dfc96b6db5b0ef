// Package broken does not type-check.
package broken

import (
	"context"
	"time"

	"ctxlint.test/fixtures/cancelleak/nowhere"
)

func undefinedContext() error {
	ctx, cancel := context.WithTimeout(undefined, time.Second)
	if work(ctx) != nil {
		return nil
	}
	cancel()
	return missing()
}

func undefinedFunction(ctx context.Context) {
	ctx, _ = context.WithNothing(ctx)
	ctx, _ = nowhere.Derive(ctx)
	undefined.Derive(ctx)
}

func wrongCount(ctx context.Context) {
	ctx = context.WithCancel(ctx)
	ctx, cancel, err := context.WithCancel(ctx)
	_, _ = context.WithCancel()
	defer cancel(1, 2)
}

func wrongType(ctx context.Context) (context.Context, int) {
	var cancel string
	ctx, cancel = context.WithCancel(ctx)
	defer cancel()
	return context.WithCancel(ctx)
}

func unused(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
}

func noBody(ctx context.Context) (context.Context, context.CancelFunc)

func missingReturn(ctx context.Context) (c context.Context, cancel context.CancelFunc) {
	c, cancel = context.WithCancel(ctx)
}

func labels(ctx context.Context) {
	for {
		_, cancel := context.WithCancel(ctx)
		continue nowhere
		break elsewhere
		goto missing
	}
}

type t struct {
	cancel context.CancelFunc
	t
}

func (x *t) close() { x.nothing() }

func (x undefinedType) close() { x.cancel() }

func generic[T undefinedConstraint](ctx context.Context, v T) {
	_, cancel := context.WithCancel(ctx)
	generic[int, string](ctx, cancel)
}

func initCycle() context.CancelFunc { return a }

var a = b
var b = a

func redeclared(ctx context.Context) { ctx, _ = context.WithCancel(ctx) }
func redeclared(ctx context.Context) { ctx, _ = context.WithCancel(ctx) }

func returnsTooMuch(ctx context.Context) error {
	_, cancel := context.WithCancel(ctx)
	return cancel, nil
}

func callsNonFunction(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	for range cancel {
	}
	cancel.Close()
	cancel = 3
	<-cancel
	cancel++
}
