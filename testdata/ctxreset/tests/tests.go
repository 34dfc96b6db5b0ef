// Package tests is tested, and helps others to test.
package tests

import (
	"context"
	"testing"

	"ctxlint.test/fixtures/ctxreset/store"
)

func load(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	return db.Load(ctx, id)
}

func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

// Prepare is for the tests of other packages; which context they use is another
// linter's subject.
func Prepare(tb testing.TB, db *store.DB) {
	tb.Helper()
	if err := db.Verify(context.TODO(), store.Order{ID: tb.Name()}); err != nil {
		tb.Fatal(err)
	}
	if err := reset(db, tb.Name()); err != nil {
		tb.Fatal(err)
	}
}

func cleanup(ctx context.Context, tb testing.TB, db *store.DB, id string) error {
	tb.Cleanup(func() { db.Check(context.TODO(), id) })
	return db.Verify(ctx, store.Order{ID: id})
}
