// Package parameters has functions whose callers, all in view, have nothing but roots
// to pass.
package parameters

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func Import(db *store.DB, ids []string) error {
	return each(context.TODO(), db, ids)
}

func each(ctx context.Context, db *store.DB, ids []string) error {
	for _, id := range ids {
		if err := one(ctx, db, id); err != nil {
			return err
		}
	}
	return nil
}

// Through two levels, and by itself.
func one(ctx context.Context, db *store.DB, id string) error {
	if id == "" {
		return one(ctx, db, "all")
	}
	if err := db.Check(context.TODO(), id); err != nil {
		return err
	}
	func() { _ = db.Check(context.TODO(), id) }()
	return withHelper(context.WithoutCancel(ctx), db, id)
}

func withHelper(ctx context.Context, db *store.DB, id string) error { return save(db, id) }

func save(db *store.DB, id string) error {
	return db.Verify(context.TODO(), store.Order{ID: id})
}

// Near misses.

// One caller has a context of its caller's.
func mixed(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

func Root(db *store.DB) error { return mixed(context.TODO(), db, "1") }

func Mix(ctx context.Context, db *store.DB) error { return mixed(ctx, db, "2") }

// The root has got an end.
func timed(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

func Timed(db *store.DB) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Minute)
	defer cancel()
	return timed(ctx, db, "1")
}

// The root has got a value, which may be wanted.
func valued(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `low direct: context\.TODO.*ctx`
}

type key struct{}

func Valued(db *store.DB) error {
	return valued(context.WithValue(context.TODO(), key{}, db), db, "1")
}

// What was detached has the values of its parent.
func detached(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `low direct: context\.TODO.*ctx`
}

func Detached(ctx context.Context, db *store.DB) error {
	return detached(context.WithoutCancel(ctx), db, "1")
}

// Whoever gets the function may pass anything.
func value(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

func Value(db *store.DB) func(context.Context, *store.DB, string) error {
	_ = value(context.TODO(), db, "1")
	return value
}

// Other packages can call it.
func Exported(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

func Calls(db *store.DB) error { return Exported(context.TODO(), db, "1") }

type worker struct{ db *store.DB }

// It is called through an interface, too.
func (w *worker) work(ctx context.Context, id string) error {
	return w.db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

type Worker interface {
	work(ctx context.Context, id string) error
}

func Start(w *worker) error { return w.work(context.TODO(), "1") }

func Go(ctx context.Context, w Worker) error { return w.work(ctx, "1") }

// It is used as a method value.
func (w *worker) run(ctx context.Context, id string) error {
	return w.db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

func Run(w *worker) func(context.Context, string) error {
	_ = w.run(context.TODO(), "1")
	return w.run
}

// Nobody has it but callers with roots.
func (w *worker) idle(ctx context.Context, id string) error {
	return w.db.Check(context.TODO(), id)
}

func Idle(w *worker) error { return w.idle(context.TODO(), "1") }

// What a test passes does not count.
func tested(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

// A context in a variable of the package, for good or not.
var background, current = context.TODO(), context.TODO()

func fromVariable(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

func fromCurrent(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*ctx`
}

func Variables(ctx context.Context, db *store.DB) error {
	_ = fromVariable(background, db, "1")
	err := fromCurrent(current, db, "1")
	current = ctx
	return err
}
