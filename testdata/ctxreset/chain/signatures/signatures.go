// Package signatures has methods whose signature is that of an interface of the
// standard library: they cannot get a context.
package signatures

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"

	"ctxlint.test/fixtures/ctxreset/store"
)

// remote is an order that lives elsewhere.
type remote struct {
	db *store.DB
	id string
}

func (r *remote) Read(p []byte) (int, error) {
	o, err := r.db.Load(context.TODO(), r.id)
	return copy(p, o.Customer), err
}

func reads(ctx context.Context, r *remote, p []byte) (int, error) {
	return r.Read(p)
}

func readsAll(ctx context.Context, r *remote) ([]byte, error) {
	return io.ReadAll(r)
}

func (r *remote) Write(p []byte) (int, error) {
	return len(p), r.db.Verify(context.TODO(), store.Order{ID: r.id, Customer: string(p)})
}

func writes(ctx context.Context, r *remote, p []byte) (int, error) {
	return r.Write(p)
}

func (r *remote) String() string {
	o, _ := r.db.Load(context.TODO(), r.id)
	return o.Customer
}

func prints(ctx context.Context, r *remote) string {
	return fmt.Sprint("order of ", r.String())
}

func (r *remote) Value() (driver.Value, error) {
	o, err := r.db.Load(context.TODO(), r.id)
	return o.Total, err
}

func values(ctx context.Context, r *remote) (driver.Value, error) {
	return r.Value()
}

func (r *remote) MarshalJSON() ([]byte, error) {
	o, err := r.db.Load(context.TODO(), r.id)
	return []byte(o.Customer), err
}

func marshals(ctx context.Context, r *remote) ([]byte, error) {
	return r.MarshalJSON()
}

// Near misses: the name alone makes no interface.

func (r *remote) ReadAll() (string, error) {
	o, err := r.db.Load(context.TODO(), r.id)
	return o.Customer, err
}

func readsCustomer(ctx context.Context, r *remote) (string, error) {
	return r.ReadAll() // want `low chain: →`
}

type other struct {
	db *store.DB
	id string
}

func (o *other) Read(times int) (store.Order, error) {
	return o.db.Load(context.TODO(), o.id)
}

func readsOther(ctx context.Context, o *other) (store.Order, error) {
	return o.Read(1) // want `medium chain: →`
}
