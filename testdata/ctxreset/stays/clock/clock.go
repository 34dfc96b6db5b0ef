// Package clock has objects that work under the context of their making.
package clock

import "context"

// A Poller asks again until its context ends.
type Poller struct {
	ctx  context.Context
	left int
}

// NewPoller returns a poller under ctx.
func NewPoller(ctx context.Context) *Poller { return &Poller{ctx: ctx, left: 3} }

// Next reports whether to ask again.
func (p *Poller) Next() bool {
	p.left--
	return p.left > 0 && p.ctx.Err() == nil
}

// Reset starts anew.
func (p *Poller) Reset() { p.left = 3 }

// Names sends names until ctx ends.
func Names(ctx context.Context) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for ctx.Err() == nil {
			select {
			case out <- "name":
			case <-ctx.Done():
			}
		}
	}()
	return out
}
