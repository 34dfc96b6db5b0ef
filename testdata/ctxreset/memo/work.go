package memo

import (
	"context"
	"errors"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Near misses: what is done for one caller.

// What is found is not kept.
func (s *service) lookup(ctx context.Context, id string) (string, error) {
	if name, ok := s.names[id]; ok {
		return name, nil
	}
	o, err := s.db.Load(context.TODO(), id) // want `direct: context\.TODO`
	return o.Customer, err
}

// It is kept elsewhere.
func (s *service) misplaced(ctx context.Context, id string) (string, error) {
	if name, ok := s.names[id]; ok {
		return name, nil
	}
	o, err := s.db.Load(context.TODO(), id) // want `direct: context\.TODO`
	s.token = o.Customer
	return o.Customer, err
}

// It is done whether there is one or not.
func (s *service) always(ctx context.Context, id string) error {
	if s.token == "" {
		s.token = id
	}
	return s.db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func (s *service) refreshed(ctx context.Context) error {
	if s.token != "" {
		o, err := s.db.Load(context.TODO(), "token") // want `direct: context\.TODO`
		if err != nil {
			return err
		}
		s.token = o.Customer
	}
	return nil
}

// It is taken away.
func (s *service) reset(ctx context.Context) error {
	if s.token == "" {
		err := s.db.Check(context.TODO(), "token") // want `direct: context\.TODO`
		s.token = ""
		return err
	}
	return nil
}

// Another reason leads there, too.
func (s *service) forced(ctx context.Context, force bool) (string, error) {
	if s.token == "" || force {
		o, err := s.db.Load(context.TODO(), "token") // want `direct: context\.TODO`
		if err != nil {
			return "", err
		}
		s.token = o.Customer
	}
	return s.token, nil
}

// Time alone says when.
func (s *service) renewed(ctx context.Context) (string, error) {
	if time.Now().After(s.expires) {
		o, err := s.db.Load(context.TODO(), "token") // want `direct: context\.TODO`
		if err != nil {
			return "", err
		}
		s.token, s.expires = o.Customer, time.Now().Add(time.Hour)
	}
	return s.token, nil
}

var errPaid = errors.New("paid")

// The state of what belongs to one caller is no memo.
func pay(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	if o.Paid {
		return errPaid
	}
	o.Paid = true
	return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

func payIt(ctx context.Context, db *store.DB, o *store.Order) error {
	if o.Paid {
		return errPaid
	}
	if err := db.Verify(context.TODO(), *o); err != nil { // want `direct: context\.TODO`
		return err
	}
	o.Paid = true
	return nil
}

func nameIt(ctx context.Context, db *store.DB, o *store.Order) error {
	if o.Customer == "" {
		known, err := db.Load(context.TODO(), o.ID) // want `direct: context\.TODO`
		if err != nil {
			return err
		}
		o.Customer = known.Customer
	}
	return db.Verify(ctx, *o)
}

type payment struct {
	db   *store.DB
	done bool
}

func (p *payment) settle(ctx context.Context) error {
	if p.done {
		return errPaid
	}
	p.done = true
	return p.db.Verify(context.TODO(), store.Order{}) // want `direct: context\.TODO`
}

// The helper fills nothing.
func (s *service) touch() error { return s.db.Verify(context.TODO(), store.Order{}) }

func (s *service) touches(ctx context.Context) error {
	if s.token == "" {
		return s.touch() // want `medium chain: →`
	}
	return nil
}

// What fills one is called for other reasons as well.
func (s *service) rotate(ctx context.Context) error {
	return s.fill() // want `medium chain: →`
}

// It only calls what it is given.
func (s *service) with(f func() (string, error)) (string, error) { return f() }

func runsNow(ctx context.Context, s *service, id string) (string, error) {
	return s.with(func() (string, error) {
		o, err := s.db.Load(context.TODO(), id) // want `direct: context\.TODO`
		return o.Customer, err
	})
}

func gets(ctx context.Context, r Registry, db *store.DB, id string) (store.Order, error) {
	return r.GetOrder(id, func() (store.Order, error) {
		return db.Load(context.TODO(), id) // want `direct: context\.TODO`
	})
}

// writer stops at the first error: that is no result of work.
type writer struct {
	db    *store.DB
	err   error
	batch []store.Order
}

func (w *writer) write(ctx context.Context, o store.Order) error {
	if w.err != nil {
		return w.err
	}
	w.err = w.db.Verify(context.TODO(), o) // want `medium direct: context\.TODO`
	return w.err
}

// next fetches for the one who reads.
func (w *writer) next(ctx context.Context) (store.Order, error) {
	if len(w.batch) == 0 {
		o, err := w.db.Load(context.TODO(), "next") // want `direct: context\.TODO`
		if err != nil {
			return store.Order{}, err
		}
		w.batch = []store.Order{o}
	}
	o := w.batch[0]
	w.batch = w.batch[1:]
	return o, nil
}

// An end comes once, too, and whoever asks for it has a context for that.
func (s *service) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return s.db.Verify(context.TODO(), store.Order{ID: "closed"}) // want `direct: context\.TODO`
}

func (s *service) Stop(ctx context.Context) error {
	if !s.stopped.CompareAndSwap(false, true) {
		return nil
	}
	return s.db.Verify(context.TODO(), store.Order{ID: "stopped"}) // want `direct: context\.TODO`
}
