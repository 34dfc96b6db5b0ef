// Package phis joins a fresh root with the caller's context.
package phis

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func onOneBranch(ctx context.Context, db *store.DB, id string, background bool) error {
	if background {
		ctx = context.TODO() // want `direct: context\.TODO`
	}
	return db.Check(ctx, id)
}

func unlessBranch(ctx context.Context, db *store.DB, id string, interactive bool) error {
	c := context.TODO() // want `direct: context\.TODO`
	if interactive {
		c = ctx
	}
	return db.Check(c, id)
}

func branches(ctx context.Context, db *store.DB, id string, d time.Duration) error {
	var c context.Context
	if d == 0 {
		c = ctx
	} else {
		var cancel context.CancelFunc
		c, cancel = context.WithTimeout(context.TODO(), d) // want `direct: context\.TODO`
		defer cancel()
	}
	return db.Check(c, id)
}

func switched(ctx context.Context, db *store.DB, id string, mode int) error {
	c := ctx
	switch mode {
	case 0:
		c = context.WithValue(ctx, key{}, mode)
	case 1:
		c = context.TODO() // want `direct: context\.TODO`
	}
	return db.Check(c, id)
}

type key struct{}

// From the second turn on, the caller's context is lost.
func loop(ctx context.Context, db *store.DB, ids []string) error {
	for _, id := range ids {
		if err := db.Check(ctx, id); err != nil {
			return err
		}
		ctx = context.TODO() // want `direct: context\.TODO`
	}
	return nil
}

func request(r *http.Request, db *store.DB, id string, wait bool) error {
	ctx := r.Context()
	if !wait {
		ctx = context.TODO() // want `direct: context\.TODO`
	}
	return db.Check(ctx, id)
}

// Near misses.

func bothFromCaller(ctx context.Context, db *store.DB, id string, d time.Duration) error {
	c := ctx
	if d > 0 {
		var cancel context.CancelFunc
		c, cancel = context.WithTimeout(ctx, d)
		defer cancel()
	}
	return db.Check(c, id)
}

// The fresh root does not reach the call.
func leavesBefore(ctx context.Context, db *store.DB, id string, dry bool) error {
	c := ctx
	if dry {
		c = context.TODO()
		_ = c
		return nil
	}
	return db.Check(c, id)
}

func detachedOnOneBranch(ctx context.Context, db *store.DB, id string, background bool) error {
	if background {
		ctx = context.WithoutCancel(ctx)
	}
	return db.Check(ctx, id)
}
