package callees

import (
	"context"

	"golang.org/x/time/rate"
)

// A limiter that lets everything pass does not wait.

type exporter struct {
	free  *rate.Limiter
	slow  *rate.Limiter
	tuned *rate.Limiter
	given *rate.Limiter
}

var free = rate.NewLimiter(rate.Inf, 0)

func newExporter(given *rate.Limiter) *exporter {
	return &exporter{
		free:  rate.NewLimiter(rate.Inf, 1),
		slow:  rate.NewLimiter(10, 1),
		tuned: rate.NewLimiter(rate.Inf, 1),
		given: given,
	}
}

func (e *exporter) tune(limit rate.Limit) { e.tuned.SetLimit(limit) }

func (e *exporter) waits(ctx context.Context) error {
	if err := e.free.Wait(context.TODO()); err != nil {
		return err
	}
	if err := free.WaitN(context.TODO(), 2); err != nil {
		return err
	}
	local := rate.NewLimiter(rate.Inf, 1)
	return local.Wait(context.TODO())
}

func (e *exporter) pass(ctx context.Context) error { return e.free.Wait(ctx) }

func (e *exporter) passes(ctx context.Context) error { return e.pass(context.TODO()) }

func (e *exporter) waitsSlowly(ctx context.Context) error {
	return e.slow.Wait(context.TODO()) // want `direct: context\.TODO`
}

func (e *exporter) waitsTuned(ctx context.Context) error {
	return e.tuned.Wait(context.TODO()) // want `direct: context\.TODO`
}

func (e *exporter) waitsGiven(ctx context.Context) error {
	return e.given.Wait(context.TODO()) // want `direct: context\.TODO`
}

// Somebody else may set the limit of this one.
type shared struct{ limiter *rate.Limiter }

func newShared(register func(*rate.Limiter)) *shared {
	s := &shared{limiter: rate.NewLimiter(rate.Inf, 1)}
	register(s.limiter)
	return s
}

func (s *shared) waits(ctx context.Context) error {
	return s.limiter.Wait(context.TODO()) // want `direct: context\.TODO`
}
