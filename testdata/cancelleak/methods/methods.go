// Package methods holds cancel functions of methods, method values and
// interfaces.
package methods

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

type base struct{ timeout time.Duration }

func (b base) derive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, b.timeout)
}

func (b *base) deriveCause(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	return context.WithCancelCause(ctx)
}

type service struct {
	base
	next deriver
	with func(context.Context) (context.Context, context.CancelFunc)
}

type deriver interface {
	derive(ctx context.Context) (context.Context, context.CancelFunc)
}

func (s *service) promoted(ctx context.Context) error {
	ctx, _ = s.derive(ctx) // want "discarded: cancel function of .*derive is discarded"
	return work(ctx)
}

func (s *service) promotedPath(ctx context.Context) error {
	ctx, cancel := s.derive(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func (s *service) cause(ctx context.Context) error {
	ctx, cancel := s.deriveCause(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		cancel(err)
		return err
	}
	return nil
}

func (s *service) throughInterface(ctx context.Context) error {
	ctx, cancel := s.next.derive(ctx) // want "medium path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func (s *service) throughField(ctx context.Context) error {
	ctx, cancel := s.with(ctx) // want "medium discarded: is never used"
	_ = cancel
	return work(ctx)
}

func (s *service) throughMethodValue(ctx context.Context) error {
	derive := s.derive
	ctx, cancel := derive(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = derive(ctx)
	defer cancel()
	return work(ctx)
}

func (s *service) throughInterfaceMethodValue(ctx context.Context) error {
	derive := s.next.derive
	ctx, _ = derive(ctx) // want "medium discarded: cancel function of .* is discarded"
	return work(ctx)
}

func (s *service) throughEither(ctx context.Context, short bool) error {
	derive := s.derive
	if short {
		derive = s.with
	}
	ctx, _ = derive(ctx) // want "medium discarded: cancel function of .* is discarded"
	return work(ctx)
}

func (s *service) literalOfMethod(ctx context.Context) func() error {
	return func() error {
		ctx, cancel := s.derive(ctx) // want "path: is not called on every path"
		if s.timeout == 0 {
			return errBusy
		}
		defer cancel()
		return work(ctx)
	}
}

// Silent.

func (s *service) fine(ctx context.Context) error {
	ctx, cancel := s.derive(ctx)
	defer cancel()
	return work(ctx)
}

// forward has the same obligation that it passes on.
func (s *service) forward(ctx context.Context) (context.Context, context.CancelFunc) {
	return s.next.derive(ctx)
}

func (s *service) decorate(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := s.next.derive(ctx)
	return ctx, func() {
		println("cancelled")
		cancel()
	}
}

type session struct {
	mu     sync.Mutex
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
}

func (s *session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel()
	<-s.done
	return nil
}

// stopFunc gives the holder's cancel function as a method value.
func (s *session) stopFunc() func() error { return s.Close }

func (s *service) start(ctx context.Context) *session {
	sess := &session{done: make(chan struct{})}
	sess.ctx, sess.cancel = s.derive(ctx)
	go func() {
		defer close(sess.done)
		work(sess.ctx)
	}()
	return sess
}

func (s *service) runSession(ctx context.Context) error {
	sess := &session{done: make(chan struct{})}
	sess.ctx, sess.cancel = context.WithCancel(ctx)
	defer sess.Close()
	close(sess.done)
	return work(sess.ctx)
}

func (s *service) runSessionByMethodValue(ctx context.Context) error {
	sess := &session{done: make(chan struct{})}
	sess.ctx, sess.cancel = context.WithCancel(ctx)
	stop := sess.Close
	close(sess.done)
	defer stop()
	return work(sess.ctx)
}

func (s *service) closeOnError(ctx context.Context) (*session, error) {
	sess := &session{done: make(chan struct{})}
	sess.ctx, sess.cancel = context.WithCancel(ctx)
	close(sess.done)
	if err := work(sess.ctx); err != nil {
		sess.Close()
		return nil, err
	}
	return sess, nil
}

// The interface value keeps the method that cancels.
type closer interface{ Close() error }

func (s *service) asCloser(ctx context.Context) closer {
	sess := &session{done: make(chan struct{})}
	_, sess.cancel = context.WithCancel(ctx)
	return sess
}

func closeAll(closers ...closer) (err error) {
	for _, c := range closers {
		err = errors.Join(err, c.Close())
	}
	return err
}

func (s *service) throughCloseAll(ctx context.Context) error {
	sess := &session{done: make(chan struct{})}
	_, sess.cancel = context.WithCancel(ctx)
	close(sess.done)
	return closeAll(sess)
}

type canceller func()

func (c canceller) Close() error {
	c()
	return nil
}

func asMethod(ctx context.Context) closer {
	_, cancel := context.WithCancel(ctx)
	return canceller(cancel)
}

func asMethodDeferred(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer canceller(cancel).Close()
	return work(ctx)
}
