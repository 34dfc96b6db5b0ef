package lookalikes

import (
	"context"
	"sync"
)

// A function that does not come back has not ignored anything.

func unimplemented(ctx context.Context, cancel context.CancelFunc) error { panic("not implemented") }

func toUnimplemented(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	return unimplemented(ctx, cancel)
}

func blocks(cancel func()) {
	select {}
}

func toBlocking(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	blocks(cancel)
}

// A parameter that is put into something the caller sees.

type group struct {
	mu    sync.Mutex
	stops []func()
}

func (g *group) add(stop func()) *group {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stops = append(g.stops, stop)
	return g
}

func (g *group) stop() {
	for _, stop := range g.stops {
		stop()
	}
}

func toChain(ctx context.Context) *group {
	_, a := context.WithCancel(ctx)
	_, b := context.WithCancel(ctx)
	return new(group).add(a).add(b)
}

func toChainDeferred(ctx context.Context) {
	g := new(group)
	defer g.stop()
	_, a := context.WithCancel(ctx)
	g.add(a)
}

type settings struct {
	name string
	stop func()
}

func newSettings(name string, stop func()) settings { return settings{name: name, stop: stop} }

func apply(s settings) func() { return s.stop }

func toSettings(ctx context.Context) func() {
	_, cancel := context.WithCancel(ctx)
	return apply(newSettings("job", cancel))
}

func setOn(s *settings, stop func()) { s.stop = stop }

func toSetter(ctx context.Context) {
	var s settings
	_, cancel := context.WithCancel(ctx)
	setOn(&s, cancel)
	s.stop()
}

func fill(stops []func(), stop func()) { stops[0] = stop }

func toFill(ctx context.Context, stops []func()) {
	_, cancel := context.WithCancel(ctx)
	fill(stops, cancel)
}

func replace(old *func(), stop func()) (previous func()) {
	previous, *old = *old, stop
	return previous
}

func toReplace(ctx context.Context, current *func()) {
	_, cancel := context.WithCancel(ctx)
	if previous := replace(current, cancel); previous != nil {
		previous()
	}
}

// A struct argument of which the cancel function is a part.
func runJob(j struct {
	ctx    context.Context
	cancel context.CancelFunc
}) error {
	defer j.cancel()
	return work(j.ctx)
}

func toRunJob(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	return runJob(struct {
		ctx    context.Context
		cancel context.CancelFunc
	}{ctx, cancel})
}

// Functions with a call only under a condition decide for themselves.
func callIf(ok bool, stop func()) bool {
	if ok {
		stop()
	}
	return ok
}

func toCallIf(ctx context.Context, ok bool) {
	_, cancel := context.WithCancel(ctx)
	callIf(ok, cancel)
}

// A callee that calls it, but by way of a comparison, a conversion and a closure.
func roundabout(stop func()) {
	if stop == nil {
		return
	}
	type f func()
	run := func(g f) { g() }
	run(f(stop))
}

func toRoundabout(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	roundabout(cancel)
}
