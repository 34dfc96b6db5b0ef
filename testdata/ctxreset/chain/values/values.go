// Package values calls helpers through function values.
package values

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

type service struct {
	db      *store.DB
	refresh func() error
}

func (s *service) reload() error {
	_, err := s.db.Load(context.TODO(), "all")
	return err
}

func methodValue(ctx context.Context, s *service) error {
	reload := s.reload
	return reload() // want `medium chain: →`
}

func (s *service) drop(id string) error { return s.db.Check(context.TODO(), id) }

func methodExpression(ctx context.Context, s *service, id string) error {
	return (*service).drop(s, id) // want `medium chain: →`
}

func (s *service) touch(id string) error { return s.db.Verify(context.TODO(), store.Order{ID: id}) }

func methodExpressionValue(ctx context.Context, s *service, id string) error {
	touch := (*service).touch
	return touch(s, id) // want `medium chain: →`
}

func remove(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func functionValue(ctx context.Context, db *store.DB, id string) error {
	f := remove
	return f(db, id) // want `low chain: →`
}

func purge(db *store.DB) error { return db.Check(context.TODO(), "*") }

// purgeAll is never assigned again.
var purgeAll = purge

func packageVariable(ctx context.Context, db *store.DB) error {
	return purgeAll(db) // want `medium chain: →`
}

func newest(db *store.DB) (store.Order, error) { return db.Load(context.TODO(), "newest") }

func oldest(db *store.DB) (store.Order, error) { return db.Load(context.TODO(), "oldest") }

func literalValue(ctx context.Context, db *store.DB) (store.Order, error) {
	get := func() (store.Order, error) { return newest(db) } // want `medium chain: →`
	return get()
}

// Near misses.

func parameter(ctx context.Context, f func() error) error { return f() }

func (s *service) field(ctx context.Context) error { return s.refresh() }

// replaceable is a seam for tests.
var replaceable = oldest

func setReplaceable(f func(*store.DB) (store.Order, error)) { replaceable = f }

func variable(ctx context.Context, db *store.DB) (store.Order, error) {
	return replaceable(db)
}

func ping(db *store.DB) (store.Order, error) { return store.Order{}, db.SQL.Ping() }

func oneOfTwo(ctx context.Context, db *store.DB, old bool) (store.Order, error) {
	get := ping
	if old {
		get = oldest
	}
	return get(db)
}

func fromTable(ctx context.Context, db *store.DB, name string) (store.Order, error) {
	return map[string]func(*store.DB) (store.Order, error){"ping": ping, "oldest": oldest}[name](db)
}

// Making a value of a helper does not call it.
func binds(ctx context.Context, s *service) error {
	s.refresh = s.reload
	return s.db.SQL.PingContext(ctx)
}
