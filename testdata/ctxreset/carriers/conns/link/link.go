// Package link has connections that end what waits for them.
package link

import "context"

// Conn is a connection.
type Conn struct {
	ctx context.Context
	end context.CancelFunc
}

// Context ends with the connection.
func (c *Conn) Context() context.Context { return c.ctx }

// Open waits for room.
func (c *Conn) Open(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.ctx.Done():
		return c.ctx.Err()
	}
}

// CloseWithCode ends it.
func (c *Conn) CloseWithCode(code int) { c.end() }

// Parcel carries the context of who sends it, and has no end of its own.
type Parcel struct{ ctx context.Context }

// Context is that of who sends it.
func (p *Parcel) Context() context.Context { return p.ctx }

// Send sends it.
func (p *Parcel) Send(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
