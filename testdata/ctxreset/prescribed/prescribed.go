// Package prescribed has helpers that are methods of interfaces.
package prescribed

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/prescribed/ports"
	"ctxlint.test/fixtures/ctxreset/store"
)

// All implementations of the interface would have to take a context.

type remote struct{ db *store.DB }

var _ ports.States = (*remote)(nil)

func (r *remote) Load(name string) error { return r.db.Check(context.TODO(), name) }

func refresh(ctx context.Context, r *remote) error {
	return r.Load("a") // want `low chain: .*Load\(\): context\.TODO`
}

// What no interface asks for is free, and so is what one asks for here.

func (r *remote) reload(name string) error { return r.db.Check(context.TODO(), name) }

func refreshAgain(ctx context.Context, r *remote) error {
	return r.reload("a") // want `medium chain: .*reload\(\): context\.TODO`
}

type reader interface{ read(name string) error }

type local struct{ db *store.DB }

var _ reader = (*local)(nil)

func (l *local) read(name string) error { return l.db.Check(context.TODO(), name) }

func refreshLocal(ctx context.Context, l *local) error {
	return l.read("a") // want `medium chain: .*read\(\): context\.TODO`
}
