package path

import (
	"context"
	"time"
)

// The only call is in a literal that does not get to it in every case.

func deferredOnErrorOnly(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

func deferredOnErrorUnknown(ctx context.Context, f func(context.Context) error) (err error) {
	ctx, cancel := context.WithCancel(ctx) // want "medium path: is not called on every path"
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	return f(ctx)
}

// On success, the context goes on with what the function returns.
func deferredOnErrorReturned(parent context.Context) (ctx context.Context, err error) {
	ctx, cancel := context.WithCancel(parent)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	return ctx, work(ctx)
}

func deferredOnErrorStarted(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	go work(ctx)
	return work(ctx)
}

// The error is not the one that is returned.
func deferredOnOtherError(ctx context.Context) error {
	var err error
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	err = work(ctx)
	return nil
}

func deferredWithElse(ctx context.Context, report func(error)) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			report(err)
		}
		cancel()
	}()
	return work(ctx)
}

func deferredUnderError(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	err := work(ctx)
	if err != nil {
		defer cancel()
	}
	return err
}

func started(ctx context.Context, done <-chan struct{}) error {
	ctx, cancel := context.WithCancel(ctx) // want "medium path: is not called on every path"
	go func() {
		<-done
		cancel()
	}()
	return work(ctx)
}

type machine struct {
	stop chan struct{}
}

func (m *machine) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "medium path: is not called on every path"
	go func() {
		<-m.stop
		cancel()
	}()
	return work(ctx)
}

func (m *machine) runAndStop(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		<-m.stop
		cancel()
	}()
	defer close(m.stop)
	return work(ctx)
}

// It ends with its parent, as it would without the goroutine.
func withParent(ctx context.Context) error {
	child, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	go func() {
		<-ctx.Done()
		cancel()
	}()
	return work(child)
}

func ownChannel(ctx context.Context) error {
	done := make(chan struct{})
	defer close(done)
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		<-done
		cancel()
	}()
	return work(ctx)
}

func ownContext(ctx context.Context) error {
	inner, end := context.WithTimeout(ctx, time.Second)
	defer end()
	child, cancel := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		<-inner.Done()
		cancel()
	}()
	return work(child)
}

func merged(ctx context.Context, done <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		<-done
		cancel()
	}()
	return ctx
}

func both(ctx context.Context, done <-chan struct{}) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-done
		cancel()
	}()
	return work(ctx)
}

// A closure of the iteration before has another cancel function.

type stopper interface{ OnStop(func()) }

func previous(ctx context.Context, s stopper, n int) error {
	for range n {
		ctx, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if err := work(ctx); err != nil {
			return err
		}
		s.OnStop(func() { cancel() })
	}
	return nil
}

func previousAll(ctx context.Context, s stopper, n int) error {
	for range n {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		s.OnStop(func() { cancel() })
		if err := work(ctx); err != nil {
			return err
		}
	}
	return nil
}

// All iterations share the variable.
func shared(ctx context.Context, s stopper, n int) error {
	cancel := context.CancelFunc(func() {})
	s.OnStop(func() { cancel() })
	for range n {
		var c context.Context
		cancel()
		c, cancel = context.WithTimeout(ctx, time.Second)
		if err := work(c); err != nil {
			return err
		}
	}
	return nil
}
