package discarded

import (
	"context"
	"time"
)

// Contexts without a cancel function.

func withoutCancel(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	return work(ctx)
}

func withValue(ctx context.Context) error {
	type key struct{}
	ctx = context.WithValue(ctx, key{}, 1)
	return work(ctx)
}

// The stop function of AfterFunc withdraws a callback; not to call it lets the
// callback run, which is what most callers want.

func afterFuncDropped(ctx context.Context, f func()) {
	context.AfterFunc(ctx, f)
}

func afterFuncBlank(ctx context.Context, f func()) {
	_ = context.AfterFunc(ctx, f)
}

func afterFuncSomePaths(ctx context.Context, f func()) error {
	stop := context.AfterFunc(ctx, f)
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func timerDropped(f func()) {
	time.AfterFunc(time.Second, f)
}

// Functions that release something, but not a context.

func unrelated() (int, func()) { return 1, func() {} }

func unrelatedDropped() int {
	n, _ := unrelated()
	return n
}

func unrelatedOverwritten() {
	_, release := unrelated()
	_, release = unrelated()
	release()
}

// A cancel function that is not the result of a call has another owner.

func fromChannel(cancels <-chan context.CancelFunc) {
	_ = <-cancels
	cancel := <-cancels
	_ = cancel
}

func fromMap(cancels map[string]context.CancelFunc) {
	_, ok := cancels["a"]
	_ = ok
	_ = cancels["b"]
}

func fromParameter(ctx context.Context, cancel context.CancelFunc) error {
	_ = cancel
	return work(ctx)
}

func fromAssertion(v any) bool {
	_, ok := v.(context.CancelFunc)
	return ok
}

func fromConversion(f func()) {
	_ = context.CancelFunc(f)
}

// Neither a context nor a cancel function, only the names agree.

type fake struct{}

func (fake) WithCancel(ctx context.Context) (context.Context, func()) { return ctx, func() {} }
func (fake) WithTimeout(int) (int, func(error))                       { return 0, func(error) {} }

func sameNames(ctx context.Context) error {
	var context fake
	ctx, _ = context.WithCancel(ctx)
	_, _ = context.WithTimeout(1)
	return work(ctx)
}

// Overwritten, but after the call.

func calledThenOverwritten(ctx context.Context) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	err := work(c)
	cancel()
	if err == nil {
		return nil
	}
	c, cancel = context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return work(c)
}

func deferredThenOverwritten(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

func deferredClosureThenShadowed(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer func() { cancel() }()
	{
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		work(ctx)
	}
	return work(ctx)
}

func copiedThenOverwritten(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	outer := cancel
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer outer()
	defer cancel()
	return work(ctx)
}

// Both cancel functions run, one through the other.
func chained(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	inner, stop := context.WithTimeout(ctx, time.Second)
	previous := cancel
	cancel = func() {
		stop()
		previous()
	}
	defer cancel()
	return work(inner)
}

func eitherBranch(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	} else {
		ctx, cancel = context.WithCancel(ctx)
	}
	defer cancel()
	return work(ctx)
}

func defaultNoop(ctx context.Context, d time.Duration) error {
	cancel := func() {}
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(ctx)
}

func immediateCall(ctx context.Context) {
	onlyCancel(ctx)()
	defer onlyCancel(ctx)()
}

// Own parameter given a new value whose cancel function is kept.
func replaceParameter(ctx context.Context, cancel context.CancelFunc) error {
	if cancel == nil {
		ctx, cancel = context.WithCancel(ctx)
	}
	defer cancel()
	return work(ctx)
}

// Without a parent there is no context: the call panics.
func noParent() {
	_, _ = context.WithCancel(nil)
	context.WithTimeout(nil, time.Second)
}
