// Package closures hands fresh roots out in function literals, which belong to
// the function that makes them.
package closures

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func called(ctx context.Context, db *store.DB, ids []string) error {
	del := func(id string) error {
		return db.Check(context.TODO(), id) // want `direct: context\.TODO`
	}
	for _, id := range ids {
		if err := del(id); err != nil {
			return err
		}
	}
	return nil
}

func calledAtOnce(ctx context.Context, db *store.DB, id string) error {
	return func() error {
		return db.Check(context.TODO(), id) // want `direct: context\.TODO`
	}()
}

// What is returned does not use ctx, but could.
func returned(ctx context.Context, db *store.DB) func(id string) (store.Order, error) {
	return func(id string) (store.Order, error) {
		return db.Load(context.TODO(), id) // want `direct: context\.TODO`
	}
}

func returnedFromNamed(ctx context.Context, db *store.DB) func(id string) (store.Order, error) {
	load := func(id string) (store.Order, error) {
		return db.Load(context.TODO(), id) // want `direct: context\.TODO`
	}
	return load
}

func captures(ctx context.Context, db *store.DB) func(id string) error {
	return func(id string) error {
		o, err := db.Load(ctx, id)
		if err != nil {
			return err
		}
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	}
}

func nested(ctx context.Context, db *store.DB) func(string) func() error {
	return func(id string) func() error {
		return func() error {
			return db.Check(context.TODO(), id) // want `direct: context\.TODO`
		}
	}
}

func passed(ctx context.Context, db *store.DB, orders []store.Order) bool {
	return slices.ContainsFunc(orders, func(o store.Order) bool {
		return errors.Is(db.Check(context.TODO(), o.ID), store.ErrUnknown) // want `direct: context\.TODO`
	})
}

// retry calls f until it succeeds.
func retry(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

func retried(ctx context.Context, db *store.DB, id string) error {
	return retry(3, func() error {
		c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
		defer cancel()
		return db.Check(c, id)
	})
}

// each calls f before it returns.
func each(orders []store.Order, f func(store.Order)) {
	for _, o := range orders {
		f(o)
	}
}

func eached(ctx context.Context, db *store.DB, orders []store.Order) {
	each(orders, func(o store.Order) {
		db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	})
}

func ranged(ctx context.Context, db *store.DB, orders *sync.Map) {
	orders.Range(func(id, o any) bool {
		return db.Verify(context.TODO(), o.(store.Order)) == nil // want `direct: context\.TODO`
	})
}

// The literal's own parameter is the nearest context, and ctx another.
func ownParameter(ctx context.Context, db *store.DB) func(context.Context, string) error {
	return func(ctx context.Context, id string) error {
		return db.Check(context.TODO(), id) // want `direct: context\.TODO`
	}
}

func ownParameterOnly(db *store.DB) func(context.Context, string) error {
	return func(ctx context.Context, id string) error {
		return db.Check(context.TODO(), id) // want `direct: context\.TODO`
	}
}

// A literal in a variable of the package has a context only as its parameter.
var remove = func(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

var steps = map[string]func(context.Context, *store.DB, string) error{
	"delete": func(ctx context.Context, db *store.DB, id string) error {
		return db.Check(context.TODO(), id) // want `direct: context\.TODO`
	},
}

func middleware(db *store.DB, next http.HandlerFunc) http.HandlerFunc {
	check := func(r *http.Request) error {
		_, err := db.Load(context.TODO(), r.Header.Get("X-Order")) // want `direct: context\.TODO`
		return err
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if err := check(r); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

// Near misses.

func inherits(ctx context.Context, db *store.DB) func(string) error {
	return func(id string) error { return db.Check(ctx, id) }
}

func inheritsDerived(ctx context.Context, db *store.DB) func(string) error {
	tagged := context.WithValue(ctx, key{}, "closure")
	return func(id string) error {
		c, cancel := context.WithTimeout(tagged, time.Second)
		defer cancel()
		return db.Check(c, id)
	}
}

type key struct{}

func nothingAtHand(db *store.DB) func(string) error {
	return func(id string) error { return db.Check(context.TODO(), id) }
}

// The literal gets whatever its caller has.
func passesOn(ctx context.Context, db *store.DB) error {
	del := func(ctx context.Context, id string) error { return db.Check(ctx, id) }
	return del(ctx, "1")
}

func detaches(ctx context.Context, db *store.DB) func(string) error {
	return func(id string) error { return db.Check(context.WithoutCancel(ctx), id) }
}

// A variable that the literal fills in is unknown to it.
func assignedInClosure(ctx context.Context, db *store.DB, id string) error {
	var c context.Context
	set := func() { c = ctx }
	set()
	return db.Check(c, id)
}

// Done once for all callers: the first one's context must not end it.
var (
	once    sync.Once
	orders  store.Order
	loadErr error
)

func singleton(ctx context.Context, db *store.DB) (store.Order, error) {
	once.Do(func() {
		orders, loadErr = db.Load(context.TODO(), "all")
	})
	return orders, loadErr
}

// A function that undoes what was done runs when the caller may be over.
func lock(ctx context.Context, db *store.DB, id string) (unlock func() error, err error) {
	if err := db.Verify(ctx, store.Order{ID: id}); err != nil {
		return nil, err
	}
	return func() error { return db.Check(context.WithoutCancel(ctx), id) }, nil
}

func lockWithRoot(ctx context.Context, db *store.DB, id string) (unlock func(), err error) {
	if err := db.Verify(ctx, store.Order{ID: id}); err != nil {
		return nil, err
	}
	return func() {
		c, cancel := context.WithTimeout(context.TODO(), time.Second)
		defer cancel()
		db.Check(c, id)
	}, nil
}

func setup(ctx context.Context, db *store.DB) (cleanup func() error, err error) {
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, err
	}
	cleanup = func() error { return db.Check(context.TODO(), "lock") }
	return cleanup, nil
}

// What is registered is called when the caller has long gone.

type bus struct {
	mu       sync.Mutex
	handlers map[string][]func(string)
	fallback func(string)
}

func (b *bus) subscribe(topic string, f func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handlers[topic] = append(b.handlers[topic], f)
}

func subscribes(ctx context.Context, b *bus, db *store.DB) error {
	b.subscribe("deleted", func(id string) { db.Check(context.TODO(), id) })
	return db.SQL.PingContext(ctx)
}

func setsField(ctx context.Context, b *bus, db *store.DB) {
	b.fallback = func(id string) { db.Check(context.TODO(), id) }
}

func onTimer(ctx context.Context, db *store.DB, id string) error {
	time.AfterFunc(time.Minute, func() { db.Check(context.TODO(), id) })
	return db.SQL.PingContext(ctx)
}

// A pool takes the literal to another goroutine.
type pool struct{ jobs chan func() }

func (p *pool) submit(f func()) { p.jobs <- f }

func submits(ctx context.Context, p *pool, db *store.DB, id string) {
	p.submit(func() { db.Check(context.TODO(), id) })
}

// Nobody knows when these call what they are given; they need not wait for it.

type scheduler interface {
	AddFunc(spec string, f func()) (int, error)
}

func schedules(ctx context.Context, s scheduler, db *store.DB) error {
	if _, err := s.AddFunc("@daily", func() { db.Check(context.TODO(), "old") }); err != nil {
		return err
	}
	return db.SQL.PingContext(ctx)
}

type connection interface {
	Subscribe(subject string, f func(msg []byte)) error
}

func listens(ctx context.Context, c connection, db *store.DB) error {
	return c.Subscribe("orders", func(msg []byte) { db.Check(context.TODO(), string(msg)) })
}

// Literals that call one another run as the one does that is called first.
func callOneAnother(ctx context.Context, db *store.DB, ids []string) error {
	var even, odd func(ids []string) error
	even = func(ids []string) error {
		if len(ids) == 0 {
			return nil
		}
		return odd(ids[1:])
	}
	odd = func(ids []string) error {
		if len(ids) == 0 {
			return nil
		}
		if err := db.Check(context.TODO(), ids[0]); err != nil { // want `direct: context\.TODO`
			return err
		}
		return even(ids[1:])
	}
	return even(ids)
}

func cleanUpOneAnother(ctx context.Context, db *store.DB, ids []string) error {
	var even, odd func(ids []string) error
	even = func(ids []string) error {
		if len(ids) == 0 {
			return nil
		}
		return odd(ids[1:])
	}
	odd = func(ids []string) error {
		if len(ids) == 0 {
			return nil
		}
		if err := db.Check(context.TODO(), ids[0]); err != nil {
			return err
		}
		return even(ids[1:])
	}
	defer even(ids)
	return db.Verify(ctx, store.Order{})
}
