// Package pkgvars keeps roots in package variables.
package pkgvars

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

var background = context.TODO()

var (
	todo   = context.TODO()
	tagged = context.WithValue(context.TODO(), key{}, "worker")
)

type key struct{}

func plain(ctx context.Context, db *store.DB, id string) error {
	return db.Check(background, id) // want `direct: context\.TODO`
}

func other(ctx context.Context, db *store.DB, id string) error {
	return db.Check(todo, id) // want `direct: context\.TODO`
}

func derived(ctx context.Context, db *store.DB, id string) error {
	return db.Check(tagged, id) // want `direct: context\.TODO`
}

func derivedHere(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithCancel(background) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func throughLocal(ctx context.Context, db *store.DB, id string) error {
	c := background // want `direct: context\.TODO`
	return db.Check(c, id)
}

// Near misses.

func nothingAtHand(db *store.DB, id string) error {
	return db.Check(background, id)
}

// processCtx is set by main before anything else runs.
var processCtx = context.TODO()

// SetContext makes ctx the parent of all work.
func SetContext(ctx context.Context) { processCtx = ctx }

func setElsewhere(ctx context.Context, db *store.DB, id string) error {
	return db.Check(processCtx, id)
}

// current may be anything: its address is known to others.
var current = context.TODO()

func register(where map[string]*context.Context) { where["current"] = &current }

func addressTaken(ctx context.Context, db *store.DB, id string) error {
	return db.Check(current, id)
}

// assigned has no value of its own.
var assigned context.Context

func setOnce(ctx context.Context) {
	if assigned == nil {
		assigned = ctx
	}
}

func neverFresh(ctx context.Context, db *store.DB, id string) error {
	return db.Check(assigned, id)
}

// lifetime ends with the process: who passes it on means that.
var lifetime, endAll = context.WithCancel(context.TODO())

func terminate() { endAll() }

func forLife(ctx context.Context, db *store.DB, id string) error {
	return db.Check(lifetime, id)
}
