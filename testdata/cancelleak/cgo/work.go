package cgo

import "context"

func work(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return ctx.Err()
}
