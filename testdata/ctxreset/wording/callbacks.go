package wording

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// What is measured is the work, and not what measures it.

func span(ctx context.Context, name string, f func(context.Context) error) error { return f(ctx) }

func measured(ctx context.Context, db *store.DB, o store.Order) error {
	return span(context.TODO(), "save", func(ctx context.Context) error { // want `direct: cuts \(\*store\.DB\)\.Verify off from ctx`
		return db.Verify(ctx, o)
	})
}

func measuredTwice(ctx context.Context, db *store.DB, o store.Order) error {
	return span(context.TODO(), "outer", func(ctx context.Context) error { // want `direct: cuts \(\*sql\.DB\)\.PingContext off from ctx`
		return span(ctx, "inner", func(ctx context.Context) error { return db.SQL.PingContext(ctx) })
	})
}

func measuredAlone(ctx context.Context, f func(context.Context) error) error {
	return span(context.TODO(), "given", f) // want `direct: cuts span off from ctx`
}

// Of several, the one that leaves the process.
func computesAndAsks(ctx context.Context, db *store.DB, o store.Order) error {
	c := context.TODO() // want `direct: cuts \(\*sql\.DB\)\.PingContext and 1 other call off from ctx`
	if err := span(c, "given", nil); err != nil {
		return err
	}
	return db.SQL.PingContext(c)
}
