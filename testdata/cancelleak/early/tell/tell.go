// Package tell has functions that do something with a context, or nothing.
package tell

import "context"

// Something does without the context.
func Something(_ context.Context, what string) { println(what) }

// Waiting gives up with the context.
func Waiting(ctx context.Context, what string) {
	if ctx.Err() == nil {
		println(what)
	}
}
