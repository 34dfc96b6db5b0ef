// Package nilfallback replaces contexts that are missing.
package nilfallback

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func parameter(ctx context.Context, db *store.DB, id string) error {
	if ctx == nil {
		ctx = context.TODO()
	}
	return db.Check(ctx, id)
}

func derived(ctx context.Context, db *store.DB, id string) error {
	if ctx == nil {
		ctx = context.TODO()
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Check(ctx, id)
}

func reversed(ctx context.Context, db *store.DB, id string) error {
	c := context.TODO()
	if ctx != nil {
		c = ctx
	}
	return db.Check(c, id)
}

func atOnce(ctx context.Context, db *store.DB, id string) error {
	if nil == ctx {
		return db.Check(context.TODO(), id)
	}
	return db.Check(ctx, id)
}

func timeoutInBranch(ctx context.Context, db *store.DB, id string) error {
	if ctx == nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.TODO(), time.Minute)
		defer cancel()
	}
	return db.Check(ctx, id)
}

// orBackground is the same in a function of its own.
func orBackground(ctx context.Context) context.Context {
	if ctx != nil {
		return ctx
	}
	return context.TODO()
}

func helper(ctx context.Context, db *store.DB, id string) error {
	return db.Check(orBackground(ctx), id)
}

func request(r *http.Request, db *store.DB, id string) error {
	ctx := context.TODO()
	if r != nil {
		ctx = r.Context()
	}
	return db.Check(ctx, id)
}

type options struct{ ctx context.Context }

func option(opts options, db *store.DB, id string) error {
	if opts.ctx == nil {
		opts.ctx = context.TODO()
	}
	return db.Check(opts.ctx, id)
}

func field(opts *options, db *store.DB, id string) error {
	ctx := opts.ctx
	if ctx == nil {
		ctx = context.TODO()
	}
	return db.Check(ctx, id)
}

// Near misses: the fallback is not for the context that is missing.

func otherNil(ctx context.Context, db *store.DB, filter []string, id string) error {
	c := ctx
	if filter == nil {
		c = context.TODO() // want `direct: context\.TODO`
	}
	return db.Check(c, id)
}

func notNil(ctx context.Context, db *store.DB, id string) error {
	if ctx != nil {
		return db.Check(context.TODO(), id) // want `direct: context\.TODO`
	}
	return nil
}

func afterNilCheck(ctx context.Context, db *store.DB, id string) error {
	if ctx == nil {
		panic("nil context")
	}
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

// A literal captures the variable.
func captured(ctx context.Context, db *store.DB, id string) error {
	var cancel context.CancelFunc
	if ctx == nil {
		ctx, cancel = context.WithTimeout(context.TODO(), time.Second)
		defer cancel()
	}
	done := make(chan error, 1)
	go func() { done <- db.Check(ctx, id) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
