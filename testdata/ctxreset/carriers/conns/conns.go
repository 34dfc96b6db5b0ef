// Package conns asks connections for their contexts.
package conns

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/carriers/conns/link"
	"ctxlint.test/fixtures/ctxreset/store"
)

// A connection that ends makes its own methods return.

func open(c *link.Conn) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return c.Open(ctx)
}

func openLater(c *link.Conn) error {
	return func() error { return c.Open(context.TODO()) }()
}

// Nobody else hears of its end.

func load(c *link.Conn, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO.* pass c\.Context\(\)`
}

func both(c *link.Conn, db *store.DB) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	if err := c.Open(ctx); err != nil {
		return err
	}
	return db.Check(ctx, "")
}

func other(c, d *link.Conn) error {
	return d.Open(context.TODO()) // want `direct: context\.TODO.* pass c\.Context\(\)`
}

// The connection of a context that the caller gives.
func given(ctx context.Context, c *link.Conn) error {
	return c.Open(context.TODO()) // want `direct: context\.TODO.* pass ctx`
}

func send(p *link.Parcel) error {
	return p.Send(context.TODO()) // want `direct: context\.TODO.* pass p\.Context\(\)`
}
