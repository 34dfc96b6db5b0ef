// The command hooks gives functions to a library that starts it.
package main

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/store"
)

type hook struct {
	onStart   func(context.Context) error
	onMessage func(context.Context, string) error
	onRequest http.HandlerFunc
}

var run func(context.Context, []hook) error

func main() {
	db := new(store.DB)
	hooks := []hook{{
		onStart: func(ctx context.Context) error {
			return migrate(db) // want `low chain: ^a callback in main → migrate\(\): `
		},
		onMessage: func(ctx context.Context, id string) error {
			return receive(db, id) // want `medium chain: ^a callback in main → receive\(\): `
		},
		onRequest: func(w http.ResponseWriter, r *http.Request) {
			answer(db) // want `medium chain: ^a callback in main → answer\(\): `
		},
	}}
	for range 3 {
		hooks = append(hooks, hook{onStart: func(ctx context.Context) error {
			return again(db) // want `medium chain: →`
		}})
	}
	run(context.TODO(), hooks)
}

func migrate(db *store.DB) error            { return db.Verify(context.TODO(), store.Order{}) }
func receive(db *store.DB, id string) error { return db.Check(context.TODO(), id) }
func answer(db *store.DB)                   { _ = db.Verify(context.TODO(), store.Order{}) }
func again(db *store.DB) error              { return db.Verify(context.TODO(), store.Order{}) }
