// Package lib has a function that waits, and one that takes a context.
package lib

import "context"

// Await waits.
func Await(key string) error { return nil }

// Under waits as long as the context allows.
func Under(ctx context.Context, key string) error {
	<-ctx.Done()
	return ctx.Err()
}
