// Package detached has work that is cut off from its caller on purpose, and says
// so by the directive.
package detached

import (
	"context"
	"net/http"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/detached/jobs"
	"ctxlint.test/fixtures/ctxreset/store"
)

func atEnd(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //ctxlint:detached the order goes whoever waits
}

func above(ctx context.Context, db *store.DB, id string) error {
	//ctxlint:detached the order goes whoever waits
	return db.Check(context.TODO(), id)
}

func statement(ctx context.Context, db *store.DB, id string, now bool) error {
	//ctxlint:detached the order goes whoever waits
	if now {
		return db.Check(context.TODO(), id)
	}
	return db.Check(ctx, id)
}

// declared is documented.
//
//ctxlint:detached the order goes whoever waits
func declared(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func handler(db *store.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		//ctxlint:detached the order goes whoever waits
		if err := db.Check(context.TODO(), r.URL.Path); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

func goroutine(ctx context.Context, db *store.DB, id string) error {
	var wg sync.WaitGroup
	var err error
	wg.Add(1)
	//ctxlint:detached the order goes whoever waits
	go func() {
		defer wg.Done()
		err = db.Check(context.TODO(), id)
	}()
	wg.Wait()
	return err
}

// A comment in plain words beside the directive changes nothing.
func both(ctx context.Context, db *store.DB, id string) error {
	// Deleted regardless of the caller.
	return db.Check(context.TODO(), id) //ctxlint:detached the order goes whoever waits
}

// A helper that says it has no chain, whoever calls it.

//ctxlint:detached the order goes whoever waits
func helper(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func root(db *store.DB, id string) error {
	//ctxlint:detached the order goes whoever waits
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func plain(db *store.DB, id string) error { // want plain:`plain\(\): context\.TODO`
	return db.Check(context.TODO(), id)
}

func between(db *store.DB, id string) error {
	return plain(db, id) //ctxlint:detached the order goes whoever waits
}

func callers(ctx context.Context, db *store.DB, id string) {
	helper(db, id)
	root(db, id)
	between(db, id)
	jobs.Sweep(db, id)
	plain(db, id)     // want `medium chain: → plain\(\):.* give it a ctx parameter$`
	plain(db, id)     //ctxlint:detached the order goes whoever waits
	jobs.Each(db, id) // want `medium chain: → jobs\.Each\(\): context\.TODO`
}

// fresh gives contexts for what is to go on.
//
//ctxlint:detached the orders go whoever waits
func fresh() context.Context { return context.TODO() }

var process = context.TODO() //ctxlint:detached the process ends with it

func uses(ctx context.Context, db *store.DB, id string) error {
	if err := db.Check(process, id); err != nil {
		return err
	}
	if err := db.Check(jobs.Context(), id); err != nil {
		return err
	}
	return db.Check(fresh(), id)
}

// These silence nothing.

func withoutReason(ctx context.Context, db *store.DB, id string) error {
	//ctxlint:detached
	return db.Check(context.TODO(), id) // want `direct: pass ctx$`
}

func spaced(ctx context.Context, db *store.DB, id string) error {
	// ctxlint:detached the order goes whoever waits
	return db.Check(context.TODO(), id) // want `direct: pass ctx$`
}

func misspelt(ctx context.Context, db *store.DB, id string) error {
	//ctxlint:detach the order goes whoever waits
	return db.Check(context.TODO(), id) // want `direct: pass ctx$`
}

func elsewhere(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id) //ctxlint:detached the wrong line
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: pass ctx$`
}
