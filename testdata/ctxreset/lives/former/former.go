// Package former uses package context under its former name.
package former

import (
	"golang.org/x/net/context"

	"ctxlint.test/fixtures/ctxreset/store"
)

func lost(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

// Lost is called by others.
func Lost(ctx context.Context, db *store.DB) error { return lost(ctx, db) }

// All callers pass a root.
func rooted(ctx context.Context, db *store.DB) error { return db.Check(context.TODO(), "") }

func root(db *store.DB) error { return rooted(context.Background(), db) }

func held(ctx context.Context, db *store.DB) error { return db.Check(context.TODO(), "") }

func holds(db *store.DB) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return held(ctx, db)
}
