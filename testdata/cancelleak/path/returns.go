// Package path holds cancel functions that are called on some paths only.
package path

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

func count(ctx context.Context) (int, error) { return 0, ctx.Err() }

func earlyReturn(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func lateReturn(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	err := work(ctx)
	if err != nil {
		cancel()
		return err
	}
	return nil
}

func fallThroughEnd(ctx context.Context, ok bool) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	work(ctx)
	if ok {
		cancel()
	}
}

// One diagnostic, however many exits leak.
func manyExits(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if work(ctx) != nil {
		return errBusy
	}
	n, err := count(ctx)
	if err != nil {
		return err
	}
	if n > 3 {
		return fmt.Errorf("%d: %w", n, errBusy)
	}
	cancel()
	return nil
}

func conditionalDefer(ctx context.Context, ok bool) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if ok {
		defer cancel()
	}
	return work(ctx)
}

func conditionalDeferClosure(ctx context.Context, ok bool) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if ok {
		defer func() {
			cancel()
		}()
	}
	return work(ctx)
}

// The error check between creation and defer leaves without the call.
func returnBeforeDefer(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	defer cancel()
	return work(ctx)
}

func constructorWithoutCancelOnError(ctx context.Context) (context.Context, context.CancelFunc, error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return nil, nil, err
	}
	return ctx, cancel, nil
}

type client struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Close releases the client.
func (c *client) Close() { c.cancel() }

// The most common one in real projects.
func newClient(ctx context.Context) (*client, error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return nil, err
	}
	return &client{ctx: ctx, cancel: cancel}, nil
}

// The value is dropped together with the error.
func newClientFilledFirst(ctx context.Context) (*client, error) {
	c := &client{}
	c.ctx, c.cancel = context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(c.ctx); err != nil {
		return nil, err
	}
	return c, nil
}

func newClientNamedResults(ctx context.Context) (c *client, err error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err = work(ctx); err != nil {
		return
	}
	c = &client{ctx: ctx, cancel: cancel}
	return
}

func newClientValue(ctx context.Context) (client, error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return client{}, err
	}
	return client{ctx, cancel}, nil
}

// The named result is overwritten by the explicit return on the error path.
func namedResultExplicitReturn(parent context.Context) (ctx context.Context, cancel context.CancelFunc, err error) {
	ctx, cancel = context.WithCancel(parent) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return nil, nil, err
	}
	return ctx, cancel, nil
}

func causeNotOnEveryPath(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		cancel(err)
		return err
	}
	return nil
}

func handedOnOnePathOnly(ctx context.Context, out chan<- context.CancelFunc, ok bool) {
	_, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if ok {
		out <- cancel
	}
}

func goroutineOnOnePathOnly(ctx context.Context, ok bool) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if ok {
		go func() {
			defer cancel()
			work(ctx)
		}()
	}
}

func closureOnOnePathOnly(ctx context.Context, ok bool) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	cleanup := func() { cancel() }
	if !ok {
		return errBusy
	}
	defer cleanup()
	return work(ctx)
}

func callInCondition(ctx context.Context, done func() bool) bool {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	stop := func() bool { cancel(); return true }
	return done() && stop()
}

func insideLiteral(ctx context.Context) func() error {
	return func() error {
		ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if err := work(ctx); err != nil {
			return err
		}
		cancel()
		return nil
	}
}

func insideGoroutine(ctx context.Context, jobs <-chan int) {
	go func() {
		ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
		for range jobs {
			if work(ctx) != nil {
				return
			}
		}
		cancel()
	}()
}

func genericEarlyReturn[T any](ctx context.Context, f func(context.Context) (T, error)) (v T, err error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	v, err = f(ctx)
	if err != nil {
		return v, err
	}
	cancel()
	return v, nil
}

// A copy is the same cancel function.
func throughCopy(ctx context.Context, ok bool) {
	_, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	var stop func() = cancel
	if ok {
		stop()
	}
}

// A function known to return is no excuse.
func logged(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		fmt.Println(err)
		return nil
	}
	cancel()
	return nil
}

// The condition's operand changes in between, so that the conditions do not agree.
func changedGuard(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
	}
	d -= time.Second
	err := work(ctx)
	if d > 0 {
		cancel()
	}
	return err
}

// The conditions exclude each other.
func oppositeGuard(ctx context.Context, d time.Duration) error {
	cancel := func() {}
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
	}
	err := work(ctx)
	if d <= 0 {
		cancel()
	}
	return err
}

// The parent has no cancel function of this function's own.
func childOfParameter(ctx context.Context) error {
	ctx = context.WithValue(ctx, errBusy, 1)
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// The parent is cancelled on one path only and bounds nothing; it is the one
// that is reported for that, the child for itself.
func childOfLeakedParent(ctx context.Context, ok bool) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if ok {
		defer cancel()
	}
	child, stop := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	if err := work(child); err != nil {
		return err
	}
	stop()
	return nil
}

// The context with the deferred cancel function is not the parent.
func siblingOfCancelled(ctx context.Context) error {
	first, cancel := context.WithCancel(ctx)
	defer cancel()
	second, stop := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(first); err != nil {
		return err
	}
	stop()
	return work(second)
}

func twoInterleaved(ctx context.Context) error {
	a, cancelA := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(a); err != nil {
		cancelA()
		return err
	}
	b, cancelB := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(b); err != nil {
		cancelA()
		return err
	}
	cancelB()
	return nil
}
