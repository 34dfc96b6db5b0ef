package without

import (
	"context"
	"time"
)

// Whether a function keeps its context can be seen, whatever it is called.

type pump struct{ ctx context.Context }

func (p *pump) prime(ctx context.Context) { p.ctx = ctx }

func primes(ctx context.Context, p *pump) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	p.prime(ctx)
}

func spins(ctx context.Context) { go work(ctx) }

func spinsThrough(ctx context.Context) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	spins(ctx)
}

// Subscriptions are out of sight.
type Subscriptions interface {
	Subscribe(ctx context.Context, name string)
}

func subscribes(ctx context.Context, s Subscriptions) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	s.Subscribe(ctx, "orders")
}
