// Package fields holds cancel functions that are stored in unexported fields
// and package variables that nothing reads.
package fields

import (
	"context"
	"sync"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

type assigned struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (a *assigned) start(parent context.Context) {
	a.ctx, a.cancel = context.WithCancel(parent) // want "low field: is stored in field .*cancel.*, which nothing reads"
	go work(a.ctx)
}

type literal struct {
	ctx  context.Context
	stop context.CancelFunc
}

func newLiteral(parent context.Context) *literal {
	ctx, cancel := context.WithCancel(parent) // want "low field: is stored in field stop and its context in ctx, which nothing reads; delete both"
	return &literal{ctx: ctx, stop: cancel}
}

type positional struct {
	ctx  context.Context
	stop context.CancelFunc
}

func newPositional(parent context.Context) positional {
	ctx, cancel := context.WithCancel(parent) // want "low field: is stored in field stop and its context in ctx, which nothing reads; delete both"
	return positional{ctx, cancel}
}

type plain struct{ stop func() }

func (p *plain) start(ctx context.Context) {
	ctx, p.stop = context.WithTimeout(ctx, time.Second) // want "low field: is stored in field .*stop.*, which nothing reads"
	work(ctx)
}

type cause struct{ fail context.CancelCauseFunc }

func (c *cause) start(ctx context.Context) {
	ctx, c.fail = context.WithCancelCause(ctx) // want "low field: is stored in field .*fail.*, which nothing reads"
	work(ctx)
}

type state struct{ cancel context.CancelFunc }

type nested struct {
	mu    sync.Mutex
	state state
}

func (n *nested) start(ctx context.Context) {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, n.state.cancel = context.WithCancel(ctx) // want "low field: is stored in field .*cancel.*, which nothing reads"
}

type embeddedState struct{ abort context.CancelFunc }

type embedding struct{ *embeddedState }

func (e embedding) start(ctx context.Context) {
	_, e.abort = context.WithCancel(ctx) // want "low field: is stored in field .*abort.*, which nothing reads"
}

type generic[T any] struct {
	value  T
	cancel context.CancelFunc
}

func newGeneric[T any](ctx context.Context, v T) *generic[T] {
	_, cancel := context.WithCancel(ctx) // want "low field: is stored in field .*cancel.*, which nothing reads"
	return &generic[T]{v, cancel}
}

// Stored through a closure of the function.
type wrapped struct{ halt func() }

func newWrapped(ctx context.Context) *wrapped {
	_, cancel := context.WithCancel(ctx) // want "unused-closure: (is stored in field .*halt.*, which nothing reads|function literal that never runs)"
	return &wrapped{halt: func() { cancel() }}
}

// The field is only ever written.
type rewritten struct{ cancel context.CancelFunc }

func (r *rewritten) start(ctx context.Context) {
	_, r.cancel = context.WithCancel(ctx) // want "low field: is stored in field .*cancel.*, which nothing reads"
}

func (r *rewritten) reset() { r.cancel = nil }

// A second field of the same name in another type is read; this one is not.
type first struct{ quit context.CancelFunc }

type second struct{ quit context.CancelFunc }

func (f *first) start(ctx context.Context) {
	_, f.quit = context.WithCancel(ctx) // want "low field: is stored in field .*quit.*, which nothing reads"
}

func (s *second) start(ctx context.Context) { _, s.quit = context.WithCancel(ctx) }

func (s *second) close() { s.quit() }

var (
	globalCtx    context.Context
	globalCancel context.CancelFunc
)

func startGlobal() {
	globalCtx, globalCancel = context.WithCancel(context.Background()) // want "low field: is stored in variable .*globalCancel.*, which nothing reads"
	go work(globalCtx)
}

var initialCtx, initialCancel = context.WithCancel(context.Background()) // want "low field: is stored in variable .*initialCancel.*, which nothing reads"

var singleton struct {
	ctx   context.Context
	close context.CancelFunc
}

func startSingleton() {
	singleton.ctx, singleton.close = context.WithCancel(initialCtx) // want "low field: is stored in field close and its context in ctx, which nothing reads; delete both"
}

// The error path is fine, the success path stores it for nobody.
type halfDone struct{ cancelJob context.CancelFunc }

func newHalfDone(ctx context.Context) (*halfDone, error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: (is stored in field .*cancelJob.*, which nothing reads|is not called on every path)"
	if err := work(ctx); err != nil {
		cancel()
		return nil, err
	}
	return &halfDone{cancelJob: cancel}, nil
}

// Nothing reads the context either.
type forgotten struct {
	base context.Context
	end  context.CancelFunc
}

func newForgotten(parent context.Context) *forgotten {
	base, end := context.WithCancel(parent) // want "low field: is stored in field end and its context in base, which nothing reads; delete both"
	return &forgotten{base: base, end: end}
}

func (f *forgotten) renew(parent context.Context) {
	f.base, f.end = context.WithCancel(parent) // want "low field: and its context in base"
}

// It is stored there, and used as well.
func (f *forgotten) run(parent context.Context) {
	ctx, end := context.WithCancel(parent) // want "low field: is stored in field end, which nothing reads, .*; call it when closing"
	f.base, f.end = ctx, end
	work(ctx)
}
