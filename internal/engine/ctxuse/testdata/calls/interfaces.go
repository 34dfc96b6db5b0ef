package calls

import "context"

// Store is implemented here alone, as far as can be seen.
type Store interface {
	Size(ctx context.Context) int
	Get(ctx context.Context, key string) string
}

type memory map[string]string

func (m memory) Size(context.Context) int { return len(m) } // want Size:"context is inert"

func (m memory) Get(_ context.Context, key string) string { return m[key] } // want Get:"context is inert"

type remote struct{ waits func(context.Context) error }

func (r *remote) Size(ctx context.Context) int { return 0 } // want Size:"context is inert"

func (r *remote) Get(ctx context.Context, key string) string {
	_ = r.waits(ctx)
	return key
}

func Size(ctx context.Context, s Store) int { return s.Size(ctx) } // want Size:"perhaps observes its context"

func Get(ctx context.Context, s Store) string { return s.Get(ctx, "") }

type closed interface {
	size(ctx context.Context) int
}

func (m memory) size(context.Context) int { return len(m) }

func SizeOfClosed(ctx context.Context, c closed) int { return c.size(ctx) } // want SizeOfClosed:"context is inert"

// Audit is called like a logger, and its implementation waits.
type Audit interface {
	LogEvent(ctx context.Context, what string)
}

type audit struct{}

func (audit) LogEvent(ctx context.Context, what string) { <-ctx.Done() } // want LogEvent:"perhaps observes its context"

func Audits(ctx context.Context, a Audit) { a.LogEvent(ctx, "") } // want Audits:"perhaps observes its context"
