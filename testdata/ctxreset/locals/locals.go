// Package locals keeps a fresh root in variables on its way to a call.
package locals

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func short(ctx context.Context, db *store.DB, id string) error {
	bg := context.TODO() // want `direct: context\.TODO`
	return db.Check(bg, id)
}

func declared(ctx context.Context, db *store.DB, id string) error {
	var c context.Context = context.TODO() // want `direct: context\.TODO`
	return db.Check(c, id)
}

func overwritten(ctx context.Context, db *store.DB, id string) error {
	ctx = context.TODO() // want `direct: context\.TODO`
	return db.Check(ctx, id)
}

func overwrittenLater(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	return db.Verify(ctx, o)
}

func shadowed(ctx context.Context, db *store.DB, ids []string) error {
	for _, id := range ids {
		ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
		err := db.Check(ctx, id)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

// One root, however many calls get it.
func several(ctx context.Context, db *store.DB, id string) error {
	bg := context.TODO() // want `direct: context\.TODO`
	o, err := db.Load(bg, id)
	if err != nil {
		return err
	}
	o.Paid = true
	return db.Verify(bg, o)
}

func derived(ctx context.Context, db *store.DB, id string) error {
	root := context.TODO() // want `direct: context\.TODO`
	c, cancel := context.WithCancel(root)
	defer cancel()
	c = context.WithValue(c, key{}, id)
	d := c
	return db.Check(d, id)
}

type key struct{}

func captured(ctx context.Context, db *store.DB, ids []string) error {
	bg := context.TODO() // want `direct: context\.TODO`
	del := func(id string) error { return db.Check(bg, id) }
	for _, id := range ids {
		if err := del(id); err != nil {
			return err
		}
	}
	return nil
}

func inBlock(ctx context.Context, db *store.DB, id string, wait bool) error {
	if wait {
		c, cancel := context.WithTimeout(context.TODO(), time.Minute) // want `direct: context\.TODO`
		defer cancel()
		return db.Check(c, id)
	}
	return db.Check(ctx, id)
}

func named(ctx context.Context, db *store.DB, id string) (err error) {
	var (
		c      context.Context
		cancel context.CancelFunc
	)
	c, cancel = context.WithTimeout(context.TODO(), time.Minute) // want `direct: context\.TODO`
	defer cancel()
	err = db.Check(c, id)
	return
}

// Near misses.

func replacedBeforeUse(ctx context.Context, db *store.DB, id string) error {
	c := context.TODO()
	c = context.WithValue(ctx, key{}, id)
	return db.Check(c, id)
}

func onlyOverwrites(ctx context.Context, db *store.DB, id string) error {
	err := db.Check(ctx, id)
	ctx = context.TODO()
	_ = ctx
	return err
}

func derivedFromCaller(ctx context.Context, db *store.DB, id string) error {
	parent := ctx
	c, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	c = context.WithValue(c, key{}, id)
	return db.Check(c, id)
}

// A fresh root comes first, in a function that has nothing better by then.
func ownRoot(db *store.DB, id string) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return db.Check(ctx, id)
}

// ownRootTwice has no caller whose context it could use either.
func ownRootTwice(db *store.DB, id string) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o)
}
