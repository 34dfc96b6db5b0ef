// Package plain announces the facts about its functions, all of them.
package plain

import "context"

// Two results, a context and its cancel function.
func Cancel(ctx context.Context) (context.Context, func()) { // want Cancel:"^cancel\\(1\\)$"
	return context.WithCancel(ctx)
}

// Ignored is nothing to it.
func Ignores(_ context.Context, cancel context.CancelFunc) {} // want Ignores:"^ignores\\(1\\)$"

// Both facts.
func Both(ctx context.Context, cancel func()) (context.Context, func()) { // want Both:"^cancel\\(1\\) ignores\\(1\\)$"
	return context.WithCancel(ctx)
}

// Calls, stores, sends, returns, or hands on: nothing to announce.

func Calls(cancel func()) { cancel() }

func Defers(cancel func()) { defer cancel() }

func Starts(cancel func()) { go cancel() }

func Sends(out chan<- func(), cancel func()) { out <- cancel }

func HandsOn(register func(func()), cancel func()) { register(cancel) }

func Captures(cancel func()) func() { return func() { cancel() } }

// CallsSometimes is not provably ignoring.
func CallsSometimes(ok bool, cancel func()) {
	if ok {
		cancel()
	}
}

// NoContext has results that are not about contexts.
func NoContext() (int, func()) { return 0, func() {} }

// TakesNone has no function to ignore.
func TakesNone(ctx context.Context, n int) error { return ctx.Err() }
