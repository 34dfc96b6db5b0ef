package nodone

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

func produceFor(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func groupServes(ctx context.Context, srv *http.Server) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return produceFor(gctx) })
	g.Go(srv.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done() // want "no-done: this task of the group waits for the end of ctx and not of gctx, so when another task fails it runs on, and g.Wait blocks; wait for gctx.Done\\(\\)"
		return srv.Shutdown(context.WithoutCancel(ctx))
	})
	return g.Wait()
}

func groupTicks(ctx context.Context, beat func() error) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return produceFor(gctx) })
	g.Go(func() error {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				if err := beat(); err != nil {
					return err
				}
			case <-ctx.Done(): // want "no-done: this task of the group waits for the end of ctx and not of gctx"
				return ctx.Err()
			}
		}
	})
	return g.Wait()
}

// The context of the group is dropped, and with it the news that a task has failed.
func groupDropped(ctx context.Context) error {
	g, _ := errgroup.WithContext(ctx) // want "no-done: the context of this group is dropped and its tasks use ctx"
	g.Go(func() error { return produceFor(ctx) })
	g.Go(func() error { <-ctx.Done(); return nil })
	return g.Wait()
}

func groupDroppedForAll(ctx context.Context, urls []string, get func(context.Context, string) error) error {
	g, _ := errgroup.WithContext(ctx) // want "no-done: the context of this group is dropped and its tasks use ctx"
	for _, url := range urls {
		g.Go(func() error { return get(ctx, url) })
	}
	return g.Wait()
}

// Near misses.

func groupWithout(ctx context.Context, urls []string, get func(context.Context, string) error) error {
	g := new(errgroup.Group)
	for _, url := range urls {
		g.Go(func() error { return get(ctx, url) })
	}
	return g.Wait()
}

func groupDroppedByOne(ctx context.Context, get func(context.Context) error) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { return get(ctx) })
	return g.Wait()
}

// No task has a context.
func groupComputes(ctx context.Context, numbers []int, sum func(int) error) error {
	g, _ := errgroup.WithContext(ctx)
	for _, n := range numbers {
		g.Go(func() error { return sum(n) })
	}
	return g.Wait()
}

// Each task has a context of its own.
func groupDerives(ctx context.Context, urls []string, get func(context.Context, string) error) error {
	g, _ := errgroup.WithContext(ctx)
	for _, url := range urls {
		g.Go(func() error {
			own, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			return get(own, url)
		})
	}
	return g.Wait()
}

func groupRight(ctx context.Context, srv *http.Server) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return produceFor(gctx) })
	g.Go(func() error {
		<-gctx.Done()
		return srv.Shutdown(context.WithoutCancel(gctx))
	})
	return g.Wait()
}

func groupShadowed(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return produceFor(ctx) })
	g.Go(func() error { <-ctx.Done(); return nil })
	return g.Wait()
}

// There is nobody else who could fail.
func groupAlone(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { <-ctx.Done(); return nil })
	_ = gctx
	return g.Wait()
}

// Another task ends the wait.
func groupTold(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	over := make(chan struct{})
	g.Go(func() error {
		defer close(over)
		return produceFor(gctx)
	})
	g.Go(func() error {
		select {
		case <-ctx.Done():
		case <-over:
		}
		return nil
	})
	return g.Wait()
}

// It listens to both.
func groupBoth(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return produceFor(gctx) })
	g.Go(func() error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-gctx.Done():
			return nil
		}
	})
	return g.Wait()
}

// It only looks.
func groupPolls(ctx context.Context, work func() bool) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return produceFor(gctx) })
	g.Go(func() error {
		for work() {
			select {
			case <-ctx.Done():
				return ctx.Err()
			default:
			}
		}
		return nil
	})
	return g.Wait()
}
