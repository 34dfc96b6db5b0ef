// Package recursion holds functions that call one another, with what they do to a
// cancel function behind such a call. Each shape is there in both orders of
// declaration, which change nothing.
package recursion

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

// The one that calls it is declared first, or last.

func first(n int, done func()) {
	if n > 0 {
		second(n-1, done)
	}
	done()
}

func second(n int, done func()) { first(n-1, done) }

func otherSecond(n int, done func()) { otherFirst(n-1, done) }

func otherFirst(n int, done func()) {
	if n > 0 {
		otherSecond(n-1, done)
	}
	done()
}

func callsBehindTheCycle(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	second(3, cancel)
	return work(ctx)
}

func callsBehindTheOtherCycle(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	otherSecond(3, cancel)
	return work(ctx)
}

// Three of them, of which the last one calls it.

func a(n int, done func()) { b(n-1, done) }
func b(n int, done func()) { c(n-1, done) }
func c(n int, done func()) {
	if n > 0 {
		a(n-1, done)
		return
	}
	done()
}

func callsAtTheEnd(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	a(3, cancel)
	return work(ctx)
}

// None of them calls it.

func ping(n int, done func()) { // want ping:"ignores"
	if n > 0 {
		pong(n-1, done)
	}
}

func pong(n int, done func()) { // want pong:"ignores"
	ping(n-1, done)
}

func ignoredByTheCycle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want `ignored-param: never calls`
	pong(3, cancel)
	return work(ctx)
}

// A literal that calls itself through a variable.

func literal(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var again func(int, func())
	again = func(n int, done func()) {
		if n > 0 {
			again(n-1, done)
			return
		}
		done()
	}
	again(3, cancel)
	return work(ctx)
}

// Results.

func retry(ctx context.Context, n int) (context.Context, func()) { // want retry:"cancel"
	if n > 0 {
		return again(ctx, n-1)
	}
	return context.WithCancel(ctx)
}

func again(ctx context.Context, n int) (context.Context, func()) { // want again:"cancel"
	return retry(ctx, n-1)
}

func otherAgain(ctx context.Context, n int) (context.Context, context.CancelFunc) { // want otherAgain:"cancel"
	return otherRetry(ctx, n-1)
}

func otherRetry(ctx context.Context, n int) (context.Context, context.CancelFunc) { // want otherRetry:"cancel"
	if n > 0 {
		return otherAgain(ctx, n-1)
	}
	return context.WithCancel(ctx)
}

func dropsResult(ctx context.Context) error {
	ctx, _ = again(ctx, 3) // want `discarded: discarded`
	return work(ctx)
}

func dropsOtherResult(ctx context.Context) error {
	ctx, _ = otherAgain(ctx, 3) // want `discarded: discarded`
	return work(ctx)
}

type pool struct{ cancel context.CancelFunc }

// The cycle also gives one that the receiver keeps.

func (p *pool) shared(n int) context.CancelFunc { // want shared:"borrowed"
	if n > 0 {
		return p.made(n - 1)
	}
	return p.cancel
}

func (p *pool) made(n int) context.CancelFunc { // want made:"borrowed"
	return p.shared(n - 1)
}

func dropsShared(p *pool) {
	_ = p.made(2)
}
