package recursion

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// The same as even and odd, declared in the other order.

func lastOdd(db *store.DB, n *node) error {
	if err := db.Check(context.TODO(), n.id); err != nil {
		return err
	}
	for _, c := range n.children {
		if err := firstEven(db, c); err != nil {
			return err
		}
	}
	return nil
}

func firstEven(db *store.DB, n *node) error {
	for _, c := range n.children {
		if err := lastOdd(db, c); err != nil {
			return err
		}
	}
	return nil
}

func mutualInOtherOrder(ctx context.Context, db *store.DB, n *node) error {
	return firstEven(db, n) // want `medium chain: →`
}

// A fresh context that comes out of a cycle of calls.

func fresh(n int) context.Context {
	if n > 0 {
		return fresher(n - 1)
	}
	return context.TODO()
}

func fresher(n int) context.Context { return fresh(n - 1) }

func fromCycle(ctx context.Context, db *store.DB, n *node) error {
	if err := db.Check(fresher(1), n.id); err != nil { // want `direct: context\.TODO`
		return err
	}
	return db.Check(fresh(2), n.id) // want `direct: context\.TODO`
}

// Called where the work is over, and by each other; and the same where one of them is
// called from the work as well.

func closeTree(ctx context.Context, db *store.DB, n *node) {
	defer dropTree(db, n)
	_ = db.Check(ctx, n.id)
}

func dropTree(db *store.DB, n *node) {
	for _, c := range n.children {
		dropSubtree(db, c)
	}
}

func dropSubtree(db *store.DB, n *node) {
	_ = db.Check(context.TODO(), n.id)
	dropTree(db, n)
}

func sweepTree(ctx context.Context, db *store.DB, n *node) error {
	defer sweep(db, n)
	if err := db.Check(ctx, n.id); err != nil {
		return err
	}
	sweepSubtree(db, n) // want `medium chain: →`
	return nil
}

func sweep(db *store.DB, n *node) {
	for _, c := range n.children {
		sweepSubtree(db, c)
	}
}

func sweepSubtree(db *store.DB, n *node) {
	_ = db.Check(context.TODO(), n.id)
	sweep(db, n)
}
