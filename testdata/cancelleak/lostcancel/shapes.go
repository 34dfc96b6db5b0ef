// Package lostcancel holds the shapes that vet's lostcancel knows. Where it is
// right, cancelleak reports the same line; a line that it is wrong about bears
// the mark "lostcancel false positive".
package lostcancel

import (
	"context"
	"errors"
	"log"
	"time"
)

var (
	background = context.Background()
	state      int
	ready      bool
)

// The forms of assignment.

func declares() {
	var _, cancel = context.WithCancel(background) // want "discarded: is never used"
	if ready {
		_ = cancel
	}
}

func defines() {
	_, cancel := context.WithDeadline(background, time.Now()) // want "discarded: is never used"
	if ready {
		_ = cancel
	}
}

func assigns() {
	var cancel func()
	_, cancel = context.WithTimeout(background, time.Second) // want "discarded: is never used"
	if ready {
		_ = cancel
	}
}

func discards() {
	ctx, _ := context.WithCancel(background)         // want "discarded: is discarded"
	ctx, _ = context.WithTimeout(ctx, time.Second)   // want "discarded: is discarded"
	ctx, _ = context.WithDeadline(ctx, time.Now())   // want "discarded: is discarded"
	ctx, _ = context.WithCancelCause(ctx)            // want "discarded: is discarded"
	ctx, _ = context.WithTimeoutCause(ctx, 1, nil)   // want "discarded: is discarded"
	ctx, _ = context.WithDeadlineCause(ctx, x0, nil) // want "discarded: is discarded"
	_ = ctx
}

var x0 time.Time

func defers() {
	_, cancel := context.WithCancel(background)
	defer cancel()
}

// Branches.

func oneBranch() {
	_, cancel := context.WithCancel(background) // want "path: is not called on every path"
	if ready {
		cancel()
	}
	return
}

func endlessElse() {
	_, cancel := context.WithCancel(background)
	if ready {
		cancel()
	} else {
		for {
			log.Print("waiting")
		}
	}
}

func finiteElse() {
	_, cancel := context.WithCancel(background) // want "path: is not called on every path"
	if ready {
		cancel()
	} else {
		for i := range 3 {
			log.Print(i)
		}
	}
}

// A select without default runs one of its cases.
func blockingSelect(c, d chan int) {
	_, cancel := context.WithCancel(background)
	select {
	case <-c:
		panic("end")
	case <-d:
	}
	cancel()
}

// Functions in functions.

func inGoroutine() {
	go func() {
		ctx, cancel := context.WithCancel(background) // want "path: is not called on every path"
		if ready {
			cancel()
		}
		log.Print(ctx)
	}()
}

func namedResults() (ctx context.Context, cancel func()) {
	ctx, cancel = context.WithCancel(background)
	return
}

var namedResultsOfLiteral = func() (ctx context.Context, cancel func()) {
	ctx, cancel = context.WithCancel(background)
	return
}

func assignedInLiteral() {
	var cancel func()
	func() {
		_, cancel = context.WithCancel(background)
	}()
	cancel()
}

var readElsewhere func()

func assignsVariable() {
	_, readElsewhere = context.WithCancel(background)
}

func reads() { readElsewhere() }

func fieldOfFunctionType() {
	var x struct{ f func() }
	if x.f != nil {
		x.f()
	}
}

// Generic code.

func genericLeaks[T any]() {
	var _, cancel = context.WithCancel(background) // want "path: is not called on every path"
	if ready {
		cancel()
	}
}

func genericDefers[T any]() {
	_, cancel := context.WithCancel(background)
	defer cancel()
}

type likeContext[B, K any] interface {
	Deadline() (deadline time.Time, ok B)
	Done() <-chan struct{}
	Err() error
	Value(key K) K
}

func fromLikeContext(parent likeContext[bool, any]) {
	ctx, _ := context.WithCancel(parent) // want "discarded: is discarded"
	_ = ctx
}

type unlike[K any] interface {
	WithCancel(likeContext[K, bool]) (likeContext[K, bool], func())
}

func fromUnlike(u unlike[any]) {
	ctx, _ := u.WithCancel(nil)
	_ = ctx
}

func causes() {
	{
		_, cancel := context.WithCancelCause(background)
		defer cancel(errors.New("over"))
	}
	{
		_, cancel := context.WithCancelCause(background) // want "path: is not called on every path"
		if ready {
			cancel(errors.New("over"))
		}
	}
}
