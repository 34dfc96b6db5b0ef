// Package testing prepares what tests need.
package testing

import "context"

func begin(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func prepare() error {
	return begin(nil) // want "low SA1012: do not pass a nil Context"
}
