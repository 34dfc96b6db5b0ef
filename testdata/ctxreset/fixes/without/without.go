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
	ctx = context.TODO() // want `direct: context\.TODO`
	return db.Check(ctx, id)
}

// The parameter is out of sight where its name means something else.
func shadowed(ctx context.Context, db *store.DB, ids []string) error {
	for _, ctx := range ids {
		if err := db.Check(context.TODO(), ctx); err != nil { // want `direct: context\.TODO`
			return err
		}
	}
	return nil
}

// The variable would be left without a use.
func functionValue(ctx context.Context, db *store.DB, id string) error {
	root := context.TODO
	return db.Check(root(), id) // want `direct: context\.TODO`
}

func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.TODO(), time.Second)
}

// The call has another result.
func severalResults(ctx context.Context, db *store.DB, id string) error {
	c, cancel := limited() // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

// Every function between the two would have to change.
func chain(ctx context.Context, db *store.DB, id string) error {
	return reset(db, id) // want `medium chain: →`
}

// Somebody wanted another context for the request; its own would make the call
// one that does nothing.
func detaches(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.TODO()) // want `medium handler: context\.TODO`
		next.ServeHTTP(w, r)
	})
}

func clones(w http.ResponseWriter, r *http.Request, next http.Handler) {
	next.ServeHTTP(w, r.Clone(context.TODO())) // want `handler: context\.TODO`
}

type machine struct{ ctx context.Context }

func newMachine(ctx context.Context) *machine { return &machine{ctx: ctx} }

func (m *machine) stopped() bool { return m.ctx.Err() != nil }

// With the machine's context the grace period would end early, and the machine be
// taken for one that did not stop in time.
func (m *machine) awaitExit(grace time.Duration) {
	ctx, cancel := context.WithTimeout(context.TODO(), grace) // want `medium direct: context\.TODO`
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
		wg.Go(func() { db.Check(context.TODO(), id) }) // want `goroutine: context\.TODO`
	}
	wg.Wait()
}
