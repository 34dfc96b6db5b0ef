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
func Check(db *store.DB, m Mode, o store.Order) error { // want Check:`Check\(\) → verify\(\): context\.TODO`
	if m == Quick {
		return nil
	}
	return verify(db, o)
}

// CheckAs has a name for the mode.
func CheckAs(db *store.DB, name string, o store.Order) error { // want CheckAs:`CheckAs\(\) → verify\(\): context\.TODO`
	switch name {
	case "full", "paranoid":
		return verify(db, o)
	}
	return nil
}

// CheckNow passes its own on.
func CheckNow(db *store.DB, m Mode, o store.Order) error { // want CheckNow:`CheckNow\(\) → Check\(\) → verify\(\): context\.TODO`
	return Check(db, m, o)
}

func verify(db *store.DB, o store.Order) error { // want verify:`verify\(\): context\.TODO`
	return db.Verify(context.TODO(), o)
}
