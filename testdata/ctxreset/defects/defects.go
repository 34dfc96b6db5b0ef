// Package defects has fresh contexts that one change corrects, and others.
package defects

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// One finding each.

func bothBranches(ctx context.Context, db *store.DB, id string, d time.Duration) error {
	var c context.Context
	var cancel context.CancelFunc
	if d > 0 {
		c, cancel = context.WithTimeout(context.TODO(), d) // want `direct: derive the timeout from it$`
	} else {
		c, cancel = context.WithCancel(context.TODO())
	}
	defer cancel()
	return db.Check(c, id)
}

func twoVariables(ctx context.Context, db *store.DB, id string, quick bool) error {
	var read, write context.Context
	if quick {
		read = context.WithValue(context.TODO(), key{}, 1) // want `direct: \(\*store\.DB\)\.Load off`
		write = context.WithValue(context.TODO(), key{}, 2)
	} else {
		read = context.TODO()
		write = context.TODO()
	}
	o, err := db.Load(read, id)
	if err != nil {
		return err
	}
	return db.Verify(write, o)
}

func cases(ctx context.Context, db *store.DB, id string, mode int) error {
	c := ctx
	switch mode {
	case 0:
		c = context.TODO() // want `direct: context\.TODO\(\)`
	case 1:
		c = context.TODO()
	case 2:
		c = context.WithValue(ctx, key{}, mode)
	}
	return db.Check(c, id)
}

func storedOnce(ctx context.Context, db *store.DB, id string) error {
	c := context.TODO() // want `direct: \(\*store\.DB\)\.Load and 2 other calls off from ctx; pass ctx$`
	o, err := db.Load(c, id)
	if err != nil {
		return err
	}
	if err := db.Verify(c, o); err != nil {
		return err
	}
	return db.Check(c, id)
}

// A comment at the first place speaks for that place.
func silencedOnce(ctx context.Context, db *store.DB, id string, later bool) error {
	var c context.Context
	if later {
		c = context.TODO() //nolint:ctxreset // nobody waits
	} else {
		c = context.TODO() // want `direct: context\.TODO\(\)`
	}
	return db.Check(c, id)
}

// Two findings each: one can be right without the other.

func oneAfterTheOther(ctx context.Context, db *store.DB, id string) error {
	if err := db.Check(context.TODO(), id); err != nil { // want `direct: context\.TODO`
		return err
	}
	return db.Verify(context.TODO(), store.Order{ID: id}) // want `direct: context\.TODO`
}

func ownWork(ctx context.Context, db *store.DB, id string, save bool) error {
	if save {
		return db.Verify(context.TODO(), store.Order{ID: id}) // want `direct: Verify`
	}
	return db.Check(context.TODO(), id) // want `direct: Check`
}

func inSeparateBranches(ctx context.Context, db *store.DB, id string, a, b bool) error {
	c, d := ctx, ctx
	if a {
		c = context.TODO() // want `direct: Check`
	}
	if b {
		d = context.TODO() // want `direct: Verify`
	}
	if err := db.Check(c, id); err != nil {
		return err
	}
	return db.Verify(d, store.Order{ID: id})
}

// None.
func inherited(ctx context.Context, db *store.DB, id string, d time.Duration) error {
	c, cancel := context.WithCancel(ctx)
	if d > 0 {
		c, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return db.Check(c, id)
}

type key struct{}
