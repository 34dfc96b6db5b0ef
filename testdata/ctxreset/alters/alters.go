// Package alters changes what is stored. Whoever writes context.Background may mean
// it to be finished once it is begun; who writes context.TODO does not say so.
package alters

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

func background(ctx context.Context, db *store.DB, id string) error {
	return db.Delete(context.Background(), id) // want `low direct: context\.Background`
}

func todo(ctx context.Context, db *store.DB, id string) error {
	return db.Delete(context.TODO(), id) // want `medium direct: context\.TODO`
}

func reads(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.Background(), id) // want `low direct: context\.Background`
}

// readsAndWrites reads, too, and that could end.
func readsAndWrites(ctx context.Context, db *store.DB, o store.Order) error {
	bg := context.Background() // want `low direct: context\.Background`
	if _, err := db.Load(bg, o.ID); err != nil {
		return err
	}
	return db.Save(bg, o)
}

func save(db *store.DB, o store.Order) error { return db.Save(context.Background(), o) }

func saveLater(db *store.DB, o store.Order) error { return db.Save(context.TODO(), o) }

func chains(ctx context.Context, db *store.DB, o store.Order) error {
	if err := saveLater(db, o); err != nil { // want `low chain: context\.TODO`
		return err
	}
	return save(db, o) // want `low chain: context\.Background`
}

// The name of a helper says nothing of what its body does.
func updateFrom(db *store.DB, id string) error { return db.Check(context.Background(), id) }

func named(ctx context.Context, db *store.DB, id string) error {
	return updateFrom(db, id) // want `low chain: context\.Background`
}

// Of long chains, some function could seldom be changed.

func first(db *store.DB, id string, now bool) error {
	if now {
		return secondNow(db, id)
	}
	return second(db, id)
}

func second(db *store.DB, id string) error { return third(db, id) }

func third(db *store.DB, id string) error { return db.Check(context.Background(), id) }

func secondNow(db *store.DB, id string) error { return thirdNow(db, id) }

func thirdNow(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func long(ctx context.Context, db *store.DB, id string) error {
	return first(db, id, false) // want `low chain: first\(\) → … → third\(\): context\.Background`
}

func shorter(ctx context.Context, db *store.DB, id string) error {
	return thirdOf(db, id) // want `low chain: context\.Background`
}

func thirdOf(db *store.DB, id string) error { return fourthOf(db, id) }

func fourthOf(db *store.DB, id string) error { return db.Check(context.Background(), id) }

func longNow(ctx context.Context, db *store.DB, id string) error {
	return first(db, id, true) // want `medium chain: first\(\) → … → thirdNow\(\): context\.TODO`
}
