// Package rangefunc has the bodies of loops over functions, which are function
// literals behind the scenes.
package rangefunc

import (
	"context"
	"iter"
	"slices"

	"ctxlint.test/fixtures/ctxreset/store"
)

func ids(orders []store.Order) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, o := range orders {
			if !yield(o.ID) {
				return
			}
		}
	}
}

func body(ctx context.Context, db *store.DB, orders []store.Order) error {
	for id := range ids(orders) {
		if err := db.Check(context.TODO(), id); err != nil { // want `direct: context\.TODO`
			return err
		}
	}
	return nil
}

func nested(ctx context.Context, db *store.DB, groups [][]store.Order) error {
	for group := range slices.Values(groups) {
		for id := range ids(group) {
			if err := db.Check(context.TODO(), id); err != nil { // want `direct: context\.TODO`
				return err
			}
		}
	}
	return nil
}

func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func chain(ctx context.Context, db *store.DB, orders []store.Order) error {
	for id := range ids(orders) {
		if err := reset(db, id); err != nil { // want `medium chain: →`
			return err
		}
	}
	return nil
}

// The iterator is a literal of the function that makes it.
func load(ctx context.Context, db *store.DB, names []string) iter.Seq2[store.Order, error] {
	return func(yield func(store.Order, error) bool) {
		for _, name := range names {
			if !yield(db.Load(context.TODO(), name)) { // want `direct: context\.TODO`
				return
			}
		}
	}
}

// Near misses.

func inherits(ctx context.Context, db *store.DB, orders []store.Order) error {
	for id := range ids(orders) {
		if err := db.Check(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func dead(ctx context.Context, db *store.DB, orders []store.Order) error {
	for id := range ids(orders) {
		if ctx.Err() != nil {
			return db.Check(context.TODO(), id)
		}
	}
	return nil
}

func nothingAtHand(db *store.DB, orders []store.Order) {
	for id := range ids(orders) {
		db.Check(context.TODO(), id)
	}
}
