// Package interfaces calls its helpers through interfaces.
package interfaces

import (
	"context"
	"fmt"
	"io"

	"ctxlint.test/fixtures/ctxreset/chain/interfaces/fake"
	"ctxlint.test/fixtures/ctxreset/chain/interfaces/notify"
	"ctxlint.test/fixtures/ctxreset/store"
)

// One implementation.

type loader interface {
	load(id string) (store.Order, error)
}

type sqlLoader struct{ db *store.DB }

func (l *sqlLoader) load(id string) (store.Order, error) { return l.db.Load(context.TODO(), id) }

func one(ctx context.Context, l loader, id string) (store.Order, error) {
	return l.load(id) // want `medium chain: →`
}

// Two implementations, both of which do it.

type remover interface {
	remove(id string) error
}

type sqlRemover struct{ db *store.DB }

func (r sqlRemover) remove(id string) error { return r.db.Check(context.TODO(), id) }

type webRemover struct{ url string }

func (r *webRemover) remove(id string) error {
	return store.Publish(context.TODO(), r.url, store.Order{ID: id})
}

func both(ctx context.Context, r remover, id string) error {
	return r.remove(id) // want `low chain: →`
}

// The interface and what implements it come from another package.

func imported(ctx context.Context, n notify.Notifier, o store.Order) error {
	return n.Notify(o) // want `low chain: →`
}

// The value in the interface is known.

type saver interface {
	save(o store.Order) error
}

type sqlSaver struct{ db *store.DB }

func (s sqlSaver) save(o store.Order) error { return s.db.Verify(context.TODO(), o) }

type service struct{ saver saver }

func newService(db *store.DB) *service { return &service{saver: sqlSaver{db}} }

func (s *service) pay(ctx context.Context, o store.Order) error {
	o.Paid = true
	return s.saver.save(o) // want `low chain: →`
}

// A decorator that embeds the interface adds no implementation.

type finder interface {
	find(id string) (store.Order, error)
	name() string
}

type sqlFinder struct{ db *store.DB }

func (f *sqlFinder) find(id string) (store.Order, error) { return f.db.Load(context.TODO(), id) }

func (f *sqlFinder) name() string { return "sql" }

type namedFinder struct {
	finder
	as string
}

func (f namedFinder) name() string { return f.as }

func (f namedFinder) findNamed(ctx context.Context, id string) (store.Order, error) {
	return f.find(f.as + "/" + id) // want `medium chain: →`
}

// Near misses.

// One of the two implementations does not make a context.

type counter interface {
	count() (int, error)
}

type sqlCounter struct{ db *store.DB }

func (c sqlCounter) count() (n int, err error) {
	err = c.db.SQL.QueryRowContext(context.TODO(), "SELECT count(*) FROM orders").Scan(&n)
	return n, err
}

type fixedCounter int

func (c fixedCounter) count() (int, error) { return int(c), nil }

func notBoth(ctx context.Context, c counter) (int, error) {
	return c.count()
}

// No implementation is in view.

type unseen interface {
	flush() error
}

func none(ctx context.Context, u unseen) error {
	return u.flush()
}

// An interface of the standard library has implementations everywhere.

type orderWriter struct{ db *store.DB }

func (w *orderWriter) Write(p []byte) (int, error) {
	return len(p), w.db.Verify(context.TODO(), store.Order{ID: string(p)})
}

func prints(ctx context.Context, w io.Writer, o store.Order) error {
	_, err := fmt.Fprintln(w, o.ID)
	return err
}

func writes(ctx context.Context, w io.Writer, o store.Order) error {
	_, err := w.Write([]byte(o.ID))
	return err
}

// The interface passes the context on.

type contextLoader interface {
	load(ctx context.Context, id string) (store.Order, error)
}

func passes(ctx context.Context, l contextLoader, id string) (store.Order, error) {
	return l.load(ctx, id)
}

// The package of the interface has an implementation that nobody sees.

func hidden(ctx context.Context, id string) (store.Order, error) {
	return notify.Listed().Get(id)
}

func seen(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	return fake.Lister{DB: db}.Get(id) // want `medium chain: →`
}
