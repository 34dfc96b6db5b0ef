// Package generics calls generic helpers.
package generics

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/chain/generics/batch"
	"ctxlint.test/fixtures/ctxreset/store"
)

func load[T any](get func(context.Context, string) (T, error), id string) (T, error) {
	return get(context.TODO(), id)
}

func inferred(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	return load(db.Load, id) // want `medium chain: →`
}

func each[T any](xs []T, f func(context.Context, T) error) error {
	for _, x := range xs {
		if err := f(context.TODO(), x); err != nil {
			return err
		}
	}
	return nil
}

func explicit(ctx context.Context, db *store.DB, ids []string) error {
	return each[string](ids, db.Check) // want `medium chain: →`
}

func otherPackage(ctx context.Context, db *store.DB, ids []string) error {
	return batch.Do(ids, db.Check) // want `medium chain: →`
}

func method(ctx context.Context, q *batch.Queue[string]) error {
	return q.Process() // want `medium chain: →`
}

// A generic head.
func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func head[T ~string](ctx context.Context, db *store.DB, id T) error {
	return reset(db, string(id)) // want `medium chain: →`
}

// A method of a generic type, and a type parameter's.
type repository[T any] struct {
	db   *store.DB
	scan func(store.Order) T
}

func (r repository[T]) find(id string) (T, error) {
	o, err := r.db.Load(context.TODO(), id)
	return r.scan(o), err
}

func finds(ctx context.Context, r repository[int64], id string) (int64, error) {
	return r.find(id) // want `medium chain: →`
}

// Near misses.

func loadContext[T any](ctx context.Context, get func(context.Context, string) (T, error), id string) (T, error) {
	return get(ctx, id)
}

func inherits(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	return loadContext(ctx, db.Load, id)
}

func counts(ctx context.Context, q *batch.Queue[string]) int {
	return q.Len()
}

type processor interface{ Process() error }

// Nobody knows what F is.
func unknown[F processor](ctx context.Context, f F) error {
	return f.Process()
}
