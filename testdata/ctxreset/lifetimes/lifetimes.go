// Package lifetimes has contexts that live as long as something else does.
package lifetimes

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A timer beside the end that matters.

func first(ctx context.Context, orders <-chan store.Order) (o store.Order, err error) {
	timer, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	select {
	case o = <-orders:
	case <-timer.Done():
		err = timer.Err()
	case <-ctx.Done():
		err = ctx.Err()
	}
	return o, err
}

func firstAlone(ctx context.Context, orders <-chan store.Order) (o store.Order, err error) {
	timer, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	select {
	case o = <-orders:
	case <-timer.Done():
		err = timer.Err()
	}
	return o, err
}

func firstAndSave(ctx context.Context, db *store.DB, orders <-chan store.Order) error {
	timer, cancel := context.WithTimeout(context.TODO(), time.Second) // want `medium direct: context\.TODO.* cuts \(\*store\.DB\)\.Verify off`
	defer cancel()
	select {
	case o := <-orders:
		return db.Verify(timer, o)
	case <-timer.Done():
	case <-ctx.Done():
	}
	return nil
}

// A signal of the function's own.

func signals(ctx context.Context, orders <-chan store.Order) {
	enough, stop := context.WithCancel(context.TODO())
	defer stop()
	for {
		select {
		case o := <-orders:
			if o.Paid {
				stop()
			}
		case <-enough.Done():
			return
		case <-ctx.Done():
			return
		}
	}
}

// Two fresh ones beside each other tell nothing of the caller. One select statement
// waits for both: they are one defect.
func twoSignals(ctx context.Context, orders <-chan store.Order) {
	a, stopA := context.WithCancel(context.TODO()) // want `direct: context\.TODO`
	defer stopA()
	b, stopB := context.WithCancel(context.TODO())
	defer stopB()
	select {
	case <-orders:
	case <-a.Done():
	case <-b.Done():
	}
}

// The callee gets both: what it does under the fresh one goes on when the other has ended.

func copyAll(ctx, abort context.Context, db *store.DB) error {
	if err := db.SQL.PingContext(abort); err != nil {
		return err
	}
	return db.SQL.PingContext(ctx)
}

func copies(ctx context.Context, db *store.DB) error {
	return copyAll(ctx, context.TODO(), db)
}

// A group that goes on.

type server struct {
	group  *errgroup.Group
	cancel context.CancelFunc
	db     *store.DB
	stops  []func()
}

func (s *server) loop(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func (s *server) Start(ctx context.Context) error {
	if err := s.db.SQL.PingContext(ctx); err != nil {
		return err
	}
	group, groupCtx := errgroup.WithContext(context.TODO())
	group.Go(func() error { return s.loop(groupCtx) })
	s.group = group
	return nil
}

func (s *server) once(ctx context.Context) error {
	group, groupCtx := errgroup.WithContext(context.TODO()) // want `direct: context\.TODO`
	group.Go(func() error { return s.loop(groupCtx) })
	return group.Wait()
}

// What ends it is kept.

func (s *server) register(ctx context.Context) error {
	loopCtx, cancel := context.WithCancel(context.TODO())
	s.stops = append(s.stops, func() { cancel() })
	return s.loop(loopCtx)
}

type actors interface {
	Add(execute func() error, interrupt func(error))
}

func (s *server) act(ctx context.Context, a actors) {
	loopCtx, cancel := context.WithCancel(context.TODO())
	a.Add(func() error { return s.loop(loopCtx) }, func(error) { cancel() })
}

func (s *server) cancels(ctx context.Context) error {
	loopCtx, cancel := context.WithCancel(context.TODO()) // want `direct: context\.TODO`
	defer func() { cancel() }()
	return s.loop(loopCtx)
}

// Run goes on until Stop.

type runner struct{ stop chan struct{} }

func (r *runner) Run(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-r.stop:
		return nil
	}
}

func (r *runner) Stop() { close(r.stop) }

func (r *runner) Reset() { r.stop = make(chan struct{}) }

func supervises(ctx context.Context, r *runner) error {
	done := make(chan error, 1)
	go func() { done <- r.Run(context.TODO()) }()
	<-ctx.Done()
	r.Stop()
	return <-done
}

type supervisor struct{ runner *runner }

func (s *supervisor) supervise(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- s.runner.Run(context.TODO()) }()
	defer s.runner.Stop()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return nil
	}
}

func resets(ctx context.Context, r *runner) error {
	done := make(chan error, 1)
	go func() { done <- r.Run(context.TODO()) }() // want `goroutine: context\.TODO`
	r.Reset()
	return <-done
}

func stopsOther(ctx context.Context, r, other *runner) error {
	done := make(chan error, 1)
	go func() { done <- r.Run(context.TODO()) }() // want `goroutine: context\.TODO`
	other.Stop()
	return <-done
}
