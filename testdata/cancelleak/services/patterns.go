package services

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// merge is cancelled when either parent is.
func merge(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(a)
	stop := context.AfterFunc(b, func() { cancel(context.Cause(b)) })
	return ctx, func() {
		stop()
		cancel(context.Canceled)
	}
}

// mergeByGoroutine is how it was done before AfterFunc.
func mergeByGoroutine(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(a)
	go func() {
		select {
		case <-b.Done():
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// withOptionalTimeout returns a function that is never nil.
func withOptionalTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}

func useOptionalTimeout(ctx context.Context, d time.Duration) error {
	ctx, cancel := withOptionalTimeout(ctx, d)
	defer cancel()
	return ctx.Err()
}

// withEarliest nests contexts in one variable.
func withEarliest(ctx context.Context, a, b time.Time) error {
	if !a.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, a)
		defer cancel()
	}
	if !b.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, b)
		defer cancel()
	}
	return ctx.Err()
}

// An Option changes options.
type Option func(*options)

type options struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// WithLifetime binds what is made to ctx.
func WithLifetime(ctx context.Context) Option {
	return func(o *options) {
		o.ctx, o.cancel = context.WithCancel(ctx)
	}
}

func apply(opts ...Option) (*options, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	if o.cancel == nil {
		o.ctx, o.cancel = context.WithCancel(context.Background())
	}
	return &o, nil
}

func (o *options) close() { o.cancel() }

// A worker owns its goroutine.
type worker struct {
	cancel context.CancelFunc
	done   chan struct{}
}

func startWorker(ctx context.Context, jobs <-chan func(context.Context)) *worker {
	ctx, cancel := context.WithCancel(ctx)
	w := &worker{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for {
			select {
			case <-ctx.Done():
				return
			case job := <-jobs:
				job(ctx)
			}
		}
	}()
	return w
}

func (w *worker) stop() {
	w.cancel()
	<-w.done
}

func withWorkers(ctx context.Context, jobs <-chan func(context.Context), n int, f func() error) error {
	var workers []*worker
	defer func() {
		for _, w := range workers {
			w.stop()
		}
	}()
	for range n {
		workers = append(workers, startWorker(ctx, jobs))
	}
	return f()
}

// A pool hands out contexts and takes back their cancel functions.
type pool struct {
	mu    sync.Mutex
	stops map[int]context.CancelFunc
	next  int
}

func (p *pool) acquire(ctx context.Context) (context.Context, int) {
	ctx, cancel := context.WithCancel(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next++
	p.stops[p.next] = cancel
	return ctx, p.next
}

func (p *pool) release(id int) {
	p.mu.Lock()
	cancel, ok := p.stops[id]
	delete(p.stops, id)
	p.mu.Unlock()
	if ok {
		cancel()
	}
}

// first returns the first result and cancels the rest.
func first(ctx context.Context, fs ...func(context.Context) (int, error)) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		n   int
		err error
	}
	results := make(chan result, len(fs))
	for _, f := range fs {
		go func() {
			n, err := f(ctx)
			results <- result{n, err}
		}()
	}
	var errs []error
	for range fs {
		r := <-results
		if r.err == nil {
			return r.n, nil
		}
		errs = append(errs, r.err)
	}
	return 0, errors.Join(errs...)
}

// idle cancels after a time without progress.
type idle struct {
	io.Reader
	timer  *time.Timer
	after  time.Duration
	cancel context.CancelFunc
}

func newIdle(ctx context.Context, r io.Reader, after time.Duration) (context.Context, *idle) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, &idle{r, time.AfterFunc(after, cancel), after, cancel}
}

func (i *idle) Read(p []byte) (int, error) {
	i.timer.Reset(i.after)
	n, err := i.Reader.Read(p)
	if err != nil {
		i.timer.Stop()
		i.cancel()
	}
	return n, err
}

// batches flushes what it collected under a context of its own.
func batches(ctx context.Context, in <-chan int, flush func(context.Context, []int) error) (err error) {
	var batch []int
	t := time.NewTicker(time.Second)
	defer t.Stop()
	send := func() error {
		if len(batch) == 0 {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		defer func() { batch = batch[:0] }()
		return flush(ctx, batch)
	}
	defer func() { err = errors.Join(err, send()) }()
	for {
		select {
		case n, ok := <-in:
			if !ok {
				return nil
			}
			if batch = append(batch, n); len(batch) < 10 {
				continue
			}
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := send(); err != nil {
			return err
		}
	}
}

// lease renews itself in the background until it is given up.
func lease(ctx context.Context, renew func(context.Context) error) (release func() error, err error) {
	if err := renew(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	errs := make(chan error, 1)
	go func() {
		defer close(errs)
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
			c, stop := context.WithTimeout(ctx, time.Second)
			err := renew(c)
			stop()
			if err != nil {
				errs <- err
				cancel()
				return
			}
		}
	}()
	return func() error {
		cancel()
		return <-errs
	}, nil
}

// leader runs f while it leads, under a context that ends with the lead.
func leader(ctx context.Context, elected <-chan bool, f func(context.Context)) {
	var (
		stop context.CancelFunc
		wg   sync.WaitGroup
	)
	for leads := range elected {
		switch {
		case leads && stop == nil:
			var c context.Context
			c, stop = context.WithCancel(ctx)
			wg.Go(func() { f(c) })
		case !leads && stop != nil:
			stop()
			wg.Wait()
			stop = nil
		}
	}
	if stop != nil {
		stop()
	}
	wg.Wait()
}

// debounce keeps only the last call alive.
func debounce(f func(context.Context)) func(context.Context) {
	var mu sync.Mutex
	var last context.CancelFunc
	return func(ctx context.Context) {
		mu.Lock()
		defer mu.Unlock()
		if last != nil {
			last()
		}
		ctx, last = context.WithTimeout(ctx, time.Second)
		go f(ctx)
	}
}

// step by step, each with a clean-up of its own.
func steps(ctx context.Context) (_ func(), err error) {
	var undo []func()
	rollback := func() {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
	}
	defer func() {
		if err != nil {
			rollback()
		}
	}()
	a, cancelA := context.WithCancel(ctx)
	undo = append(undo, cancelA)
	if err := a.Err(); err != nil {
		return nil, err
	}
	b, cancelB := context.WithTimeout(a, time.Second)
	undo = append(undo, cancelB)
	if err := b.Err(); err != nil {
		return nil, err
	}
	return rollback, nil
}

// visit passes the cancel function down as the way to stop.
func visit(ctx context.Context, nodes []int, f func(n int, stop func()) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, n := range nodes {
		if ctx.Err() != nil {
			break
		}
		if err := f(n, cancel); err != nil {
			return err
		}
	}
	return nil
}

// request carries its own way out.
type request struct {
	ctx    context.Context
	cancel context.CancelFunc
	reply  chan<- error
}

func submit(ctx context.Context, queue chan<- request) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	reply := make(chan error, 1)
	select {
	case queue <- request{ctx, cancel, reply}:
		return <-reply
	case <-ctx.Done():
		cancel()
		return ctx.Err()
	}
}

func work(queue <-chan request) {
	for r := range queue {
		r.reply <- r.ctx.Err()
		r.cancel()
	}
}
