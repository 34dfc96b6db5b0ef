package discarded

import (
	"context"
	"time"
)

func overwritten(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

func overwrittenByNil(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	cancel = nil
	if cancel != nil {
		cancel()
	}
	return work(ctx)
}

func overwrittenByNoop(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	cancel = func() {}
	defer cancel()
	return work(ctx)
}

func overwrittenByCause(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = context.WithCancelCause(ctx)
	defer cancel(nil)
	return work(ctx)
}

// The closure reads the variable when it runs, so it calls the second one only.
func overwrittenUnderClosure(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	defer func() { cancel() }()
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	return work(ctx)
}

// On one path the first cancel function is replaced, on the other it is called.
func overwrittenInBranch(ctx context.Context, d time.Duration) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is (overwritten before it is called|not called on every path)"
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(ctx)
}

func onlyLastOfLoop(ctx context.Context, names []string) {
	var cancel context.CancelFunc
	for range names {
		var c context.Context
		c, cancel = context.WithTimeout(ctx, time.Second) // want "discarded: is overwritten before it is called"
		work(c)
	}
	cancel()
}

func onlyLastOfLoopDeferred(ctx context.Context, names []string) {
	var cancel context.CancelFunc = func() {}
	defer func() { cancel() }()
	for range names {
		var c context.Context
		c, cancel = context.WithTimeout(ctx, time.Second) // want "discarded: is overwritten before it is called"
		work(c)
	}
}

func onlyLastOfCountedLoop(ctx context.Context) error {
	cancel := func() {}
	for i := 0; i < 3; i++ {
		var attempt context.Context
		attempt, cancel = context.WithTimeout(ctx, time.Second) // want "discarded: is overwritten before it is called"
		if work(attempt) == nil {
			break
		}
	}
	cancel()
	return nil
}

func overwrittenThreeTimes(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)              // want "discarded: is overwritten before it is called"
	ctx, cancel = context.WithTimeout(ctx, time.Minute) // want "discarded: is overwritten before it is called"
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}
