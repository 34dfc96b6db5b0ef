// Package closures holds cancel functions that only a function literal calls.
package closures

import (
	"context"
	"io"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func neverCalled(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	cleanup := func() { cancel() }
	_ = cleanup
	return work(ctx)
}

func blankLiteral(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	_ = func() { cancel() }
	return work(ctx)
}

func deferInsideUnused(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "unused-closure: function literal that never runs"
	stop := func(reason string) {
		defer cancel()
		println(reason)
	}
	_ = stop
	return work(ctx)
}

func nestedUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	outer := func() {
		inner := func() { cancel() }
		inner()
	}
	_ = outer
	return work(ctx)
}

// The outer literal runs, but all it does is to make the inner one.
func innerUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is never used"
	func() {
		inner := func() { cancel() }
		_ = inner
	}()
	return work(ctx)
}

func overwrittenLiteral(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	cleanup := func() { cancel() }
	cleanup = func() {}
	defer cleanup()
	return work(ctx)
}

func onlyCompared(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	cleanup := func() { cancel() }
	if cleanup == nil {
		return io.EOF
	}
	return work(ctx)
}

func goroutineInsideUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	start := func() {
		go func() {
			<-ctx.Done()
			cancel()
		}()
	}
	_ = start
	return work(ctx)
}

func causeInUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx) // want "unused-closure: function literal that never runs"
	fail := func(err error) { cancel(err) }
	_ = fail
	return work(ctx)
}

func twoUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	a := func() { cancel() }
	b := func() { cancel() }
	_, _ = a, b
	return work(ctx)
}

func genericUnused[T any](ctx context.Context, v T) (T, error) {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	cleanup := func() { cancel() }
	_ = cleanup
	return v, work(ctx)
}

// Kept in a local value that nothing reads.
func inUnusedStruct(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	h := struct{ stop func() }{stop: func() { cancel() }}
	_ = h
	return work(ctx)
}

func recursiveUnused(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "unused-closure: function literal that never runs"
	var retry func(int)
	retry = func(n int) {
		if n == 0 {
			cancel()
			return
		}
		retry(n - 1)
	}
	return work(ctx)
}
