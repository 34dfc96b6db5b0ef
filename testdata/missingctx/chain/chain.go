// Package chain calls helpers that take no context and wait.
package chain

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"ctxlint.test/fixtures/missingctx/chain/store"
)

func clears(ctx context.Context, dbs []*sql.DB) error {
	return store.ClearAll(dbs) // want `low chain: clears\(\) → store\.ClearAll\(\) → store\.Clear\(\): \(\*sql\.DB\)\.Exec at store/store\.go:\d+ goes on after ctx has ended; give both a ctx parameter`
}

func fetches(w http.ResponseWriter, r *http.Request) {
	store.Fetch("https://example.com/") // want `medium chain: fetches\(\) → store\.Fetch\(\): http\.Get at store/store\.go:\d+ goes on after r\.Context\(\) has ended; give it a ctx parameter`
}

func awaits(ctx context.Context, ready func() bool) {
	store.Await(ready)     // want `low chain: store\.Await\(\): time\.Sleep`
	store.AwaitServer(nil) // want `medium chain: store\.AwaitServer\(\): time\.Sleep`
	_ = ctx.Err()
}

func versions(ctx context.Context) string {
	return store.Version() // want `low chain: store\.Version\(\): exec\.Command`
}

func conditional(ctx context.Context, db *sql.DB) error {
	if err := store.Maybe(db, false); err != nil {
		return err
	}
	return store.Maybe(db, true) // want `medium chain: store\.Maybe\(\)`
}

func closes(ctx context.Context, db *sql.DB) error { return store.Close(db) }

func deferred(ctx context.Context, db *sql.DB) {
	defer store.Clear(db)
	_ = ctx.Err()
}

func repo(ctx context.Context, r *store.Repo) error {
	if err := r.Names(); err != nil { // want `low chain: repo\(\) → \(\*store\.Repo\)\.Names\(\): \(\*sql\.DB\)\.Exec at store/store\.go:\d+ goes on after ctx has ended, as do 4 methods of store\.Repo; give them a ctx parameter \(and 1 other call in this package\)`
		return err
	}
	return r.Users()
}

func local(ctx context.Context) {
	outer() // want `low chain: local\(\) → outer\(\) → … → inner\(\): time\.Sleep`
	_ = ctx.Err()
}

func outer() { middle() } // want outer:`outer\(\) → middle\(\) → inner\(\)`

func middle() { inner() } // want middle:`middle\(\) → inner\(\)`

func inner() { // want inner:`inner\(\): time\.Sleep`
	time.Sleep(time.Minute)
}

// recursive calls itself, which adds nothing.
func recursive(ctx context.Context, n int) {
	descend(n) // want `low chain: recursive\(\) → descend\(\): time\.Sleep`
	_ = ctx.Err()
}

func descend(n int) { // want descend:`descend\(\): time\.Sleep`
	if n > 0 {
		descend(n - 1)
	}
	time.Sleep(time.Minute)
}

type locked struct{}

// Read is prescribed by io.Reader.
func (locked) Read(p []byte) (int, error) {
	time.Sleep(time.Minute)
	return 0, nil
}

func reads(ctx context.Context, l locked) {
	l.Read(nil)
	_ = ctx.Err()
}
