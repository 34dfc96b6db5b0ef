// Package designs has types whose methods all work without a context: that is one decision,
// and one finding.
package designs

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

type keeper struct{ db *store.DB }

func (k *keeper) check(id string) error { return k.db.Check(context.TODO(), id) }

func (k *keeper) look(id string) error { return k.db.Check(context.TODO(), id) }

func (k *keeper) load(id string) (store.Order, error) { return k.db.Load(context.TODO(), id) }

func (k *keeper) same(o store.Order) error { return k.db.Verify(context.TODO(), o) }

func (k *keeper) name() string { return "keeper" }

func first(ctx context.Context, k *keeper, id string) error {
	return k.check(id) // want `low chain: first\(\) → \(\*keeper\)\.check\(\): context\.TODO\(\) at designs\.go:13 cuts \(\*store\.DB\)\.Check off from ctx, as do 4 methods of keeper; give them a ctx parameter`
}

func second(ctx context.Context, k *keeper, o store.Order) error {
	if err := k.look(o.ID); err != nil {
		return err
	}
	if _, err := k.load(o.ID); err != nil {
		return err
	}
	return k.same(o)
}

// Of three methods, each is a finding.

type few struct{ db *store.DB }

func (f *few) check(id string) error { return f.db.Check(context.TODO(), id) }

func (f *few) drop(id string) error { return f.db.Delete(context.TODO(), id) }

func (f *few) keep(o store.Order) error { return f.db.Save(context.TODO(), o) }

func each(ctx context.Context, f *few, o store.Order) error {
	if err := f.check(o.ID); err != nil { // want `medium chain: context\.TODO\(\) .*; give it a ctx parameter`
		return err
	}
	if err := f.drop(o.ID); err != nil { // want `low chain: context\.TODO\(\) .*; give it a ctx parameter`
		return err
	}
	return f.keep(o) // want `low chain: context\.TODO\(\) .*; give it a ctx parameter`
}

// Where others of its methods take a context, the rest was left over.

type mixed struct{ db *store.DB }

func (m *mixed) check(id string) error { return m.db.Check(context.TODO(), id) }

func (m *mixed) drop(id string) error { return m.db.Delete(context.TODO(), id) }

func (m *mixed) load(id string) (store.Order, error) { return m.db.Load(context.TODO(), id) }

func (m *mixed) keep(o store.Order) error { return m.db.Save(context.TODO(), o) }

func (m *mixed) verify(ctx context.Context, o store.Order) error { return m.db.Verify(ctx, o) }

func (m *mixed) again(ctx context.Context, o store.Order) error { return m.db.Verify(ctx, o) }

func rest(ctx context.Context, m *mixed, o store.Order) error {
	if err := m.check(o.ID); err != nil { // want `medium chain: context\.TODO\(\) .*; give it a ctx parameter`
		return err
	}
	if err := m.drop(o.ID); err != nil { // want `low chain: context\.TODO\(\) .*; give it a ctx parameter`
		return err
	}
	if _, err := m.load(o.ID); err != nil { // want `medium chain: context\.TODO\(\) .*; give it a ctx parameter`
		return err
	}
	return m.keep(o) // want `low chain: context\.TODO\(\) .*; give it a ctx parameter`
}
