package lookalikes

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

func failsByLiteral(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	fail := func(err error) error {
		cancel()
		return fmt.Errorf("failed: %w", err)
	}
	if err := work(ctx); err != nil {
		return fail(err)
	}
	if err := work(ctx); err != nil {
		return fail(err)
	}
	cancel()
	return nil
}

// The literal is left out on one exit.
func failsByLiteralNotAlways(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	fail := func(err error) error {
		cancel()
		return fmt.Errorf("failed: %w", err)
	}
	if err := work(ctx); err != nil {
		return fail(err)
	}
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func repanics(ctx context.Context) (_ context.CancelFunc, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if r := recover(); r != nil {
			cancel()
			panic(r)
		}
	}()
	work(ctx)
	return cancel, nil
}

func startedOrCalled(ctx context.Context, async bool) {
	ctx, cancel := context.WithCancel(ctx)
	if async {
		go func() {
			defer cancel()
			work(ctx)
		}()
		return
	}
	work(ctx)
	cancel()
}

func startedOrDeferred(ctx context.Context, async bool) {
	ctx, cancel := context.WithCancel(ctx)
	if !async {
		defer cancel()
		work(ctx)
	} else {
		go func() {
			<-time.After(time.Second)
			cancel()
		}()
	}
}

func sentOrCalled(ctx context.Context, out chan<- func()) {
	_, cancel := context.WithCancel(ctx)
	select {
	case out <- cancel:
	default:
		cancel()
	}
}

type connection struct {
	ctx    context.Context
	cancel context.CancelFunc
	log    *log.Logger
}

func (c *connection) close() { c.cancel() }

func (c *connection) abort(err error) error {
	c.log.Print(err)
	c.close()
	return err
}

type pool struct{ conns []*connection }

// Two calls away from the cancel function.
func connect(ctx context.Context, p *pool) (*connection, error) {
	c := &connection{log: log.Default()}
	c.ctx, c.cancel = context.WithCancel(ctx)
	if err := work(c.ctx); err != nil {
		return nil, c.abort(err)
	}
	p.conns = append(p.conns, c)
	return c, nil
}

// On failure the pool has it already.
func connectKept(ctx context.Context, p *pool) error {
	c := &connection{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	p.conns = append(p.conns, c)
	return work(c.ctx)
}

func connectByOption(ctx context.Context, opts ...func(*connection) error) (*connection, error) {
	c := &connection{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	for _, opt := range opts {
		if err := opt(c); err != nil {
			c.close()
			return nil, err
		}
	}
	return c, nil
}

func connectDeferred(ctx context.Context) (_ *connection, err error) {
	c := &connection{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if err := work(c.ctx); err != nil {
		return nil, err
	}
	return c, nil
}

func connectTwo(ctx context.Context) (a, b *connection, err error) {
	a, b = &connection{}, &connection{}
	a.ctx, a.cancel = context.WithCancel(ctx)
	if err := work(a.ctx); err != nil {
		a.close()
		return nil, nil, err
	}
	b.ctx, b.cancel = context.WithCancel(ctx)
	if err := work(b.ctx); err != nil {
		a.close()
		b.close()
		return nil, nil, err
	}
	return a, b, nil
}

// The second one leaks when it fails.
func connectTwoLeaking(ctx context.Context) (a, b *connection, err error) {
	a, b = &connection{}, &connection{}
	a.ctx, a.cancel = context.WithCancel(ctx)
	b.ctx, b.cancel = context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(b.ctx); err != nil {
		a.close()
		return nil, nil, err
	}
	return a, b, nil
}

func doneLater(ctx context.Context) (<-chan error, error) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		cancel()
		return nil, err
	}
	errs := make(chan error, 1)
	go func() {
		defer close(errs)
		defer cancel()
		errs <- work(ctx)
	}()
	return errs, nil
}

func switchOnError(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	switch err := work(ctx); {
	case err == nil:
		cancel()
		return nil
	case errors.Is(err, errBusy):
		cancel()
		return errBusy
	default:
		cancel()
		panic(err)
	}
}

// Unreachable code has no exits.
func unreachable(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	err := work(ctx)
	cancel()
	return err
	if err != nil {
		return errBusy
	}
	return nil
}

func nestedDefers(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		defer cancel()
		work(ctx)
	}()
	return work(ctx)
}

func deferredHelper(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cleanUp("job", cancel)
	return work(ctx)
}

func cleanUp(name string, fs ...func()) {
	for _, f := range fs {
		f()
	}
	log.Print(name)
}

func deferredLock(ctx context.Context, mu *sync.Mutex) error {
	ctx, cancel := context.WithCancel(ctx)
	mu.Lock()
	defer func() {
		mu.Unlock()
		cancel()
	}()
	return work(ctx)
}

// The literal only runs when it was set, and it is set only with a context.
func cleanUpVariable(ctx context.Context, d time.Duration) error {
	var done func()
	if d > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d)
		done = func() { cancel() }
	}
	err := work(ctx)
	if done != nil {
		done()
	}
	return err
}

func cleanUpNoop(ctx context.Context, d time.Duration) error {
	done := func() {}
	if d > 0 {
		c, cancel := context.WithTimeout(ctx, d)
		ctx, done = c, cancel
	}
	defer done()
	return work(ctx)
}

func retryWithLabel(ctx context.Context) error {
attempts:
	for i := range 3 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		switch err := work(c); {
		case err == nil:
			cancel()
			break attempts
		case i == 2:
			cancel()
			return err
		default:
			cancel()
			continue attempts
		}
	}
	return nil
}

func twoPhases(ctx context.Context) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	if err := work(c); err != nil {
		cancel()
		return err
	}
	cancel()
	c, cancel = context.WithTimeout(ctx, time.Minute)
	if err := work(c); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

func onlyStatement(ctx context.Context) { _, cancel := context.WithCancel(ctx); cancel() }

func noBody(ctx context.Context, cancel context.CancelFunc)

func toNoBody(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	noBody(ctx, cancel)
}
