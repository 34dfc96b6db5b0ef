package cgo

import "context"

func work(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "is discarded"
	return ctx.Err()
}
