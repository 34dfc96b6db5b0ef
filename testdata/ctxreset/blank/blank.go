// Package blank has contexts that are not used.
package blank

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func underscore(_ context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `low blank: context\.TODO`
}

func unnamed(context.Context, *store.DB, string) error {
	return new(store.DB).Check(context.TODO(), "1") // want `low blank: context\.TODO`
}

func underscoreChain(_ context.Context, db *store.DB, id string) error {
	return reset(db, id)
}

func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func underscoreRequest(w http.ResponseWriter, _ *http.Request) {
	new(store.DB).Check(context.TODO(), "1")
	w.WriteHeader(http.StatusNoContent)
}

func literal(db *store.DB) func(context.Context, string) error {
	return func(_ context.Context, id string) error {
		return db.Check(context.TODO(), id) // want `low blank: context\.TODO`
	}
}

type remover struct{ db *store.DB }

func (r *remover) Remove(_ context.Context, id string) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `low blank: context\.TODO`
	defer cancel()
	return r.db.Check(ctx, id)
}

// A context beside the one that is not used is at hand.
func another(_, ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

// Near misses.

func ignores(_ context.Context, o store.Order) int64 { return o.Total }

func user(ctx context.Context) string {
	name, _ := ctx.Value(key{}).(string)
	return name
}

type key struct{}

// What cannot wait does not need the context.
func cannotBlock(_ context.Context) string { return user(context.TODO()) }

func cleansUp(_ context.Context, db *store.DB, id string) error {
	defer db.Check(context.TODO(), id)
	return db.SQL.Ping()
}

// Silent: it says that it has no use for the context.
func discards(ctx context.Context, db *store.DB, id string) error {
	_ = ctx
	return db.Check(context.TODO(), id)
}

func discardsAnother(ctx, other context.Context, db *store.DB, id string) error {
	_ = other
	if err := db.Check(ctx, id); err != nil {
		return err
	}
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}
