// Package discarded holds cancel functions that are dropped where they are
// made, never used, or overwritten before they are called.
package discarded

import (
	"context"
	"errors"
	"time"
)

var errStop = errors.New("stop")

func work(ctx context.Context) error { return ctx.Err() }

func withCancel(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded: cancel function of context.WithCancel is discarded"
	return work(ctx)
}

func withTimeout(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: cancel function of context.WithTimeout is discarded"
	return work(ctx)
}

func withDeadline(ctx context.Context) error {
	ctx, _ = context.WithDeadline(ctx, time.Now()) // want "discarded: cancel function of context.WithDeadline is discarded"
	return work(ctx)
}

func withCancelCause(ctx context.Context) error {
	ctx, _ = context.WithCancelCause(ctx) // want "discarded: cancel function of context.WithCancelCause is discarded"
	return work(ctx)
}

func withTimeoutCause(ctx context.Context) error {
	ctx, _ = context.WithTimeoutCause(ctx, time.Second, errStop) // want "discarded: cancel function of context.WithTimeoutCause is discarded"
	return work(ctx)
}

func withDeadlineCause(ctx context.Context) error {
	ctx, _ = context.WithDeadlineCause(ctx, time.Now(), errStop) // want "discarded: cancel function of context.WithDeadlineCause is discarded"
	return work(ctx)
}

func newVariable(parent context.Context) error {
	ctx, _ := context.WithCancel(parent) // want "discarded: is discarded"
	return work(ctx)
}

func varDeclaration(parent context.Context) error {
	var ctx, _ = context.WithCancel(parent) // want "discarded: is discarded"
	return work(ctx)
}

func varBlock(parent context.Context) error {
	var (
		name   = "job"
		ctx, _ = context.WithCancel(parent) // want "discarded: is discarded"
	)
	_ = name
	return work(ctx)
}

var packageContext, _ = context.WithCancel(context.Background()) // want "low discarded: is discarded"

func intoField(s *struct{ ctx context.Context }) {
	s.ctx, _ = context.WithTimeout(context.Background(), time.Second) // want "discarded: is discarded"
}

func intoMap(byName map[string]context.Context) {
	byName["a"], _ = context.WithCancel(context.Background()) // want "low discarded: is discarded"
}

func bothDiscarded(ctx context.Context) {
	_, _ = context.WithCancel(ctx) // want "discarded: is discarded"
}

func expressionStatement(ctx context.Context) {
	context.WithCancel(ctx) // want "discarded: is discarded"
}

func goStatement(ctx context.Context) {
	go context.WithCancel(ctx) // want "discarded: is discarded"
}

func deferStatement(ctx context.Context) {
	defer context.WithCancel(ctx) // want "discarded: is discarded"
}

func inGoroutine(ctx context.Context) {
	go func() {
		ctx, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		work(ctx)
	}()
}

func inLiteral(ctx context.Context) func() error {
	return func() error {
		ctx, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		return work(ctx)
	}
}

var literal = func(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

func inIfHeader(ctx context.Context) error {
	if ctx, _ := context.WithTimeout(ctx, time.Second); work(ctx) != nil { // want "discarded: is discarded"
		return errStop
	}
	return nil
}

func inSwitchHeader(ctx context.Context) error {
	switch ctx, _ := context.WithTimeout(ctx, time.Second); { // want "discarded: is discarded"
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return nil
}

func inLoop(ctx context.Context, names []string) {
	for range names {
		ctx, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		work(ctx)
	}
}

func inSelect(ctx context.Context, jobs <-chan int) {
	select {
	case <-jobs:
		ctx, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		work(ctx)
	case <-ctx.Done():
	}
}

func twice(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)               // want "discarded: cancel function of context.WithCancel is discarded"
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: cancel function of context.WithTimeout is discarded"
	return work(ctx)
}

// A parent that is cancelled here bounds the leak, but writing _ is never needed.
func childOfCancelledParent(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	child, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return work(child)
}

func severalLines(ctx context.Context) error {
	ctx, _ = context.WithTimeout( // want "discarded: is discarded"
		ctx,
		time.Second,
	)
	return work(ctx)
}

type server struct{ ctx context.Context }

func (s *server) pointerMethod() error {
	ctx, _ := context.WithTimeout(s.ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

func (s server) valueMethod() error {
	ctx, _ := context.WithTimeout(s.ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

func generic[T any](ctx context.Context, v T) (T, error) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return v, work(ctx)
}

type stack[T any] struct{ items []T }

func (s *stack[T]) genericMethod(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

func init() {
	packageContext, _ = context.WithCancel(packageContext) // want "discarded: is discarded"
}
