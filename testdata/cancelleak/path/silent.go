package path

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

func deferred(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := work(ctx); err != nil {
		return err
	}
	return work(ctx)
}

func everyExit(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		cancel()
		return err
	}
	if _, err := count(ctx); err != nil {
		cancel()
		return fmt.Errorf("count: %w", err)
	}
	cancel()
	return nil
}

// Called early on purpose: the timeout is for the handshake alone.
func calledEarly(ctx context.Context) error {
	handshake, cancel := context.WithTimeout(ctx, time.Second)
	err := work(handshake)
	cancel()
	if err != nil {
		return err
	}
	return work(ctx)
}

func calledTwice(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := work(ctx); err != nil {
		cancel()
		return err
	}
	return nil
}

func causeAndPlain(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer func() { cancel(err) }()
	if err = work(ctx); err != nil {
		return err
	}
	return nil
}

func allCases(ctx context.Context, mode int) {
	ctx, cancel := context.WithCancel(ctx)
	switch mode {
	case 0:
		cancel()
	case 1:
		work(ctx)
		cancel()
	default:
		defer cancel()
		work(ctx)
	}
}

func allSelectCases(ctx context.Context, a, b <-chan int) error {
	ctx, cancel := context.WithCancel(ctx)
	select {
	case <-a:
		cancel()
		return nil
	case <-b:
		cancel()
		return errBusy
	case <-ctx.Done():
		cancel()
		return ctx.Err()
	}
}

// A select without default runs one of its cases.
func onlySelectCase(ctx context.Context, a <-chan int) {
	_, cancel := context.WithCancel(ctx)
	select {
	case <-a:
		cancel()
	}
}

func switchThenShared(ctx context.Context, mode int) error {
	var cancel context.CancelFunc
	switch mode {
	case 0:
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	case 1:
		ctx, cancel = context.WithTimeout(ctx, time.Minute)
	default:
		ctx, cancel = context.WithCancel(ctx)
	}
	err := work(ctx)
	cancel()
	return err
}

func bothBranches(ctx context.Context, deadline time.Time) error {
	var cancel context.CancelFunc
	if deadline.IsZero() {
		ctx, cancel = context.WithCancel(ctx)
	} else {
		ctx, cancel = context.WithDeadline(ctx, deadline)
	}
	defer cancel()
	return work(ctx)
}

func nestedParents(ctx context.Context, a, b bool) error {
	if a {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Minute)
		defer cancel()
		if b {
			var stop context.CancelFunc
			ctx, stop = context.WithTimeout(ctx, time.Second)
			defer stop()
		}
	}
	return work(ctx)
}

func interleaved(ctx context.Context) error {
	a, cancelA := context.WithCancel(ctx)
	b, cancelB := context.WithCancel(ctx)
	if err := work(a); err != nil {
		cancelB()
		cancelA()
		return err
	}
	cancelA()
	err := work(b)
	cancelB()
	return err
}

// Cancelled with the parent, at the latest when the function returns.
func boundedChild(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	child, stop := context.WithTimeout(ctx, time.Second)
	if err := work(child); err != nil {
		return err
	}
	stop()
	return nil
}

func boundedGrandchild(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	ctx = context.WithValue(ctx, errBusy, 1)
	child, stop := context.WithTimeout(ctx, time.Second)
	if err := work(child); err != nil {
		return err
	}
	stop()
	return nil
}

func boundedByDeferredClosure(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer func() { cancel(io.EOF) }()
	child, stop := context.WithTimeout(ctx, time.Second)
	if err := work(child); err != nil {
		return err
	}
	stop()
	return nil
}

type closer struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (c *closer) Close() error {
	c.cancel()
	return nil
}

func newCloser(ctx context.Context) (*closer, error) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		cancel()
		return nil, err
	}
	return &closer{ctx: ctx, cancel: cancel}, nil
}

func newCloserFilledAfter(ctx context.Context) (io.Closer, error) {
	c := new(closer)
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		cancel()
		return nil, err
	}
	c.ctx, c.cancel = ctx, cancel
	return c, nil
}

func newCloserDeferred(ctx context.Context) (c *closer, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, err
	}
	return &closer{ctx, cancel}, nil
}

func newCloserSuccessFlag(ctx context.Context) (*closer, error) {
	ctx, cancel := context.WithCancel(ctx)
	ok := false
	defer func() {
		if !ok {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, err
	}
	ok = true
	return &closer{ctx, cancel}, nil
}

func newCloserDisarmed(ctx context.Context) (*closer, error) {
	ctx, cancel := context.WithCancel(ctx)
	cleanup := cancel
	defer func() { cleanup() }()
	if err := work(ctx); err != nil {
		return nil, err
	}
	cleanup = func() {}
	return &closer{ctx, cancel}, nil
}

func newCloserClosesItself(ctx context.Context) (*closer, error) {
	c := &closer{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	if err := work(c.ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func newCloserAlwaysReturned(ctx context.Context) (*closer, error) {
	c := &closer{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c, work(c.ctx)
}

func nakedReturn(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithCancel(parent)
	if ctx.Err() != nil {
		return
	}
	ctx = context.WithValue(ctx, errBusy, 1)
	return
}

func nakedReturnPlainFunc(parent context.Context) (ctx context.Context, stop func(), err error) {
	ctx, stop = context.WithTimeout(parent, time.Second)
	err = work(ctx)
	return
}

func namedResultThenClosed(parent context.Context) (ctx context.Context, cancel context.CancelFunc, err error) {
	ctx, cancel = context.WithCancel(parent)
	defer func() {
		if err != nil {
			cancel()
			cancel = nil
		}
	}()
	return ctx, cancel, work(ctx)
}

// The error result says that there is nothing to cancel.

func open(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	ctx, cancel := context.WithCancel(ctx)
	return ctx, cancel, nil
}

func callerChecksError(ctx context.Context) error {
	ctx, cancel, err := open(ctx)
	if err != nil {
		return err
	}
	defer cancel()
	return work(ctx)
}

func callerChecksErrorLater(ctx context.Context) error {
	c, cancel, err := open(ctx)
	if err == nil {
		defer cancel()
		return work(c)
	}
	return errors.Join(err, errBusy)
}

func callerWrapsError(ctx context.Context) error {
	ctx, cancel, err := open(ctx)
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case err != nil:
		return fmt.Errorf("open: %w", err)
	}
	defer cancel()
	return work(ctx)
}

func maybe(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc, bool) {
	if d <= 0 {
		return ctx, nil, false
	}
	ctx, cancel := context.WithTimeout(ctx, d)
	return ctx, cancel, true
}

func callerChecksOK(ctx context.Context, d time.Duration) error {
	ctx, cancel, ok := maybe(ctx, d)
	if ok {
		defer cancel()
	}
	return work(ctx)
}

func callerChecksNil(ctx context.Context, d time.Duration) error {
	ctx, cancel, _ := maybe(ctx, d)
	if cancel != nil {
		defer cancel()
	}
	return work(ctx)
}

// Short-circuit evaluation in the condition, the call in both outcomes.
func conditionFine(ctx context.Context, ok bool) error {
	ctx, cancel := context.WithCancel(ctx)
	if ok && work(ctx) == nil {
		cancel()
		return nil
	}
	cancel()
	return errBusy
}

func infiniteServer(ctx context.Context, jobs <-chan int) {
	ctx, cancel := context.WithCancel(ctx)
	if work(ctx) != nil {
		cancel()
		return
	}
	for {
		<-jobs
	}
}

func waitsForever(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if work(ctx) != nil {
		cancel()
		return
	}
	select {}
}
