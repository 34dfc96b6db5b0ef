// Package constants calls helpers with constants that decide which way they take.
package constants

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/chain/constants/modes"
	"ctxlint.test/fixtures/ctxreset/store"
)

// Across packages.

func quick(ctx context.Context, db *store.DB, o store.Order) error {
	return modes.Check(db, modes.Quick, o)
}

func quickThrough(ctx context.Context, db *store.DB, o store.Order) error {
	return modes.CheckNow(db, modes.Quick, o)
}

func byOtherName(ctx context.Context, db *store.DB, o store.Order) error {
	return modes.CheckAs(db, "quick", o)
}

func thorough(ctx context.Context, db *store.DB, o store.Order) error {
	return modes.Check(db, modes.Full, o) // want `medium chain: thorough\(\) → modes\.Check\(\) → modes\.verify\(\)`
}

// Within the package.

func store1(db *store.DB, o store.Order, dry bool) error {
	if dry {
		return nil
	}
	return db.Verify(context.TODO(), o)
}

func dryRun(ctx context.Context, db *store.DB, o store.Order) error { return store1(db, o, true) }

func realRun(ctx context.Context, db *store.DB, o store.Order) error {
	return store1(db, o, false) // want `medium chain: →`
}

func store2(db *store.DB, o store.Order, dry bool) error {
	if dry {
		return nil
	}
	return db.Verify(context.TODO(), o)
}

func anyRun(ctx context.Context, db *store.DB, o store.Order, dry bool) error {
	return store2(db, o, dry) // want `medium chain: →`
}

func store3(db *store.DB, o store.Order, dry bool) error {
	if dry {
		return nil
	}
	return db.Verify(context.TODO(), o)
}

// The branch that leads to the call says the same as a constant.
func onlyWhenDry(ctx context.Context, db *store.DB, o store.Order, dry bool) error {
	if dry {
		return store3(db, o, dry)
	}
	return db.Verify(ctx, o)
}

// A literal has the parameter, too.
func retry(f func() error) error { return f() }

func store4(db *store.DB, o store.Order, times int) error {
	return retry(func() error {
		if times != 0 {
			return db.Verify(context.TODO(), o)
		}
		return nil
	})
}

func never(ctx context.Context, db *store.DB, o store.Order) error { return store4(db, o, 0) }

// A parameter that is assigned is not what was passed.
func store5(db *store.DB, o store.Order, dry bool) error {
	if o.Total > 100 {
		dry = false
	}
	if dry {
		return nil
	}
	return db.Verify(context.TODO(), o)
}

func perhapsDry(ctx context.Context, db *store.DB, o store.Order) error {
	return store5(db, o, true) // want `medium chain: →`
}

// Each constant has its way.
func store6(db *store.DB, o store.Order, m modes.Mode) error {
	switch m {
	case modes.Quick:
		return db.Verify(context.TODO(), o)
	case modes.Full, modes.Paranoid:
		return db.Check(context.TODO(), o.ID)
	}
	return nil
}

func wayOfQuick(ctx context.Context, db *store.DB, o store.Order) error {
	return store6(db, o, modes.Quick) // want `medium chain: →.*context\.TODO`
}

func wayOfFull(ctx context.Context, db *store.DB, o store.Order) error {
	return store6(db, o, modes.Full) // want `medium chain: →.*context\.TODO`
}

func wayOfNone(ctx context.Context, db *store.DB, o store.Order) error {
	return store6(db, o, modes.Mode(7))
}

// Several conditions: one that does not hold is enough.
func store7(db *store.DB, o store.Order, m modes.Mode, dry bool) error {
	if m == modes.Quick || dry {
		return nil
	}
	return db.Verify(context.TODO(), o)
}

func dryInFull(ctx context.Context, db *store.DB, o store.Order) error {
	return store7(db, o, modes.Full, true)
}

func quickReal(ctx context.Context, db *store.DB, o store.Order) error {
	return store7(db, o, modes.Quick, false)
}

func realInFull(ctx context.Context, db *store.DB, o store.Order) error {
	return store7(db, o, modes.Full, false) // want `medium chain: →`
}

// What is nil is not called, and no options are none.

func store8(db *store.DB, o store.Order, then func()) {
	if then != nil {
		db.Verify(context.TODO(), o)
		then()
	}
}

func noThen(ctx context.Context, db *store.DB, o store.Order) { store8(db, o, nil) }

func withThen(ctx context.Context, db *store.DB, o store.Order) {
	store8(db, o, func() {}) // want `medium chain: →`
}

func store9(db *store.DB, ids ...string) {
	for _, id := range ids {
		db.Check(context.TODO(), id)
	}
}

func noIDs(ctx context.Context, db *store.DB) { store9(db) }

func someIDs(ctx context.Context, db *store.DB) {
	store9(db, "1") // want `medium chain: →`
}

func store10(db *store.DB, parent *store.Order) error {
	if parent == nil {
		return nil
	}
	return db.Verify(context.TODO(), *parent)
}

type shop struct{ db *store.DB }

func (s *shop) put(parent *store.Order) error { return store10(s.db, parent) }

func noParent(ctx context.Context, s *shop) error { return s.put(nil) }

func withParent(ctx context.Context, s *shop) error {
	return s.put(&store.Order{}) // want `low chain: →`
}
