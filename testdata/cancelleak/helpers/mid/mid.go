// Package mid passes on what package lib makes.
package mid

import (
	"context"
	"log"
	"os"

	"ctxlint.test/fixtures/cancelleak/helpers/lib"
)

// Forward returns both results as they come.
func Forward(ctx context.Context) (context.Context, func()) { // want Forward:"cancel\\(1\\)"
	return lib.DerivePlain(ctx)
}

// ForwardVariable takes a detour.
func ForwardVariable(ctx context.Context) (stop func(), c context.Context) { // want ForwardVariable:"cancel\\(0\\)"
	c, stop = lib.DerivePlain(ctx)
	return stop, c
}

// Session wraps a plain result in a literal.
func Session(ctx context.Context) (context.Context, func()) { // want Session:"cancel\\(1\\)"
	ctx, stop := lib.DeriveWrapped(ctx, log.Default())
	return ctx, func() { stop() }
}

// Drop hands its argument to a function that forgets it.
func Drop(cancel context.CancelFunc) { lib.Drop(cancel) } // want Drop:"ignores\\(0\\)"

// Call hands its argument to a function that calls it.
func Call(cancel context.CancelFunc) { lib.Call(cancel) }

// Die does not return.
func Die(err error) { lib.Die(err) }

// Noop has nothing to cancel.
func Noop(ctx context.Context) (context.Context, func()) { return lib.Noop(ctx) }

// Cleanup is not about a context.
func Cleanup(f *os.File) func() {
	_, stop := lib.Cleanup(f)
	return stop
}

func work(ctx context.Context) error { return ctx.Err() }

// Here the package is a user itself.
func leaks(ctx context.Context) error {
	ctx, stop := lib.DerivePlain(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}
