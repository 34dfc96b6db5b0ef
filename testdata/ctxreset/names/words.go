package names

import (
	"context"
	"errors"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A word in a name is not part of another one.

type search struct {
	db    *store.DB
	terms chan struct{}
	stop  chan struct{}
	stopc chan struct{}
	words []func() error
	hooks []func()
}

func (s *search) afterTerms(ctx context.Context, o store.Order) error {
	<-s.terms
	return s.db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

func (s *search) afterStop(ctx context.Context, o store.Order) error {
	<-s.stop
	return s.db.Verify(context.TODO(), o)
}

func (s *search) afterStopc(ctx context.Context, o store.Order) error {
	<-s.stopc
	return s.db.Verify(context.TODO(), o)
}

// What a method returns can be seen, whatever it is called.

func (s *search) Done() <-chan struct{}  { return s.terms }
func (s *search) Ready() <-chan struct{} { return s.stop }

func (s *search) afterCalledDone(ctx context.Context, o store.Order) error {
	<-s.Done()
	return s.db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

func (s *search) afterCalledReady(ctx context.Context, o store.Order) error {
	<-s.Ready()
	return s.db.Verify(context.TODO(), o)
}

// Notifier is out of sight.
type Notifier interface {
	Stopped() <-chan struct{}
	Terms() <-chan struct{}
}

func afterOther(ctx context.Context, n Notifier, db *store.DB, o store.Order) error {
	<-n.Terms()
	return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

func afterOtherStopped(ctx context.Context, n Notifier, db *store.DB, o store.Order) error {
	<-n.Stopped()
	return db.Verify(context.TODO(), o)
}

// Functions that are given one.

func (s *search) AddStopwords(words func() error) error { return words() }

func (s *search) OnShutdown(f func() error) error { return f() }

func (s *search) AddShutdownHook(f func()) { s.hooks = append(s.hooks, f) }

func (s *search) AtEnd(f func() error) error {
	<-s.stop
	return f()
}

func (s *search) fill(ctx context.Context, o store.Order) error {
	return s.AddStopwords(func() error {
		return s.db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	})
}

func (s *search) fillNow(ctx context.Context, o store.Order) error {
	return s.OnShutdown(func() error {
		return s.db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	})
}

func (s *search) fillLater(ctx context.Context, o store.Order) {
	s.AddShutdownHook(func() { _ = s.db.Verify(context.TODO(), o) })
}

func (s *search) fillAtEnd(ctx context.Context, o store.Order) error {
	return s.AtEnd(func() error { return s.db.Verify(context.TODO(), o) })
}

// Hooks are out of sight.
type Hooks interface {
	Onboard(f func() error) error
	OnStop(f func() error)
	Closest(f func() error) error
}

func registered(ctx context.Context, h Hooks, db *store.DB, o store.Order) error {
	h.OnStop(func() error { return db.Verify(context.TODO(), o) })
	return h.Onboard(func() error {
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	})
}

func closest(ctx context.Context, h Hooks, db *store.DB, o store.Order) error {
	return h.Closest(func() error {
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	})
}

// Not everything that is cancelled is a context.

var errOrderCancelled = errors.New("cancelled")

type ticket struct{ state int }

func (t *ticket) Cancelled() bool { return t.state == 2 }

func isCancelled(err error) bool { return errors.Is(err, errOrderCancelled) }

func isCtxCancelled(err error) bool { return errors.Is(err, context.Canceled) }

func refunds(ctx context.Context, t *ticket, db *store.DB, o store.Order) error {
	if t.Cancelled() {
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	}
	return nil
}

func refundsOther(ctx context.Context, db *store.DB, o store.Order) error {
	_, err := db.Load(ctx, o.ID)
	if isCancelled(err) {
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	}
	return err
}

func savesAtEnd(ctx context.Context, db *store.DB, o store.Order) error {
	_, err := db.Load(ctx, o.ID)
	if isCtxCancelled(err) {
		return db.Verify(context.TODO(), o)
	}
	return err
}
