// Package errgroup holds groups whose context lives on because nobody waits.
package errgroup

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
	eg "golang.org/x/sync/errgroup"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

func neverWaits(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
	g.Go(func() error { return work(ctx) })
}

func neverWaitsLimited(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
	g.SetLimit(3)
	for range names {
		if !g.TryGo(func() error { return work(ctx) }) {
			return errBusy
		}
	}
	return nil
}

func groupDiscarded(ctx context.Context) error {
	_, ctx = errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
	return work(ctx)
}

func bothDiscarded(ctx context.Context) {
	errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
}

func blankUse(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
	_ = g
	return work(ctx)
}

func renamedImport(ctx context.Context) {
	g, ctx := eg.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
	g.Go(func() error { return work(ctx) })
}

func waitInUnusedLiteral(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
	g.Go(func() error { return work(ctx) })
	wait := func() error { return g.Wait() }
	_ = wait
}

func insideLiteral(ctx context.Context) {
	go func() {
		g, ctx := errgroup.WithContext(ctx) // want "discarded: group of errgroup.WithContext is never waited for"
		g.Go(func() error { return work(ctx) })
	}()
}

// Silent.

func waits(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	return g.Wait()
}

func waitsDeferred(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	defer g.Wait()
	g.Go(func() error { return work(ctx) })
}

func waitsIgnoringError(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	_ = g.Wait()
}

func waitsInCondition(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func waitsOnSomePaths(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	if err := work(ctx); err != nil {
		return err
	}
	g.Go(func() error { return work(ctx) })
	return g.Wait()
}

func waitsInGoroutine(ctx context.Context) <-chan error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	errs := make(chan error, 1)
	go func() { errs <- g.Wait() }()
	return errs
}

func returned(ctx context.Context) (*errgroup.Group, context.Context) {
	return errgroup.WithContext(ctx)
}

func returnedVariable(ctx context.Context) (*errgroup.Group, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	return g, ctx
}

func returnedWait(ctx context.Context) func() error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	return g.Wait
}

type server struct {
	group *errgroup.Group
	ctx   context.Context
}

func (s *server) start(ctx context.Context) {
	s.group, s.ctx = errgroup.WithContext(ctx)
	s.group.Go(func() error { return work(s.ctx) })
}

func (s *server) wait() error { return s.group.Wait() }

func inStruct(ctx context.Context) *server {
	g, ctx := errgroup.WithContext(ctx)
	return &server{group: g, ctx: ctx}
}

func passed(ctx context.Context, wait func(*errgroup.Group) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	return wait(g)
}

func passedInterface(ctx context.Context, wait func(interface{ Wait() error })) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	wait(g)
}

func passedHelper(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	spawn(ctx, g, 3)
	return g.Wait()
}

func spawn(ctx context.Context, g *errgroup.Group, n int) {
	for range n {
		g.Go(func() error { return work(ctx) })
	}
}

func sent(ctx context.Context, out chan<- *errgroup.Group) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	out <- g
}

// Without a context there is nothing that lives on but the goroutines.
func zeroGroup(ctx context.Context) {
	var g errgroup.Group
	g.Go(func() error { return work(ctx) })
}

// Each goroutine has a context of its own besides the group's.
func withTimeoutAround(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	for i := range 3 {
		g.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, time.Duration(i)*time.Second)
			defer cancel()
			return work(ctx)
		})
	}
	return g.Wait()
}

// The cancel function runs in the group.
func cancelInGroup(ctx context.Context, g *errgroup.Group) {
	ctx, cancel := context.WithCancel(ctx)
	g.Go(func() error {
		defer cancel()
		return work(ctx)
	})
}

func cancelByGroup(ctx context.Context, done <-chan struct{}) error {
	ctx, cancel := context.WithCancel(ctx)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		<-done
		cancel()
		return nil
	})
	g.Go(func() error { return work(ctx) })
	return g.Wait()
}
