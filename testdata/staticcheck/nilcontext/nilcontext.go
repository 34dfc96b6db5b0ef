// Package nilcontext passes nil where a context belongs.
package nilcontext

import (
	"context"
	"log/slog"
)

type store struct{}

func (*store) load(ctx context.Context, id int) {}
func first(ctx context.Context)                 {}
func second(id int, ctx context.Context)        {}
func pointer(p *int)                            {}

type loader interface{ load(context.Context, int) }

func unused(context.Context) {}

func found(s *store, l loader) {
	l.load(nil, 1) // want "SA1012: do not pass a nil Context"
	unused(nil)    // want "medium SA1012: do not pass a nil Context"
	first(nil)     // want "SA1012: do not pass a nil Context"
	s.load(nil, 1) // want "SA1012: do not pass a nil Context"
	func(ctx context.Context) {}(context.TODO())
}

func silent(s *store, ctx context.Context) {
	first(ctx)
	s.load(context.TODO(), 1)
	second(1, nil) // not the first parameter
	pointer(nil)
	var none context.Context
	first(none)
}

// What asks whether there is a context expects that there may be none.

func asks(ctx context.Context, id int) error {
	if ctx != nil {
		return ctx.Err()
	}
	return nil
}

func asksLater(ctx, other context.Context) {
	if other == nil {
		first(ctx)
	}
}

func hands(ctx context.Context, id int) error { return asksBelow(ctx, id) }

func asksBelow(ctx context.Context, id int) error {
	if id == 0 {
		return hands(ctx, 1)
	}
	return asks(ctx, id)
}

func handsOther(ctx context.Context, id int) error { return asks(context.Background(), id) }

func expected(log *slog.Logger) {
	_ = asks(nil, 1)                         // want "low SA1012: do not pass a nil Context"
	log.InfoContext(nil, "started")          // want "low SA1012: do not pass a nil Context"
	slog.Log(nil, slog.LevelInfo, "started") // want "low SA1012: do not pass a nil Context"
	asksLater(nil, context.Background())     // want "SA1012: do not pass a nil Context"
	_ = hands(nil, 1)                        // want "low SA1012: do not pass a nil Context"
	_ = handsOther(nil, 1)                   // want "SA1012: do not pass a nil Context"
	_, _ = context.WithCancel(nil)           // want "SA1012: do not pass a nil Context"
}
