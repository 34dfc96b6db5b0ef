package suppressed

import (
	"context"
	"time"
)

// Comments for other linters that complain about the same.

func lostCancel(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:govet // the process ends soon
	return work(ctx)
}

func nosec(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // #nosec G118 -- the process ends soon
	return work(ctx)
}

func deferInLoop(ctx context.Context, items []string) {
	for range items {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		//lint:ignore SA9001 there are two
		defer cancel()
		_ = work(ctx)
	}
}

// Those that are about something else.

func otherComplaint(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:contextcheck // want "discarded: is discarded"
	return work(ctx)
}

func otherCheck(ctx context.Context, items []string) {
	for range items {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		//nolint:lostcancel
		defer cancel() // want "low loop: in a loop"
		_ = work(ctx)
	}
}
