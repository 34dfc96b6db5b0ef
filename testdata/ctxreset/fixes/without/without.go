// Package without has findings for which no fix is right without thought.
package without

import (
	"context"
	"net/http"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Assigned to itself the parameter would be nothing but noise.
func reassigned(ctx context.Context, db *store.DB, id string) error {
	ctx = context.Background() // want `direct: context\.Background`
	return db.Check(ctx, id)
}

// The parameter is out of sight where its name means something else.
func shadowed(ctx context.Context, db *store.DB, ids []string) error {
	for _, ctx := range ids {
		if err := db.Check(context.Background(), ctx); err != nil { // want `direct: context\.Background`
			return err
		}
	}
	return nil
}

// The variable would be left without a use.
func functionValue(ctx context.Context, db *store.DB, id string) error {
	root := context.Background
	return db.Check(root(), id) // want `direct: context\.Background`
}

func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

// The call has another result.
func severalResults(ctx context.Context, db *store.DB, id string) error {
	c, cancel := limited() // want `direct: context\.Background`
	defer cancel()
	return db.Check(c, id)
}

func reset(db *store.DB, id string) error { return db.Check(context.Background(), id) }

// Every function between the two would have to change.
func chain(ctx context.Context, db *store.DB, id string) error {
	return reset(db, id) // want `medium chain: →`
}

// Somebody wanted another context for the request; its own would make the call
// one that does nothing.
func detaches(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.Background()) // want `handler: context\.Background`
		next.ServeHTTP(w, r)
	})
}

func clones(w http.ResponseWriter, r *http.Request, next http.Handler) {
	next.ServeHTTP(w, r.Clone(context.Background())) // want `handler: context\.Background`
}

type machine struct{ ctx context.Context }

func newMachine(ctx context.Context) *machine { return &machine{ctx: ctx} }

func (m *machine) stopped() bool { return m.ctx.Err() != nil }

// With the machine's context the grace period would end early, and the machine be
// taken for one that did not stop in time.
func (m *machine) awaitExit(grace time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), grace) // want `medium direct: context\.Background`
	defer cancel()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for !m.stopped() {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Nothing of the machine's context but its end would be of use here.
func (m *machine) saveAll(db *store.DB, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { db.Check(context.Background(), id) }) // want `goroutine: context\.Background`
	}
	wg.Wait()
}
