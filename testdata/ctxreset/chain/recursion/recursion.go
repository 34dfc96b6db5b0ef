// Package recursion has helpers that call themselves and each other.
package recursion

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

type node struct {
	id       string
	children []*node
}

func walk(db *store.DB, n *node) error {
	for _, c := range n.children {
		if err := walk(db, c); err != nil {
			return err
		}
	}
	return db.Check(context.TODO(), n.id)
}

func direct(ctx context.Context, db *store.DB, n *node) error {
	return walk(db, n) // want `medium chain: →`
}

// even and odd need each other, and the root is in one of them.

func even(db *store.DB, n *node) error {
	for _, c := range n.children {
		if err := odd(db, c); err != nil {
			return err
		}
	}
	return nil
}

func odd(db *store.DB, n *node) error {
	if err := db.Check(context.TODO(), n.id); err != nil {
		return err
	}
	for _, c := range n.children {
		if err := even(db, c); err != nil {
			return err
		}
	}
	return nil
}

func mutual(ctx context.Context, db *store.DB, n *node) error {
	return even(db, n) // want `medium chain: →`
}

// A function with a context that calls itself through a helper without.

func descend(ctx context.Context, db *store.DB, n *node) error {
	if err := db.Check(ctx, n.id); err != nil {
		return err
	}
	return descendAll(db, n.children) // want `medium chain: →`
}

// Walk has a caller's context to begin with.
func Walk(ctx context.Context, db *store.DB, n *node) error { return descend(ctx, db, n) }

func descendAll(db *store.DB, nodes []*node) error {
	for _, n := range nodes {
		if err := descend(context.TODO(), db, n); err != nil {
			return err
		}
	}
	return nil
}

// A literal that calls itself.
func literal(ctx context.Context, db *store.DB, n *node) error {
	var visit func(*node) error
	visit = func(n *node) error {
		for _, c := range n.children {
			if err := visit(c); err != nil {
				return err
			}
		}
		return db.Check(context.TODO(), n.id) // want `direct: context\.TODO`
	}
	return visit(n)
}

// Near misses: nobody makes a context here.

func depth(n *node) int {
	d := 0
	for _, c := range n.children {
		d = max(d, depth(c))
	}
	return d + 1
}

func measures(ctx context.Context, n *node) int { return depth(n) }

func ping(db *store.DB, n int) error {
	if n == 0 {
		return db.SQL.Ping()
	}
	return pong(db, n-1)
}

func pong(db *store.DB, n int) error { return ping(db, n) }

func plays(ctx context.Context, db *store.DB) error { return ping(db, 3) }

func inherits(ctx context.Context, db *store.DB, n *node) error {
	for _, c := range n.children {
		if err := inherits(ctx, db, c); err != nil {
			return err
		}
	}
	return db.Check(ctx, n.id)
}
