// Package jobs says by the directive which of its work is nobody's.
package jobs

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Sweep deletes what nobody asks for any more.
//
//ctxlint:detached a sweep that has begun ends
func Sweep(db *store.DB, id string) error { return sweep(db, id) }

func sweep(db *store.DB, id string) error { // want sweep:`sweep\(\): context\.TODO`
	return db.Check(context.TODO(), id)
}

// Each has two roots, and one is meant.
func Each(db *store.DB, id string) error { // want Each:`Each\(\): context\.TODO`
	//ctxlint:detached a deletion that has begun ends
	if err := db.Check(context.TODO(), id); err != nil {
		return err
	}
	return db.Check(context.TODO(), id)
}

// Context is that of the process.
func Context() context.Context {
	//ctxlint:detached ends with the process
	return context.TODO()
}
