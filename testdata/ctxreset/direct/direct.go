// Package direct hands a fresh root to a call, with the caller's context at
// hand.
package direct

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"ctxlint.test/fixtures/ctxreset/store"
)

// One forgotten call among correct siblings.
func pay(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	o.Paid = true
	if err := db.Verify(context.TODO(), o); err != nil { // want `direct: context\.TODO`
		return err
	}
	return store.Publish(ctx, "http://billing/paid", o)
}

func todo(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func result(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	return db.Load(context.TODO(), id) // want `direct: context\.TODO`
}

// Each call is a mistake of its own.
func twice(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(context.TODO(), id) // want `direct: context\.TODO`
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

func lastParameter(db *store.DB, id string, ctx context.Context) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func request(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.TODO(), http.MethodGet, url, nil) // want `direct: context\.TODO`
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func query(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	return db.QueryContext(context.TODO(), "SELECT id FROM orders") // want `direct: context\.TODO`
}

func transaction(ctx context.Context, db *sql.DB, id string) error {
	tx, err := db.BeginTx(context.TODO(), nil) // want `direct: context\.TODO`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM orders WHERE id = $1", id); err != nil {
		return err
	}
	return tx.Commit()
}

func command(ctx context.Context, dir string) ([]byte, error) {
	return exec.CommandContext(context.TODO(), "git", "-C", dir, "fetch").CombinedOutput() // want `direct: context\.TODO`
}

func dial(ctx context.Context, addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(context.TODO(), "tcp", addr) // want `direct: context\.TODO`
}

func invoke(ctx context.Context, conn *grpc.ClientConn, in, out any) error {
	return conn.Invoke(context.TODO(), "/orders.Orders/Place", in, out) // want `direct: context\.TODO`
}

func timeout(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func deadline(ctx context.Context, db *store.DB, id string, at time.Time) error {
	c, cancel := context.WithDeadline(context.TODO(), at) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func canceller(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithCancelCause(context.TODO()) // want `direct: context\.TODO`
	defer cancel(nil)
	return db.Check(c, id)
}

type userKey struct{}

func value(ctx context.Context, db *store.DB, id, user string) error {
	return db.Check(context.WithValue(context.TODO(), userKey{}, user), id) // want `direct: context\.TODO`
}

func nested(ctx context.Context, db *store.DB, id, user string) error {
	c, cancel := context.WithTimeout(context.WithValue(context.TODO(), userKey{}, user), time.Second) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func outgoing(ctx context.Context, conn *grpc.ClientConn, token string, in, out any) error {
	md := metadata.Pairs("authorization", token)
	return conn.Invoke(metadata.NewOutgoingContext(context.TODO(), md), "/orders.Orders/Place", in, out) // want `direct: context\.TODO`
}

func group(ctx context.Context, db *store.DB, ids []string) error {
	g, groupCtx := errgroup.WithContext(context.TODO()) // want `direct: context\.TODO`
	for _, id := range ids {
		g.Go(func() error { return db.Check(groupCtx, id) })
	}
	return g.Wait()
}

func interrupted(ctx context.Context, db *store.DB, id string) error {
	c, stop := signal.NotifyContext(context.TODO(), os.Interrupt) // want `direct: context\.TODO`
	defer stop()
	return db.Check(c, id)
}

type loader interface {
	Load(ctx context.Context, id string) (store.Order, error)
}

func throughInterface(ctx context.Context, l loader, id string) (store.Order, error) {
	return l.Load(context.TODO(), id) // want `direct: context\.TODO`
}

func throughFunction(ctx context.Context, load func(context.Context, string) (store.Order, error), id string) (store.Order, error) {
	return load(context.TODO(), id) // want `direct: context\.TODO`
}

func throughTable(ctx context.Context, steps map[string]func(context.Context) error, name string) error {
	if step, ok := steps[name]; ok {
		return step(context.TODO()) // want `direct: context\.TODO`
	}
	return nil
}

// T is a type of context in a generic function.
func generic[T any](ctx context.Context, load func(context.Context, string) (T, error), ids ...string) ([]T, error) {
	var all []T
	for _, id := range ids {
		x, err := load(context.TODO(), id) // want `direct: context\.TODO`
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

type repository struct {
	db    *store.DB
	cache map[string]store.Order
}

func (r *repository) get(ctx context.Context, id string) (store.Order, error) {
	if o, ok := r.cache[id]; ok {
		return o, nil
	}
	return r.db.Load(context.TODO(), id) // want `direct: context\.TODO`
}

func (r repository) drop(ctx context.Context, id string) error {
	return r.db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

// Context by another name.
type Context = context.Context

func alias(ctx Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

// scoped is an interface that is a context.
type scoped interface {
	context.Context
	Tenant() string
}

func extended(ctx scoped, db *store.DB, id string) error {
	return db.Check(context.TODO(), ctx.Tenant()+"/"+id) // want `direct: context\.TODO`
}

// appContext is a context with more to it.
type appContext struct {
	context.Context
	user string
}

func embedded(ctx *appContext, db *store.DB, id string) error {
	return db.Check(context.TODO(), ctx.user+"/"+id) // want `direct: context\.TODO`
}

func embeddedByValue(c appContext, db *store.DB, id string) error {
	return db.Check(context.TODO(), c.user+"/"+id) // want `direct: context\.TODO`
}

// job holds what a step of a workflow may use.
type job struct {
	ctx context.Context
	db  *store.DB
	id  string
}

// Context makes every *job a carrier.
func (j *job) Context() context.Context { return j.ctx }

func carrier(j *job) error {
	return j.db.Check(context.TODO(), j.id) // want `direct: context\.TODO`
}

// A carrier as the receiver.
func (j *job) run() error {
	return j.db.Check(context.TODO(), j.id) // want `direct: context\.TODO`
}

// A context in the condition, and one in a loop.
func poll(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	for {
		if o, err := db.Load(context.TODO(), id); err != nil || o.Paid { // want `direct: context\.TODO`
			return o, err
		}
		select {
		case <-ctx.Done():
			return store.Order{}, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
