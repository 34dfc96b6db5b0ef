// Package generics holds cancel functions in and around generic code.
package generics

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

// Creators.

func derive[C context.Context](c C) (context.Context, context.CancelFunc) {
	return context.WithCancel(c)
}

func second[A, B any](_ A, b B) B { return b }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type pair[A, B any] struct {
	first  A
	second B
}

func pairOf[A, B any](a A, b B) pair[A, B] { return pair[A, B]{a, b} }

type factory[T any] struct{ value T }

func (f *factory[T]) derive(ctx context.Context) (context.Context, T, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, f.value, cancel
}

type deriver[T any] interface {
	derive(context.Context) (context.Context, T, context.CancelFunc)
}

func discardsHelper(ctx context.Context) error {
	ctx, _ = derive(ctx) // want "discarded: cancel function of .*derive.* is discarded"
	return work(ctx)
}

func discardsInstance(ctx context.Context) error {
	ctx, _ = derive[context.Context](ctx) // want "discarded: cancel function of .*derive.* is discarded"
	return work(ctx)
}

func discardsMethod(ctx context.Context, f *factory[int]) error {
	ctx, n, _ := f.derive(ctx) // want "discarded: cancel function of .*derive.* is discarded"
	_ = n
	return work(ctx)
}

func discardsConstraint[T any, D deriver[T]](ctx context.Context, d D) error {
	ctx, _, _ = d.derive(ctx) // want "medium discarded: cancel function of .*derive.* is discarded"
	return work(ctx)
}

func discardsInterface[T any](ctx context.Context, d deriver[T]) error {
	ctx, _, _ = d.derive(ctx) // want "medium discarded: cancel function of .*derive.* is discarded"
	return work(ctx)
}

func neverUsed[T any](ctx context.Context, v T) (T, error) {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is never used"
	_ = cancel
	return v, work(ctx)
}

func overwritten[T any](ctx context.Context, v T) (T, error) {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return v, work(ctx)
}

func path[T comparable](ctx context.Context, a, b T) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if a == b {
		return errBusy
	}
	cancel()
	return work(ctx)
}

type queue[T any] struct {
	items  []T
	cancel context.CancelFunc
}

func (q *queue[T]) each(ctx context.Context, f func(context.Context, T) error) error {
	for _, item := range q.items {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if err := f(c, item); err != nil {
			return err
		}
		cancel()
	}
	return nil
}

func (q *queue[T]) eachDeferred(ctx context.Context, f func(context.Context, T)) {
	for _, item := range q.items {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		f(c, item)
	}
}

func newQueue[T any](ctx context.Context, open func(context.Context) ([]T, error)) (*queue[T], error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	items, err := open(ctx)
	if err != nil {
		return nil, err
	}
	return &queue[T]{items, cancel}, nil
}

// Close ends the queue.
func (q *queue[T]) Close() { q.cancel() }

func ignores[T any](_ T, _ context.CancelFunc) {}

func toIgnoring(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*ignores.*, which never calls it"
	ignores(1, cancel)
	return work(ctx)
}

func toIgnoringInstance(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*ignores.*, which never calls it"
	ignores[string]("a", cancel)
	return work(ctx)
}

type unread[T any] struct {
	value T
	stop  context.CancelFunc
}

func (u *unread[T]) start(ctx context.Context) {
	_, u.stop = context.WithCancel(ctx) // want "low field: is stored in field .*stop.*, which nothing reads"
}

func returnsEarly[T any](ctx context.Context, v T) (T, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return v, ctx // want "early: returned but"
}

// The instances are used so that they are built.
var (
	_ = path[int]
	_ = neverUsed[string]
	_ = newQueue[int]
	_ = (*unread[int]).start
)
