// Package lookalikes holds correct code that has the form of a finding, each
// next to the finding that it resembles where that is not in another package.
package lookalikes

import (
	"container/heap"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

// Getters: what they return has an owner.

type registry struct {
	mu      sync.Mutex
	cancel  context.CancelFunc
	byName  map[string]context.CancelFunc
	list    []context.CancelFunc
	current atomic.Pointer[context.CancelFunc]
	all     sync.Map
}

func (r *registry) start(ctx context.Context, name string) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cancel = cancel
	r.byName[name] = cancel
	r.list = append(r.list, cancel)
	r.current.Store(&cancel)
	r.all.Store(name, cancel)
	return ctx
}

func (r *registry) field() context.CancelFunc {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cancel
}

func (r *registry) named(name string) context.CancelFunc { return r.byName[name] }

func (r *registry) namedOK(name string) (context.CancelFunc, bool) {
	cancel, ok := r.byName[name]
	return cancel, ok
}

func (r *registry) last() context.CancelFunc { return r.list[len(r.list)-1] }

func (r *registry) loaded() context.CancelFunc {
	if p := r.current.Load(); p != nil {
		return *p
	}
	return nil
}

func (r *registry) asserted(name string) context.CancelFunc {
	v, ok := r.all.Load(name)
	if !ok {
		return nil
	}
	return v.(context.CancelFunc)
}

type contextKey struct{}

func withCanceller(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	return context.WithValue(ctx, contextKey{}, cancel)
}

func fromContext(ctx context.Context) context.CancelFunc {
	cancel, _ := ctx.Value(contextKey{}).(context.CancelFunc)
	return cancel
}

func received(c <-chan context.CancelFunc) context.CancelFunc { return <-c }

func getters(ctx context.Context, r *registry, c <-chan context.CancelFunc) {
	_ = r.field()
	_ = r.named("a")
	_, ok := r.namedOK("a")
	_ = r.last()
	_ = r.loaded()
	_ = r.asserted("a")
	_ = fromContext(ctx)
	_ = ok
	if cancel := fromContext(ctx); cancel != nil && work(ctx) != nil {
		cancel()
	}
	cancel := r.named("b")
	if work(ctx) != nil {
		return
	}
	cancel()
	cancel = r.last()
	cancel = r.field()
	_ = cancel
	received(c)()
}

// Containers of other packages and of type parameters.

type queue[T any] struct{ items []T }

func (q *queue[T]) push(v T) { q.items = append(q.items, v) }

func (q *queue[T]) peek() T { return q.items[0] }

func (q *queue[T]) at(i int) (v T, ok bool) {
	if i < len(q.items) {
		return q.items[i], true
	}
	return v, false
}

func containers(ctx context.Context, q *queue[context.CancelFunc]) bool {
	_, cancel := context.WithCancel(ctx)
	q.push(cancel)
	_, ok := q.at(3)
	return ok && q.peek() != nil
}

type byDeadline []context.CancelFunc

func (b byDeadline) Len() int           { return len(b) }
func (b byDeadline) Less(i, j int) bool { return i < j }
func (b byDeadline) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *byDeadline) Push(v any)        { *b = append(*b, v.(context.CancelFunc)) }
func (b *byDeadline) Pop() any {
	last := (*b)[len(*b)-1]
	*b = (*b)[:len(*b)-1]
	return last
}

func inHeap(ctx context.Context, b *byDeadline) {
	_, cancel := context.WithCancel(ctx)
	heap.Push(b, cancel)
	_ = heap.Pop(b).(context.CancelFunc)
}

// Overwritten, after somebody else has it.

func storedThenOverwritten(ctx context.Context, r *registry) {
	c, cancel := context.WithCancel(ctx)
	r.byName["c"] = cancel
	c, cancel = context.WithTimeout(c, time.Second)
	defer cancel()
	work(c)
}

func calledThenNil(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	err := work(ctx)
	cancel()
	cancel = nil
	return err
}

func renewedUnderClosure(ctx context.Context, renew bool) error {
	c, cancel := context.WithCancel(ctx)
	defer func() { cancel() }()
	if renew {
		cancel()
		c, cancel = context.WithTimeout(ctx, time.Second)
	}
	return work(c)
}

func swapped(ctx context.Context) error {
	a, cancelA := context.WithCancel(ctx)
	b, cancelB := context.WithCancel(ctx)
	a, b, cancelA, cancelB = b, a, cancelB, cancelA
	defer cancelA()
	defer cancelB()
	return errors.Join(work(a), work(b))
}

func wrappedInPlace(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	inner := cancel
	cancel = func() {
		println("cancel")
		inner()
	}
	return ctx, cancel
}

func blankAfterUse(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	_ = cancel
	return work(ctx)
}

// A function in a field, replaced by a test, is still a maker.
type clock struct {
	withTimeout func(context.Context, time.Duration) (context.Context, context.CancelFunc)
}

func newClock() *clock { return &clock{withTimeout: context.WithTimeout} }

func (c *clock) run(ctx context.Context) error {
	ctx, cancel := c.withTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}
