package lookalikes

import (
	"context"
	"sync"
)

// Stored where nothing reads it, but called as well.

type status struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *status) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.ctx, s.cancel = ctx, cancel
	return work(ctx)
}

type started struct{ stop context.CancelFunc }

func (s *started) start(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	s.stop = cancel
	go func() {
		defer cancel()
		work(ctx)
	}()
}

type twice struct {
	kept context.CancelFunc
	read context.CancelFunc
}

func newTwice(ctx context.Context) *twice {
	_, cancel := context.WithCancel(ctx)
	return &twice{kept: cancel, read: cancel}
}

func (t *twice) close() { t.read() }

type registered struct{ halt func() }

func newRegistered(ctx context.Context, register func(func())) *registered {
	_, cancel := context.WithCancel(ctx)
	register(cancel)
	return &registered{cancel}
}

// Read by other means than a selector.

type listed struct {
	a, b context.CancelFunc
}

func newListed(ctx context.Context) *listed {
	l := new(listed)
	_, l.a = context.WithCancel(ctx)
	_, l.b = context.WithCancel(ctx)
	return l
}

func (l *listed) close() {
	for _, f := range []func(){l.a, l.b} {
		f()
	}
}

type inner struct{ leave context.CancelFunc }

type outer struct {
	inner
	mu sync.Mutex
}

func (o *outer) enter(ctx context.Context) { _, o.leave = context.WithCancel(ctx) }

func (i inner) exit() {
	f := i.leave
	f()
}

type viewed struct{ free context.CancelFunc }

type view viewed

func newViewed(ctx context.Context) *viewed {
	v := new(viewed)
	_, v.free = context.WithCancel(ctx)
	return v
}

func (v *viewed) close() { (*view)(v).close() }

func (v *view) close() { v.free() }

type deferredField struct{ drop context.CancelFunc }

func (d *deferredField) run(ctx context.Context) {
	_, d.drop = context.WithCancel(ctx)
	d.wait()
}

func (d *deferredField) wait() {
	go d.drop()
}

type passed struct{ end context.CancelFunc }

func (p *passed) run(ctx context.Context, register func(func())) {
	_, p.end = context.WithCancel(ctx)
	register(p.end)
}

var shared struct {
	sync.Mutex
	stop context.CancelFunc
}

func startShared(ctx context.Context) {
	shared.Lock()
	defer shared.Unlock()
	if shared.stop != nil {
		shared.stop()
	}
	_, shared.stop = context.WithCancel(ctx)
}

var services = []*service{{name: "a"}, {name: "b"}}

type service struct {
	name string
	quit context.CancelFunc
}

func startServices(ctx context.Context) {
	for _, s := range services {
		_, s.quit = context.WithCancel(ctx)
	}
}

func stopServices() {
	for i := range services {
		services[i].quit()
	}
}
