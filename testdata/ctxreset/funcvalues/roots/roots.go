// Package roots makes contexts for others.
package roots

import (
	"context"
	"time"
)

// New returns a context without a deadline.
func New() context.Context { return context.Background() }

// WithTimeout returns a context that ends after d.
func WithTimeout(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(New(), d)
}

// Or returns ctx, if there is one.
func Or(ctx context.Context) context.Context {
	if ctx == nil {
		return New()
	}
	return ctx
}

// Tag returns a child of ctx.
func Tag(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, key{}, name)
}

type key struct{}
