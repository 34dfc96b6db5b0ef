// Package deferred cleans up when the caller's context may be over.
package deferred

import (
	"context"
	"errors"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func call(ctx context.Context, db *store.DB, id string) error {
	defer db.Check(context.TODO(), id)
	_, err := db.Load(ctx, id)
	return err
}

func literal(ctx context.Context, db *store.DB, id string) (err error) {
	defer func() {
		c, cancel := context.WithTimeout(context.TODO(), time.Second)
		defer cancel()
		err = errors.Join(err, db.Check(c, id))
	}()
	_, err = db.Load(ctx, id)
	return err
}

func onError(ctx context.Context, db *store.DB, id string) (err error) {
	defer func() {
		if err != nil {
			db.Check(context.TODO(), id)
		}
	}()
	return db.Verify(ctx, store.Order{ID: id})
}

func variable(ctx context.Context, db *store.DB, id string) error {
	cleanup := func() { db.Check(context.TODO(), id) }
	defer cleanup()
	_, err := db.Load(ctx, id)
	return err
}

func nested(ctx context.Context, db *store.DB, ids []string) error {
	defer func() {
		remove := func(id string) { db.Check(context.TODO(), id) }
		for _, id := range ids {
			remove(id)
		}
	}()
	_, err := db.Load(ctx, ids[0])
	return err
}

func madeBefore(ctx context.Context, db *store.DB, id string) error {
	cleanupCtx, cancel := context.WithTimeout(context.TODO(), time.Minute)
	defer cancel()
	defer db.Check(cleanupCtx, id)
	_, err := db.Load(ctx, id)
	return err
}

// release is only deferred, and so are those that it calls.
func release(ctx context.Context, db *store.DB, id string) {
	if err := remove(ctx, db, id); err != nil {
		db.Verify(context.TODO(), store.Order{ID: id})
	}
}

func remove(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

func named(ctx context.Context, db *store.DB, id string) error {
	defer release(ctx, db, id)
	_, err := db.Load(ctx, id)
	return err
}

// A helper without a context runs here, too.
func rollback(db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

func helper(ctx context.Context, db *store.DB, id string) error {
	defer rollback(db, id)
	_, err := db.Load(ctx, id)
	return err
}

func helperInLiteral(ctx context.Context, db *store.DB, id string) (err error) {
	defer func() { err = errors.Join(err, rollback(db, id)) }()
	_, err = db.Load(ctx, id)
	return err
}

func afterFunc(ctx context.Context, db *store.DB, id string) error {
	stop := context.AfterFunc(ctx, func() { db.Check(context.TODO(), id) })
	defer stop()
	_, err := db.Load(ctx, id)
	return err
}

type session struct {
	db *store.DB
	id string
}

// close is what AfterFunc calls.
func (s *session) close() { s.db.Check(context.TODO(), s.id) }

func method(ctx context.Context, db *store.DB, id string) error {
	s := &session{db, id}
	stop := context.AfterFunc(ctx, s.close)
	defer stop()
	_, err := db.Load(ctx, id)
	return err
}

// Near misses: these do not clean up, or not only.

func before(ctx context.Context, db *store.DB, id string) error {
	defer db.Check(context.TODO(), id)
	o, err := db.Load(context.TODO(), id) // want `direct: context\.TODO`
	if err != nil {
		return err
	}
	return db.Verify(ctx, o)
}

func deferredAndCalled(ctx context.Context, db *store.DB, id string) error {
	reset := func() { db.Check(context.TODO(), id) } // want `direct: context\.TODO`
	reset()
	defer reset()
	_, err := db.Load(ctx, id)
	return err
}

// persist is deferred by one and called by another.
func persist(ctx context.Context, db *store.DB, id string) error {
	return db.Verify(context.TODO(), store.Order{ID: id}) // want `medium direct: context\.TODO`
}

func persists(ctx context.Context, db *store.DB, id string) error {
	if err := persist(ctx, db, id); err != nil {
		return err
	}
	defer persist(ctx, db, id)
	_, err := db.Load(ctx, id)
	return err
}

// The argument of a deferred call is evaluated in time.
func argument(ctx context.Context, db *store.DB, id string) error {
	defer observe(db.Load(context.TODO(), id)) // want `direct: context\.TODO`
	return db.Check(ctx, id)
}

func observe(store.Order, error) {}
