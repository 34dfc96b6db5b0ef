// Package nilcontext passes nil where a context belongs.
package nilcontext

import "context"

type store struct{}

func (*store) load(ctx context.Context, id int) {}
func first(ctx context.Context)                 {}
func second(id int, ctx context.Context)        {}
func pointer(p *int)                            {}

type loader interface{ load(context.Context, int) }

func unused(context.Context) {}

func found(s *store, l loader) {
	l.load(nil, 1) // want "SA1012: do not pass a nil Context"
	unused(nil)    // want "medium SA1012: do not pass a nil Context"
	first(nil)     // want "SA1012: do not pass a nil Context"
	s.load(nil, 1) // want "SA1012: do not pass a nil Context"
	func(ctx context.Context) {}(context.TODO())
}

func silent(s *store, ctx context.Context) {
	first(ctx)
	s.load(context.TODO(), 1)
	second(1, nil) // not the first parameter
	pointer(nil)
	var none context.Context
	first(none)
}
