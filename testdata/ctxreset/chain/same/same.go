// Package same calls helpers of the package that take no context and make one
// of their own.
package same

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"google.golang.org/grpc"

	"ctxlint.test/fixtures/ctxreset/store"
)

func setPaid(db *store.DB, o store.Order) error {
	o.Paid = true
	return db.Verify(context.TODO(), o)
}

func pay(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	return setPaid(db, o) // want `medium chain: →`
}

// Two hops in the package.

func expire(db *store.DB, id string) error {
	return expireWithin(db, id, time.Second)
}

func expireWithin(db *store.DB, id string, d time.Duration) error {
	ctx, cancel := context.WithTimeout(context.TODO(), d)
	defer cancel()
	return db.Check(ctx, id)
}

func clean(ctx context.Context, db *store.DB, ids []string) error {
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := expire(db, id); err != nil { // want `medium chain: →`
			return err
		}
	}
	return nil
}

// Methods.

type service struct {
	db    *store.DB
	cache map[string]store.Order
}

func (s *service) lookup(id string) (store.Order, error) {
	if o, ok := s.cache[id]; ok {
		return o, nil
	}
	return s.db.Load(context.TODO(), id)
}

func (s *service) total(ctx context.Context, ids []string) (n int64, err error) {
	for _, id := range ids {
		o, err := s.lookup(id) // want `medium chain: →`
		if err != nil {
			return 0, err
		}
		n += o.Total
	}
	return n, nil
}

// base is embedded, and its method promoted.
type base struct{ db *store.DB }

func (b base) touch(id string) error { return b.db.Verify(context.TODO(), store.Order{ID: id}) }

type embedding struct {
	base
	name string
}

func (e *embedding) update(ctx context.Context) error {
	return e.touch(e.name) // want `low chain: →`
}

// Heads that carry the context otherwise.

type server struct{ db *store.DB }

func (s *server) count() (n int, err error) {
	err = s.db.SQL.QueryRowContext(context.TODO(), "SELECT count(*) FROM orders").Scan(&n)
	return n, err
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := s.count(); err != nil { // want `medium chain: →`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (s *server) latest() (store.Order, error) { return s.db.Load(context.TODO(), "latest") }

func (s *server) show(c *gin.Context) {
	o, err := s.latest() // want `medium chain: →`
	if err != nil {
		c.AbortWithError(http.StatusInternalServerError, err)
		return
	}
	c.JSON(http.StatusOK, o)
}

func (s *server) oldest() (store.Order, error) { return s.db.Load(context.TODO(), "oldest") }

func (s *server) stream(srv any, stream grpc.ServerStream) error {
	o, err := s.oldest() // want `medium chain: →`
	if err != nil {
		return err
	}
	return stream.SendMsg(&o)
}

// The fresh root goes through a variable, a function and a package variable.

var background = context.TODO()

func viaVariable(db *store.DB, id string) error { return db.Check(background, id) }

func callsViaVariable(ctx context.Context, db *store.DB, id string) error {
	return viaVariable(db, id) // want `medium chain: →`
}

func root() context.Context { return context.TODO() }

func viaFunction(db *store.DB, id string) error { return db.Check(root(), id) }

func callsViaFunction(ctx context.Context, db *store.DB, id string) error {
	return viaFunction(db, id) // want `medium chain: →`
}

// The call stands in a function literal.

func touch(db *store.DB, id string) error { return db.Verify(context.TODO(), store.Order{ID: id}) }

func inLiteral(ctx context.Context, db *store.DB, ids []string) func() error {
	return func() error {
		for _, id := range ids {
			if err := touch(db, id); err != nil { // want `medium chain: →`
				return err
			}
		}
		return nil
	}
}

// The helper's own literal gets the fresh root.

func retry(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

func removeWithRetry(db *store.DB, id string) error {
	return retry(3, func() error { return db.Check(context.TODO(), id) })
}

func callsRetry(ctx context.Context, db *store.DB, id string) error {
	return removeWithRetry(db, id) // want `low chain: →`
}

// A constructor that waits for the database.

func open(dsn string) (*service, error) {
	s := &service{cache: make(map[string]store.Order)}
	if err := s.db.SQL.PingContext(context.TODO()); err != nil {
		return nil, err
	}
	return s, nil
}

func openFor(ctx context.Context, tenant string) (*service, error) {
	return open("postgres://" + tenant) // want `medium chain: →`
}

// The callee takes a context and waits for something that is not in a table.

type lease struct{ granted chan struct{} }

func (l *lease) wait(ctx context.Context) error {
	select {
	case <-l.granted:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *lease) acquire() error { return l.wait(context.TODO()) }

func withLease(ctx context.Context, l *lease) error {
	return l.acquire() // want `medium chain: →`
}

// It is known that the callee takes a context, but not what it does.

type publisher interface {
	Publish(ctx context.Context, o store.Order) error
}

func announce(p publisher, o store.Order) error { return p.Publish(context.TODO(), o) }

func place(ctx context.Context, db *store.DB, p publisher, o store.Order) error {
	if err := db.Verify(ctx, o); err != nil {
		return err
	}
	return announce(p, o) // want `low chain: →`
}
