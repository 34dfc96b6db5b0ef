// Package stale derives contexts in loops.
package stale

import (
	"context"
	"database/sql"
	"time"
)

func deadline(ctx context.Context, dbs []*sql.DB) {
	var cancel context.CancelFunc
	for _, db := range dbs {
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want "stale: each iteration derives its context from the last iteration's, so the first deadline ends all"
		db.PingContext(ctx)
		cancel()
	}
}

func cancels(ctx context.Context, dbs []*sql.DB) {
	var cancel context.CancelFunc
	for _, db := range dbs {
		ctx, cancel = context.WithCancel(ctx) // want "stale: .*so cancelling one ends all later ones"
		db.PingContext(ctx)
		cancel()
	}
}

func cancelsLater(ctx context.Context, dbs []*sql.DB) {
	for _, db := range dbs {
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx) // want "medium stale: .*so cancelling one ends all later ones"
		defer cancel()
		db.PingContext(ctx)
	}
}

type key struct{}

func grows(ctx context.Context, db *sql.DB) {
	for n := 0; ; n++ {
		ctx = context.WithValue(ctx, key{}, n) // want "stale: each iteration adds a value to the context of the last"
		if db.PingContext(ctx) == nil {
			return
		}
	}
}

func sameKey(ctx context.Context, dbs []*sql.DB) {
	for _, db := range dbs {
		ctx = context.WithValue(ctx, key{}, db) // want "stale: each iteration adds a value to the context of the last"
		db.PingContext(ctx)
	}
}

func throughAnother(ctx context.Context, dbs []*sql.DB) {
	for _, db := range dbs {
		valued := context.WithValue(ctx, key{}, db)                 // silent "another context on the way, which derives"
		limited, cancel := context.WithTimeout(valued, time.Second) // want "stale: .*the first deadline ends all"
		db.PingContext(limited)
		cancel()
		ctx = limited
	}
}

func captured(ctx context.Context, dbs []*sql.DB) {
	for _, db := range dbs {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want "stale: .*the first deadline ends all"
		func() { db.PingContext(ctx) }()
		cancel()
	}
}

type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (w *worker) field(dbs []*sql.DB) {
	for _, db := range dbs {
		w.ctx, w.cancel = context.WithTimeout(w.ctx, time.Second) // want "medium stale: .*the first deadline ends all"
		db.PingContext(w.ctx)
	}
}

// From here on, nothing is wrong.

func fresh(ctx context.Context, dbs []*sql.DB) {
	for _, db := range dbs {
		ctx, cancel := context.WithTimeout(ctx, time.Second) // silent "each iteration derives from a context"
		db.PingContext(ctx)
		cancel()
	}
}

func freshParent(parent context.Context, dbs []*sql.DB) {
	var ctx context.Context
	var cancel context.CancelFunc
	for _, db := range dbs {
		ctx, cancel = context.WithTimeout(parent, time.Second)
		db.PingContext(ctx)
		cancel()
	}
}

func leaves(ctx context.Context, db *sql.DB, limits []time.Duration) error {
	for _, d := range limits {
		if d > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, d)
			defer cancel()
			break
		}
	}
	return db.PingContext(ctx)
}

func returns(ctx context.Context, dbs []*sql.DB) error {
	for _, db := range dbs {
		if db != nil {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, time.Second)
			defer cancel()
			return db.PingContext(ctx)
		}
	}
	return nil
}

func folds(ctx context.Context, wraps []func(context.Context) context.Context) context.Context {
	for _, wrap := range wraps {
		ctx = wrap(ctx)
	}
	return ctx
}

func pairs(ctx context.Context, values map[string]string) context.Context {
	for k, v := range values {
		ctx = context.WithValue(ctx, k, v) //nolint:staticcheck // the keys are data
	}
	return ctx
}

func last(ctx context.Context, names []string) context.Context {
	for _, name := range names {
		if name != "" {
			ctx = context.WithValue(ctx, key{}, name) // silent "the loop ends, and is meant to collect"
		}
	}
	return ctx
}

func reset(ctx context.Context, dbs []*sql.DB) {
	current := ctx
	for _, db := range dbs {
		var cancel context.CancelFunc
		current, cancel = context.WithTimeout(current, time.Second)
		db.PingContext(current)
		cancel()
		current = ctx
	}
}

func once(ctx context.Context, db *sql.DB) error {
	var cancel context.CancelFunc
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.PingContext(ctx)
}
