// Package blank has contexts that are not used, and is checked with the switch
// that reports them.
package blank

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func underscore(_ context.Context, db *store.DB, id string) error {
	return db.Delete(context.Background(), id) // want `blank: context\.Background`
}

func unnamed(context.Context, *store.DB, string) error {
	return new(store.DB).Delete(context.Background(), "1") // want `blank: context\.Background`
}

type remover struct{ db *store.DB }

func (r *remover) Remove(_ context.Context, id string) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `blank: context\.TODO`
	defer cancel()
	return r.db.Delete(ctx, id)
}

func literal(db *store.DB) func(context.Context, string) error {
	return func(_ context.Context, id string) error {
		return db.Delete(context.Background(), id) // want `blank: context\.Background`
	}
}

// Near misses.

func ignores(_ context.Context, o store.Order) int64 { return o.Total }

func user(ctx context.Context) string {
	name, _ := ctx.Value(key{}).(string)
	return name
}

type key struct{}

// What cannot wait does not need the context.
func cannotBlock(_ context.Context) string { return user(context.Background()) }

func cleansUp(_ context.Context, db *store.DB, id string) error {
	defer db.Delete(context.Background(), id)
	return db.SQL.Ping()
}
