// Package blank has contexts that are not used. Nothing is reported without the
// switch for it.
package blank

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/store"
)

func underscore(_ context.Context, db *store.DB, id string) error {
	return db.Delete(context.Background(), id)
}

func unnamed(context.Context, *store.DB, string) error {
	return new(store.DB).Delete(context.Background(), "1")
}

func underscoreChain(_ context.Context, db *store.DB, id string) error {
	return reset(db, id)
}

func reset(db *store.DB, id string) error { return db.Delete(context.Background(), id) }

func underscoreRequest(w http.ResponseWriter, _ *http.Request) {
	new(store.DB).Delete(context.Background(), "1")
	w.WriteHeader(http.StatusNoContent)
}

func literal(db *store.DB) func(context.Context, string) error {
	return func(_ context.Context, id string) error {
		return db.Delete(context.Background(), id)
	}
}

type remover struct{ db *store.DB }

func (r *remover) Remove(_ context.Context, id string) error {
	return r.db.Delete(context.TODO(), id)
}

// A context beside the one that is not used is at hand.
func another(_, ctx context.Context, db *store.DB, id string) error {
	return db.Delete(context.Background(), id) // want `direct: context\.Background`
}
