// The command startup does things once, before it serves.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"

	"ctxlint.test/fixtures/ctxreset/startup/settings"
	"ctxlint.test/fixtures/ctxreset/store"
)

// What main alone reaches, before and after main.

func connect(ctx context.Context, db *store.DB) error {
	if err := migrate(db); err != nil { // want `low chain: →`
		return err
	}
	return retry(func() error { return seed(db) }) // want `low chain: →`
}

func main() {
	ctx, stop := signal.NotifyContext(context.TODO(), os.Interrupt)
	defer stop()
	db := new(store.DB)
	if err := run(ctx, db); err != nil {
		log.Print(err)
	}
}

func run(ctx context.Context, db *store.DB) error {
	if err := connect(ctx, db); err != nil {
		return err
	}
	http.Handle("/", &api{db})
	for range 3 {
		again(ctx, db)
	}
	go aside(ctx, db)
	both(ctx, db)
	recurs(ctx, db, 3)
	return http.ListenAndServe(":8080", nil)
}

func migrate(db *store.DB) error { return db.Verify(context.TODO(), store.Order{ID: "version"}) }
func seed(db *store.DB) error    { return db.Verify(context.TODO(), store.Order{ID: "seed"}) }

func retry(f func() error) error {
	if err := f(); err == nil {
		return nil
	}
	return f()
}

// Near misses: in a loop, in a goroutine, for a request, and again.

func again(ctx context.Context, db *store.DB) {
	touch(db) // want `medium chain: →`
}

func touch(db *store.DB) { _ = db.Verify(context.TODO(), store.Order{}) }

func aside(ctx context.Context, db *store.DB) {
	poll(db) // want `medium chain: →`
}

func poll(db *store.DB) { _ = db.Verify(context.TODO(), store.Order{}) }

type api struct{ db *store.DB }

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	both(r.Context(), a.db)
}

func both(ctx context.Context, db *store.DB) {
	audit(db) // want `medium chain: →`
}

func audit(db *store.DB) { _ = db.Verify(context.TODO(), store.Order{}) }

func recurs(ctx context.Context, db *store.DB, n int) {
	if n > 0 {
		count(db) // want `medium chain: →`
		recurs(ctx, db, n-1)
	}
}

func count(db *store.DB) { _ = db.Verify(context.TODO(), store.Order{}) }

// Names say it where callers are out of sight.
func (a *api) reload(ctx context.Context) error {
	if err := settings.LoadSettings(a.db); err != nil { // want `low chain: →`
		return err
	}
	if err := settings.InitAudit(a.db); err != nil { // want `low chain: →`
		return err
	}
	return settings.LoadOrder(a.db) // want `medium chain: →`
}
