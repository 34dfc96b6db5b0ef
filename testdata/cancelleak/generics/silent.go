package generics

import (
	"context"
	"time"
)

func deferred[T any](ctx context.Context, f func(context.Context) T) T {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return f(ctx)
}

func everyExit[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) {
	var zero T
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	v, err := f(ctx)
	if err != nil {
		cancel()
		return zero, err
	}
	cancel()
	return v, nil
}

func returned[T any](ctx context.Context, v T) (context.Context, T, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, v, cancel
}

func throughSecond(ctx context.Context) {
	cancel := second(context.WithCancel(ctx))
	defer cancel()
}

func throughSecondAtOnce(ctx context.Context) {
	defer second(context.WithCancel(ctx))()
}

func throughPair(ctx context.Context) error {
	p := pairOf(context.WithCancel(ctx))
	defer p.second()
	return work(p.first)
}

func returnsPair(ctx context.Context) pair[context.Context, context.CancelFunc] {
	return pairOf(context.WithCancel(ctx))
}

func calls[F ~func()](f F) { f() }

func callsCause[F ~func(error)](f F, err error) { f(err) }

func toCalls(ctx context.Context) {
	_, a := context.WithCancel(ctx)
	calls(a)
	_, b := context.WithCancelCause(ctx)
	callsCause(b, errBusy)
}

type set[K comparable] struct{ stops map[K]context.CancelFunc }

func (s *set[K]) start(ctx context.Context, k K) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	s.stops[k] = cancel
	return ctx
}

func (s *set[K]) stop(k K) { s.stops[k]() }

type holder[T any] struct {
	value  T
	cancel context.CancelFunc
}

func hold[T any](ctx context.Context, v T) holder[T] {
	_, cancel := context.WithCancel(ctx)
	return holder[T]{v, cancel}
}

func release[T any](h holder[T]) { h.cancel() }

func useHolder(ctx context.Context) {
	h := hold(ctx, 1)
	defer release(h)
}

type option[T any] func(*holder[T])

func withCancelOf[T any](ctx context.Context) option[T] {
	_, cancel := context.WithCancel(ctx)
	return func(h *holder[T]) { h.cancel = cancel }
}

func openCancel(ctx context.Context) (context.CancelFunc, error) {
	_, cancel := context.WithCancel(ctx)
	return cancel, nil
}

func throughMust(ctx context.Context) {
	cancel := must(openCancel(ctx))
	defer cancel()
}

func collect[T any](ctx context.Context, items []T, f func(context.Context, T)) {
	var stops []func()
	for _, item := range items {
		c, cancel := context.WithCancel(ctx)
		stops = append(stops, cancel)
		f(c, item)
	}
	for _, stop := range stops {
		stop()
	}
}

func channelOf[T any](ctx context.Context, produce func(context.Context) (T, bool)) (<-chan T, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	out := make(chan T)
	go func() {
		defer close(out)
		for {
			v, ok := produce(ctx)
			if !ok {
				return
			}
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, cancel
}

// A type parameter with a core type of function.
func stopAll[S ~[]F, F ~func()](stops S) {
	for _, stop := range stops {
		stop()
	}
}

func toStopAll(ctx context.Context) {
	_, a := context.WithCancel(ctx)
	_, b := context.WithCancel(ctx)
	stopAll([]context.CancelFunc{a, b})
}

// A generic alias.
type stops[K comparable] = map[K]context.CancelFunc

func inAlias(ctx context.Context) stops[string] {
	_, cancel := context.WithCancel(ctx)
	return stops[string]{"a": cancel}
}
