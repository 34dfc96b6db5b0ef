// Package tests holds cancel functions in tests and their helpers.
package tests

import (
	"context"
	"testing"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

// Context is for the tests of other packages.
func Context(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// ContextLiteral registers a literal.
func ContextLiteral(t *testing.T) context.Context {
	ctx, cancel := context.WithCancelCause(context.Background())
	t.Cleanup(func() { cancel(nil) })
	return ctx
}

// ContextUntilFailure needs no call when the test is over.
func ContextUntilFailure(t testing.TB) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	if err := work(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx, cancel
}

// Leaking forgets.
func Leaking(t testing.TB) context.Context {
	ctx, _ := context.WithTimeout(context.Background(), time.Minute) // want "low discarded: is discarded"
	return ctx
}
