//go:build cgo

// Package cgo has findings in a file that the cgo tool rewrites.
package cgo

// static int twice(int n) { return 2 * n; }
import "C"

import (
	"context"
	"time"
)

func double(ctx context.Context, n int) (int, error) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return int(C.twice(C.int(n))), ctx.Err()
}

func doublePath(ctx context.Context, n int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return 0, err
	}
	m := C.twice(C.int(n))
	cancel()
	return int(m), nil
}

func doubleFine(ctx context.Context, n int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return int(C.twice(C.int(n))), work(ctx)
}
