// Package holders has types that hold functions. Only what gives one of them away
// has a fact.
package holders

import "context"

// Conn is closed.
type Conn struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Dial fills the field.
func Dial(ctx context.Context) *Conn {
	c := new(Conn)
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c
}

// Close cancels.
func (c *Conn) Close() error {
	c.cancel()
	return nil
}

// Canceller gives what the connection keeps.
func (c *Conn) Canceller() context.CancelFunc { return c.cancel } // want Canceller:"^borrowed\\(0\\)$"

// Plain is a struct without a cancel function.
type Plain struct {
	ctx  context.Context
	stop func()
}

// Stop calls a function that nobody said is a cancel function.
func (p *Plain) Stop() { p.stop() }

// Open exports its field; that is not this package's to call.
type Open struct{ Cancel context.CancelFunc }
