package uncancellable

import (
	"context"
	"time"
)

// What a case sends is computed before the select waits.

func forward(ctx context.Context, in <-chan int, out chan<- int) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case out <- <-in: // want "low uncancellable: this receive is not interrupted when the context is done, because operands are evaluated before the select waits; make it a case of its own"
		}
	}
}

func forwardSlowly(ctx context.Context, out chan<- int) {
	in := make(chan int)
	go func() {
		time.Sleep(time.Minute)
		in <- 1
	}()
	select {
	case <-ctx.Done():
	case out <- <-in: // want "uncancellable: this receive is not interrupted when the context is done"
	}
}

type source struct{ values chan int }

func (s *source) next() int { return <-s.values }

func (s *source) nap() int {
	time.Sleep(time.Minute)
	return 1
}

func sendNext(ctx context.Context, s *source, out chan<- int) {
	select {
	case <-ctx.Done():
	case out <- s.next(): // want "low uncancellable: the wait in this call is not interrupted when the context is done"
	}
	select {
	case <-ctx.Done():
	case out <- s.nap(): // want "low uncancellable: the wait in this call is not interrupted when the context is done"
	}
}

// Silent.

func (s *source) nextWith(ctx context.Context) int {
	select {
	case n := <-s.values:
		return n
	case <-ctx.Done():
		return 0
	}
}

func (s *source) size() int { return len(s.values) }

func sendOthers(ctx context.Context, s *source, out chan<- int, in <-chan int) {
	select {
	case <-ctx.Done():
	case out <- s.nextWith(ctx):
	}
	select {
	case <-ctx.Done():
	case out <- s.size():
	}
	n := <-in
	select {
	case <-ctx.Done():
	case out <- n:
	}
	select {
	case out <- <-in:
	case out <- 2:
	}
}

func sendTick(ctx context.Context, t *time.Ticker, out chan<- time.Time) {
	select {
	case <-ctx.Done():
	case out <- <-t.C:
	}
}

func sendReady(ctx context.Context, out chan<- int) {
	in := make(chan int, 1)
	in <- 1
	select {
	case <-ctx.Done():
	case out <- <-in:
	}
}
