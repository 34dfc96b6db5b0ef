// Package wrappers passes contexts on in structs.
package wrappers

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// traced is a context with a name.
type traced struct {
	context.Context
	name string
}

func (t traced) Value(key any) any {
	if key == (nameKey{}) {
		return t.name
	}
	return t.Context.Value(key)
}

type nameKey struct{}

func literal(ctx context.Context, db *store.DB, id string) error {
	return db.Check(traced{ctx, "delete"}, id)
}

func pointer(ctx context.Context, db *store.DB, id string) error {
	return db.Check(&traced{Context: ctx, name: "delete"}, id)
}

func variable(ctx context.Context, db *store.DB, id string) error {
	t := traced{name: "delete"}
	t.Context = ctx
	return db.Check(t, id)
}

func constructed(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(newTraced(ctx, "delete"), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func newTraced(ctx context.Context, name string) *traced { return &traced{ctx, name} }

// held keeps its context in a field that is not embedded.
type held struct{ ctx context.Context }

func (h held) Deadline() (time.Time, bool) { return h.ctx.Deadline() }
func (h held) Done() <-chan struct{}       { return h.ctx.Done() }
func (h held) Err() error                  { return h.ctx.Err() }
func (h held) Value(key any) any           { return h.ctx.Value(key) }

func fieldOnly(ctx context.Context, db *store.DB, id string) error {
	return db.Check(held{ctx}, id)
}

// merged ends with the first of two.
type merged struct {
	context.Context
	other context.Context
}

func merge(a, b context.Context) context.Context { return merged{a, b} }

func both(ctx, lifetime context.Context, db *store.DB, id string) error {
	return db.Check(merge(ctx, lifetime), id)
}

// quiet has the values of one context, and the end of no other.
type quiet struct{ values context.Context }

func (quiet) Deadline() (time.Time, bool) { return time.Time{}, false }
func (quiet) Done() <-chan struct{}       { return nil }
func (quiet) Err() error                  { return nil }
func (q quiet) Value(key any) any         { return q.values.Value(key) }

// What WithoutCancel does was written by hand before there was one.
func ownDetach(ctx context.Context, db *store.DB, id string) error {
	return db.Check(quiet{ctx}, id)
}

// Near misses: the wrapped context is at hand, too.

func ofWrapper(t traced, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func ofOwnType(m *merged, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}
