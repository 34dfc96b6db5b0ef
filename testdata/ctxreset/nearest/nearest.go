// Package nearest has several contexts at hand, of which one is the right one.
package nearest

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"ctxlint.test/fixtures/ctxreset/store"
)

type key struct{}

// The context of a group ends when one of its goroutines fails.

func group(ctx context.Context, db *store.DB, ids []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error {
			if _, err := db.Load(gctx, id); err != nil {
				return err
			}
			return db.Check(context.TODO(), id) // want `direct: .* off from gctx; pass gctx$`
		})
	}
	return g.Wait()
}

func afterGroup(ctx context.Context, db *store.DB, ids []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error { return db.Check(gctx, id) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return db.Check(context.TODO(), "all") // want `direct: .*; pass ctx$`
}

// A deadline for all that follows.

func bounded(ctx context.Context, db *store.DB, id string) error {
	tctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := db.Load(tctx, id); err != nil {
		return err
	}
	return db.Check(context.TODO(), id) // want `direct: .*; pass tctx$`
}

func cancelled(ctx context.Context, db *store.DB, id string) error {
	tctx, cancel := context.WithTimeout(ctx, time.Second)
	o, err := db.Load(tctx, id)
	cancel()
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: .*; pass ctx$`
}

func cancelledOnPath(ctx context.Context, db *store.DB, o store.Order) error {
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	if o.Paid {
		cancel()
	} else if _, err := db.Load(sub, o.ID); err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: .*; pass ctx$`
}

func cancelledInLoop(ctx context.Context, db *store.DB, ids []string) {
	for _, id := range ids {
		sub, cancel := context.WithCancel(ctx)
		_, _ = db.Load(sub, id)
		_ = db.Check(context.TODO(), id) // want `direct: .*; pass sub$`
		cancel()
	}
	_ = db.Check(context.TODO(), "all") // want `direct: .*; pass ctx$`
}

// The parameter itself holds a context that is over: there is nothing to pass.
func replaced(ctx context.Context, db *store.DB, id string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	o, err := db.Load(ctx, id)
	cancel()
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o)
}

func replacedTwice(ctx context.Context, db *store.DB, id string) error {
	outer := context.WithValue(ctx, key{}, id)
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	o, err := db.Load(ctx, id)
	cancel()
	if err != nil || outer.Err() != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: .*; pass outer$`
}

func inDefer(ctx context.Context, db *store.DB, id string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Check(context.TODO(), id) // want `direct: .*; pass ctx$`
}

// The innermost scope counts, and in it the last.

func scopes(ctx context.Context, db *store.DB, ids []string) error {
	first := context.WithValue(ctx, key{}, 1)
	second := context.WithValue(first, key{}, 2)
	if _, err := db.Load(second, ids[0]); err != nil {
		return err
	}
	for i, id := range ids {
		third := context.WithValue(ctx, key{}, i)
		if _, err := db.Load(third, id); err != nil {
			return err
		}
		if err := db.Check(context.TODO(), id); err != nil { // want `direct: .*; pass third$`
			return err
		}
	}
	return db.Check(context.TODO(), "all") // want `direct: .*; pass second$`
}

func shadowed(ctx context.Context, db *store.DB, id string) error {
	if id != "" {
		ctx := context.WithValue(ctx, key{}, id)
		if _, err := db.Load(ctx, id); err != nil {
			return err
		}
		return db.Check(context.TODO(), id) // want `direct: .*; pass ctx$`
	}
	return nil
}

func later(ctx context.Context, db *store.DB, id string) error {
	if err := db.Check(context.TODO(), id); err != nil { // want `direct: .*; pass ctx$`
		return err
	}
	sub := context.WithValue(ctx, key{}, id)
	return db.Check(sub, id)
}

// What does not come from the caller does not count.

func other(ctx context.Context, db *store.DB, contexts map[string]context.Context, id string) error {
	found := contexts[id]
	fresh := context.WithValue(context.TODO(), key{}, id)
	if id == "" {
		return db.Check(context.WithoutCancel(ctx), id)
	}
	_, _ = fresh.Deadline()
	_, _ = found.Deadline()
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*; pass ctx$`
}

func either(ctx context.Context, db *store.DB, id string) error {
	sub := context.WithValue(ctx, key{}, id)
	if id == "" {
		sub = context.WithoutCancel(sub)
	}
	if _, err := db.Load(sub, id); err != nil {
		return err
	}
	return db.Check(context.TODO(), id) // want `direct: .*; pass ctx$`
}

// A request, and what has been taken out of it.

func handle(w http.ResponseWriter, r *http.Request, db *store.DB) {
	ctx := r.Context()
	if _, err := db.Load(ctx, r.PathValue("id")); err != nil {
		return
	}
	_ = db.Check(context.TODO(), r.PathValue("id")) // want `handler: .* off from ctx, .*; pass ctx$`
}

func remove(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func handleChain(w http.ResponseWriter, r *http.Request, db *store.DB) {
	tctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	if _, err := db.Load(tctx, r.PathValue("id")); err != nil {
		return
	}
	_ = remove(db, r.PathValue("id")) // want `low chain: .* off from tctx; `
}

// A goroutine that is waited for.
func waits(ctx context.Context, db *store.DB, id string) error {
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		done <- db.Check(context.TODO(), id) // want `goroutine: .*; pass sub, or`
	}()
	if _, err := db.Load(sub, id); err != nil {
		return err
	}
	return <-done
}
