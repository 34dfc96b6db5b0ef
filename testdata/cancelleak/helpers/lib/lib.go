// Package lib makes contexts for other packages.
package lib

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"time"
)

// Derive's second result says by its type what it is.
func Derive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

// DerivePlain gives the cancel function as a plain func().
func DerivePlain(ctx context.Context) (context.Context, func()) { // want DerivePlain:"cancel\\(1\\)"
	return context.WithTimeout(ctx, time.Second)
}

// DeriveVariable takes a detour through a variable.
func DeriveVariable(ctx context.Context) (context.Context, func(), error) { // want DeriveVariable:"cancel\\(1\\)"
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	if ctx.Err() != nil {
		cancel()
		return nil, nil, ctx.Err()
	}
	return ctx, cancel, nil
}

// DeriveWrapped returns a literal that calls it.
func DeriveWrapped(ctx context.Context, l *log.Logger) (context.Context, func()) { // want DeriveWrapped:"cancel\\(1\\)"
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	return ctx, func() {
		l.Print("cancelled")
		cancel()
	}
}

// DeriveNoop needs no call when there is no timeout, but the caller cannot know.
func DeriveNoop(ctx context.Context, d time.Duration) (context.Context, func()) { // want DeriveNoop:"cancel\\(1\\)"
	if d == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}

// Stop is a function type.
type Stop func()

// DeriveStop has a result of an own type.
func DeriveStop(ctx context.Context) (context.Context, Stop) { // want DeriveStop:"cancel\\(1\\)"
	ctx, cancel := context.WithCancel(ctx)
	return ctx, Stop(cancel)
}

// Cleanup is not about a context.
func Cleanup(f *os.File) (io.Reader, func()) {
	return f, func() { f.Close() }
}

// Noop never has anything to cancel.
func Noop(ctx context.Context) (context.Context, func()) { return ctx, func() {} }

// Conn holds a cancel function.
type Conn struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Dial keeps the cancel function in the connection.
func Dial(ctx context.Context) *Conn {
	ctx, cancel := context.WithCancel(ctx)
	return &Conn{ctx, cancel}
}

// Close cancels.
func (c *Conn) Close() error {
	c.cancel()
	return nil
}

// Canceller gives the connection's own cancel function.
func (c *Conn) Canceller() context.CancelFunc { return c.cancel } // want Canceller:"borrowed\\(0\\)"

// Context is bound to the connection.
func (c *Conn) Context() context.Context { return c.ctx }

// Factory derives.
type Factory struct{ Timeout time.Duration }

// Plain is a method with a plain result.
func (f *Factory) Plain(ctx context.Context) (context.Context, func()) { // want Plain:"cancel\\(1\\)"
	return context.WithTimeout(ctx, f.Timeout)
}

// Generic gives the cancel function as a plain func().
func Generic[T any](ctx context.Context, v T) (T, func()) { // want Generic:"cancel\\(1\\)"
	_, cancel := context.WithCancel(ctx)
	return v, cancel
}

// Drop forgets its argument.
func Drop(cancel context.CancelFunc) {} // want Drop:"ignores\\(0\\)"

// DropLogged forgets its second argument.
func DropLogged(l *log.Logger, cancel func()) { // want DropLogged:"ignores\\(1\\)"
	l.Print("dropped")
}

// Call calls its argument.
func Call(cancel context.CancelFunc) { cancel() }

var kept []func()

// Keep stores its argument.
func Keep(cancel func()) { kept = append(kept, cancel) }

// CloseAll calls what was kept.
func CloseAll() {
	for _, f := range kept {
		f()
	}
}

// Die does not return.
func Die(err error) {
	log.Print(err)
	os.Exit(1)
}

// Check returns if err is nil.
func Check(err error) {
	if err != nil {
		Die(err)
	}
}

// Must does not return on errors either, by panic.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// ErrBusy is an error.
var ErrBusy = errors.New("busy")
