// Package cause has functions that hide that their context was done.
package cause

import "context"

func hidden(ctx context.Context, jobs chan int) error {
	for {
		select {
		case <-ctx.Done():
			return nil // want "medium cause: no error is returned when the context is done, so the caller mistakes a cancelled run for a success"
		case <-jobs:
		}
	}
}

func polled(ctx context.Context) (int, error) {
	select {
	case <-ctx.Done():
		return 0, nil // want "medium cause: no error is returned"
	default:
	}
	return 1, nil
}

// Silent.

func told(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func err(ctx context.Context, jobs chan int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-jobs:
		return nil
	}
}

func noError(ctx context.Context, jobs chan int) {
	select {
	case <-ctx.Done():
		return
	case <-jobs:
	}
}
