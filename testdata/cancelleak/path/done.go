package path

import (
	"context"
	"errors"
	"time"
)

// A context that is done has released what it held. Nothing is lost on a path
// that only a done context takes.

func doneReceived(ctx context.Context, jobs <-chan int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	select {
	case <-jobs:
		cancel()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func doneWaitedFor(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	if work(ctx) == nil {
		cancel()
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

func doneChecked(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	cancel()
	return nil
}

func doneCheckedVariable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	if err := ctx.Err(); err != nil {
		return err
	}
	cancel()
	return nil
}

// A done parent has cancelled its children.
func doneParent(ctx context.Context, jobs <-chan int) error {
	child, cancel := context.WithTimeout(ctx, time.Second)
	select {
	case <-jobs:
		err := work(child)
		cancel()
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func donePerTurn(ctx context.Context, jobs <-chan int) {
	for range 3 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		select {
		case <-jobs:
			cancel()
		case <-c.Done():
		}
	}
}

// Another context's end says nothing about this one.
func doneOther(ctx, other context.Context, jobs <-chan int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	select {
	case <-jobs:
		err := work(ctx)
		cancel()
		return err
	case <-other.Done():
		return other.Err()
	}
}

// The error of a call is not the context's.
func doneOrNot(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	if err := work(ctx); errors.Is(err, errBusy) {
		return err
	}
	cancel()
	return nil
}

// This is the outcome in which it is not done.
func notDone(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	if ctx.Err() == nil {
		return errBusy
	}
	cancel()
	return nil
}

// A detached child outlives its parent.
func doneDetached(ctx context.Context, jobs <-chan int) error {
	child, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Hour) // want "path: is not called on every path"
	select {
	case <-jobs:
		err := work(child)
		cancel()
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
