// Package modes has helpers whose parameters decide whether they make a context.
package modes

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A Mode says how an order is checked.
type Mode int

// The modes.
const (
	Quick Mode = iota
	Full
	Paranoid
)

// Check asks the database unless the mode is Quick.
func Check(db *store.DB, m Mode, o store.Order) error { // want Check:`Check\(\) → verify\(\): context\.Background`
	if m == Quick {
		return nil
	}
	return verify(db, o)
}

// CheckAs has a name for the mode.
func CheckAs(db *store.DB, name string, o store.Order) error { // want CheckAs:`CheckAs\(\) → verify\(\): context\.Background`
	switch name {
	case "full", "paranoid":
		return verify(db, o)
	}
	return nil
}

// CheckNow passes its own on.
func CheckNow(db *store.DB, m Mode, o store.Order) error { // want CheckNow:`CheckNow\(\) → Check\(\) → verify\(\): context\.Background`
	return Check(db, m, o)
}

func verify(db *store.DB, o store.Order) error { // want verify:`verify\(\): context\.Background`
	return db.Verify(context.Background(), o)
}
