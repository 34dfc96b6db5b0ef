// Package carriers has a type from which a context can be had in its own way,
// and is checked with the flag that says how: the carrier
// ctxlint.test/fixtures/ctxreset/_flags/carriers.Event=x.Scope().
package carriers

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// An Event is what a handler is about.
type Event struct {
	ID    string
	scope context.Context
}

// Scope is the context of the event.
func (e *Event) Scope() context.Context { return e.scope }

func handle(e *Event, db *store.DB) error {
	return db.Check(context.TODO(), e.ID) // want `direct: context\.TODO`
}

func subscribe(db *store.DB) func(*Event) error {
	return func(e *Event) error {
		return db.Check(context.TODO(), e.ID) // want `direct: context\.TODO`
	}
}

func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func chain(e *Event, db *store.DB) error {
	return reset(db, e.ID) // want `medium chain: →`
}

// Near misses.

func inherits(e *Event, db *store.DB) error { return db.Check(e.Scope(), e.ID) }

// A Message is no carrier.
type Message struct{ ID string }

func receive(m *Message, db *store.DB) error { return db.Check(context.TODO(), m.ID) }
