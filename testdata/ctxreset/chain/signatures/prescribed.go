package signatures

import (
	"context"
	"database/sql/driver"
	"net/http"
	"sort"
	"sync"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A lock that is kept elsewhere. Whoever locks it does not know that.
type remoteLock struct{ db *store.DB }

func (l *remoteLock) Lock()   { _ = l.db.Verify(context.TODO(), store.Order{ID: "lock"}) }
func (l *remoteLock) Unlock() { _ = l.db.Check(context.TODO(), "lock") }

// LockContext does not change that.
func (l *remoteLock) LockContext(ctx context.Context) error {
	return l.db.Verify(ctx, store.Order{ID: "lock"})
}

func locks(ctx context.Context, l *remoteLock, db *store.DB) error {
	l.Lock()
	defer l.Unlock()
	return db.Check(ctx, "1")
}

var _ sync.Locker = (*remoteLock)(nil)

// Half a lock is none.
type gate struct{ db *store.DB }

func (g *gate) Lock() { _ = g.db.Verify(context.TODO(), store.Order{ID: "gate"}) }

func shuts(ctx context.Context, g *gate) {
	g.Lock() // want `medium chain: →.*give it a ctx parameter`
}

// byTotal is sorted by what is elsewhere.
type byTotal struct {
	db  *store.DB
	ids []string
}

func (b *byTotal) Len() int      { return len(b.ids) }
func (b *byTotal) Swap(i, j int) { b.ids[i], b.ids[j] = b.ids[j], b.ids[i] }

func (b *byTotal) Less(i, j int) bool {
	x, _ := b.db.Load(context.TODO(), b.ids[i])
	y, _ := b.db.Load(context.TODO(), b.ids[j])
	return x.Total < y.Total
}

func sorts(ctx context.Context, b *byTotal) bool {
	sort.Sort(b)
	return b.Less(0, 1)
}

// tx is one of database/sql/driver, and so is stmt, with a method that takes one.
type tx struct{ db *store.DB }

func (t *tx) Commit() error   { return t.db.Verify(context.TODO(), store.Order{}) }
func (t *tx) Rollback() error { return t.db.Check(context.TODO(), "") }

func commits(ctx context.Context, t *tx) error { return t.Commit() }

// half has the name alone.
type half struct{ db *store.DB }

func (h *half) Commit() error { return h.db.Verify(context.TODO(), store.Order{}) }

func commitsHalf(ctx context.Context, h *half) error {
	return h.Commit() // want `medium chain: →`
}

type stmt struct{ db *store.DB }

func (s *stmt) Close() error  { return nil }
func (s *stmt) NumInput() int { return 0 }

func (s *stmt) Query([]driver.Value) (driver.Rows, error) {
	_, err := s.db.Load(context.TODO(), "")
	return nil, err
}

func (s *stmt) Exec([]driver.Value) (driver.Result, error) {
	return nil, s.db.Verify(context.TODO(), store.Order{})
}

func (s *stmt) ExecContext(ctx context.Context, _ []driver.NamedValue) (driver.Result, error) {
	return nil, s.db.Verify(ctx, store.Order{})
}

func runs(ctx context.Context, s *stmt) error {
	if _, err := s.Query(nil); err != nil {
		return err
	}
	_, err := s.Exec(nil) // want `medium chain: →.*call ExecContext with ctx`
	return err
}

// A transport is given to a client, which prescribes nothing but RoundTrip.
type transport struct{ db *store.DB }

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	return nil, t.db.Verify(req.Context(), store.Order{})
}

func (t *transport) Warm() error { return t.db.Verify(context.TODO(), store.Order{}) }

func warms(ctx context.Context, t *transport) error {
	return t.Warm() // want `medium chain: →`
}

// A size is asked for by many interfaces.
type sized struct{ db *store.DB }

func (c *sized) Size() int64 {
	o, _ := c.db.Load(context.TODO(), "size")
	return o.Total
}

func (c *sized) SizeOf(id string) int64 {
	o, _ := c.db.Load(context.TODO(), id)
	return o.Total
}

func sizes(ctx context.Context, c *sized) int64 {
	return c.Size() + c.SizeOf("1") // want `low chain: SizeOf`
}
