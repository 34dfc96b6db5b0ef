package ends

import (
	"context"
	"database/sql"

	"golang.org/x/sync/errgroup"
)

// Wait ends the context of the group.

func usesAfterWait(ctx context.Context, db *sql.DB, queries []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, q := range queries {
		g.Go(func() error { return clearBy(gctx, db, q) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return clear(gctx, db) // want "early: the context is passed on after the group's Wait has run"
}

func clearBy(ctx context.Context, db *sql.DB, query string) error {
	_, err := db.ExecContext(ctx, query)
	return err
}

func shadowed(ctx context.Context, db *sql.DB, queries []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, q := range queries {
		g.Go(func() error { return clearBy(ctx, db, q) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, "vacuum") // want "early: the context is passed on after the group's Wait has run"
	return err
}

func outer(ctx context.Context, db *sql.DB, queries []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, q := range queries {
		g.Go(func() error { return clearBy(gctx, db, q) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return clear(ctx, db)
}

func asksWhy(ctx context.Context, db *sql.DB) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return clear(gctx, db) })
	if err := g.Wait(); err != nil {
		return context.Cause(gctx)
	}
	return nil
}

func second(ctx context.Context, db *sql.DB) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return clear(gctx, db) })
	if err := g.Wait(); err != nil {
		return err
	}
	g.Go(func() error { return clearBy(gctx, db, "vacuum") }) // want "early: this task starts after the group's Wait has run"
	return g.Wait()
}

func secondByMaker(ctx context.Context, db *sql.DB) error {
	g, gctx := errgroup.WithContext(ctx)
	task := func(q string) func() error {
		return func() error { return clearBy(gctx, db, q) }
	}
	g.Go(task("delete from t"))
	if err := g.Wait(); err != nil {
		return err
	}
	g.Go(task("vacuum")) // want "early: this task starts after the group's Wait has run"
	return g.Wait()
}

// The second task does not use the context of the group.
func secondWithout(ctx context.Context, db *sql.DB) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return clear(gctx, db) })
	if err := g.Wait(); err != nil {
		return err
	}
	g.Go(func() error { return clear(ctx, db) })
	return g.Wait()
}

// Each iteration has its own group.
func rounds(ctx context.Context, db *sql.DB, queries []string) error {
	for _, q := range queries {
		g, gctx := errgroup.WithContext(ctx)
		g.Go(func() error { return clearBy(gctx, db, q) })
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func sameRounds(ctx context.Context, db *sql.DB, queries []string) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, q := range queries {
		g.Go(func() error { return clearBy(gctx, db, q) }) // want "early: this task starts after the group's Wait has run"
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func waitsWhenFull(ctx context.Context, db *sql.DB, full bool) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return clear(gctx, db) })
	if full {
		return g.Wait()
	}
	g.Go(func() error { return clear(gctx, db) })
	return g.Wait()
}

// To wait for the tasks after their context has been ended is how they are stopped.

func stops(term <-chan struct{}, db *sql.DB) error {
	ctx, cancel := context.WithCancel(context.Background())
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return clearBy(ctx, db, "a") })
	select {
	case <-term:
	case <-ctx.Done():
	}
	cancel()
	return g.Wait()
}
