// Package params holds cancel functions that are handed to functions that
// ignore them, and to functions that do not.
package params

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func drop(cancel context.CancelFunc) {
	println("dropped")
}

func dropUnnamed(context.CancelFunc) {}

func dropBlank(_ context.Context, _ context.CancelFunc) {}

func dropPlainFunc(stop func()) { _ = stop }

func dropCause(name string, cancel context.CancelCauseFunc) bool {
	return cancel != nil && name != ""
}

func dropAfterAssigning(cancel context.CancelFunc) {
	stop := cancel
	if stop == nil {
		println("nil")
	}
}

// Two hops.
func dropByProxy(ctx context.Context, cancel context.CancelFunc) error {
	drop(cancel)
	return work(ctx)
}

func dropInDefer(cancel context.CancelFunc) {
	defer drop(cancel)
}

func dropInUnusedLiteral(cancel context.CancelFunc) {
	_ = func() { cancel() }
}

func dropRecursively(n int, cancel context.CancelFunc) {
	if n > 0 {
		dropRecursively(n-1, cancel)
	}
}

func dropVariadic(names ...context.CancelFunc) int { return len(names) }

func dropOverwritten(cancel context.CancelFunc) {
	cancel = func() {}
	cancel()
}

func dropGeneric[T any](v T, cancel context.CancelFunc) T {
	return v
}

func contextOnly(ctx context.Context, _ context.CancelFunc) context.Context {
	return ctx
}

func first[A, B any](a A, _ B) A { return a }

type registry struct{ stops []func() }

func (r *registry) drop(stop func()) {}

func (r registry) dropValue(name string, stop context.CancelFunc) {}

func toFunction(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*drop, which never calls it"
	drop(cancel)
	return work(ctx)
}

func toUnnamed(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropUnnamed, which never calls it"
	dropUnnamed(cancel)
	return work(ctx)
}

func toBlank(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropBlank, which never calls it"
	dropBlank(ctx, cancel)
	return work(ctx)
}

func toPlainFunc(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropPlainFunc, which never calls it"
	dropPlainFunc(cancel)
	return work(ctx)
}

func toCause(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx) // want "ignored-param: is passed to .*dropCause, which never calls it"
	if !dropCause("job", cancel) {
		return nil
	}
	return work(ctx)
}

func toAssigning(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropAfterAssigning, which never calls it"
	dropAfterAssigning(cancel)
	return work(ctx)
}

func toProxy(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropByProxy, which never calls it"
	return dropByProxy(ctx, cancel)
}

func toRecursive(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropRecursively, which never calls it"
	dropRecursively(3, cancel)
	return work(ctx)
}

func toUnusedLiteral(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropInUnusedLiteral, which never calls it"
	dropInUnusedLiteral(cancel)
	return work(ctx)
}

func toOverwriting(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropOverwritten, which never calls it"
	dropOverwritten(cancel)
	return work(ctx)
}

func toGeneric(ctx context.Context) (int, error) {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*dropGeneric.*, which never calls it"
	n := dropGeneric(1, cancel)
	return n, work(ctx)
}

func toMethod(ctx context.Context, r *registry) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to .*drop, which never calls it"
	r.drop(cancel)
	return work(ctx)
}

func toValueMethod(ctx context.Context, r registry) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*dropValue, which never calls it"
	r.dropValue("job", cancel)
	return work(ctx)
}

func toMethodExpression(ctx context.Context, r *registry) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*drop, which never calls it"
	(*registry).drop(r, cancel)
	return work(ctx)
}

func inDefer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*drop, which never calls it"
	defer drop(cancel)
	return work(ctx)
}

func inGoroutine(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*drop, which never calls it"
	go drop(cancel)
	return work(ctx)
}

// Both results go straight into the call.
func straight(ctx context.Context) error {
	ctx = contextOnly(context.WithTimeout(ctx, time.Second)) // want "ignored-param: is passed to .*contextOnly, which never calls it"
	return work(ctx)
}

func straightGeneric(ctx context.Context) error {
	ctx = first(context.WithTimeout(ctx, time.Second)) // want "ignored-param: is passed to .*first.*, which never calls it"
	return work(ctx)
}

func toLiteral(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*, which never calls it"
	func(name string, stop func()) {
		println(name)
	}("job", cancel)
	return work(ctx)
}

func toVariable(ctx context.Context) error {
	ignore := func(context.CancelFunc) {}
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*, which never calls it"
	ignore(cancel)
	return work(ctx)
}

func wrapped(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*drop, which never calls it"
	drop(func() { cancel() })
	return work(ctx)
}

func twice(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "ignored-param: is passed to .*drop(PlainFunc)?, which never calls it"
	drop(cancel)
	dropPlainFunc(cancel)
	return work(ctx)
}
