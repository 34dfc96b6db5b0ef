package fields

import (
	"context"
	"encoding/json"
	"io"
	"sync"
	"sync/atomic"
)

// Exported fields and variables, whoever may read them.

type Exported struct {
	Ctx    context.Context
	Cancel context.CancelFunc
}

func NewExported(ctx context.Context) *Exported {
	ctx, cancel := context.WithCancel(ctx)
	return &Exported{ctx, cancel}
}

type unexportedType struct{ Cancel context.CancelFunc }

func newUnexportedType(ctx context.Context) *unexportedType {
	u := &unexportedType{}
	_, u.Cancel = context.WithCancel(ctx)
	return u
}

// Cancel is for other packages.
var Cancel context.CancelFunc

func startExported(ctx context.Context) { _, Cancel = context.WithCancel(ctx) }

type embedded struct{ context.CancelFunc }

func newEmbedded(ctx context.Context) embedded {
	_, cancel := context.WithCancel(ctx)
	return embedded{cancel}
}

// Called by a method, in whatever way.

type direct struct{ cancel context.CancelFunc }

func newDirect(ctx context.Context) *direct {
	_, cancel := context.WithCancel(ctx)
	return &direct{cancel}
}

func (d *direct) Close() error {
	d.cancel()
	return nil
}

type guarded struct {
	mu   sync.Mutex
	stop context.CancelFunc
}

func (g *guarded) start(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stop != nil {
		g.stop()
	}
	_, g.stop = context.WithCancel(ctx)
}

func (g *guarded) close() {
	g.mu.Lock()
	stop := g.stop
	g.stop = nil
	g.mu.Unlock()
	if stop != nil {
		stop()
	}
}

type once struct {
	once sync.Once
	halt context.CancelFunc
}

func newOnce(ctx context.Context) *once {
	o := new(once)
	_, o.halt = context.WithCancel(ctx)
	return o
}

func (o *once) close() { o.once.Do(o.halt) }

type getter struct{ cancelRun context.CancelFunc }

func newGetter(ctx context.Context) *getter {
	_, cancel := context.WithCancel(ctx)
	return &getter{cancelRun: cancel}
}

func (g *getter) canceller() context.CancelFunc { return g.cancelRun }

// What the getter gives is the holder's; to look at it is no obligation.
func peek(g *getter) bool {
	g.canceller()
	cancel := g.canceller()
	return cancel != nil
}

type deferring struct{ abandon context.CancelFunc }

func (d *deferring) run(ctx context.Context) {
	ctx, d.abandon = context.WithCancel(ctx)
	defer d.abandon()
	work(ctx)
}

type closing struct{ finish func() }

func (c *closing) run(ctx context.Context) {
	ctx, c.finish = context.WithCancel(ctx)
	defer func() { c.finish() }()
	work(ctx)
}

type byAddress struct{ release context.CancelFunc }

func callThrough(f *context.CancelFunc) { (*f)() }

func (b *byAddress) start(ctx context.Context) { _, b.release = context.WithCancel(ctx) }

func (b *byAddress) close() { callThrough(&b.release) }

type readByFunction struct{ leave context.CancelFunc }

func startReadByFunction(ctx context.Context) *readByFunction {
	r := &readByFunction{}
	_, r.leave = context.WithCancel(ctx)
	return r
}

func closeAll(rs []*readByFunction) {
	for _, r := range rs {
		r.leave()
	}
}

type genericRead[T any] struct {
	value T
	drop  context.CancelFunc
}

func newGenericRead[T any](ctx context.Context, v T) *genericRead[T] {
	_, cancel := context.WithCancel(ctx)
	return &genericRead[T]{v, cancel}
}

func (g *genericRead[T]) Close() { g.drop() }

// Read as a field of another type with the same fields.

type before struct{ over context.CancelFunc }

type after struct{ over context.CancelFunc }

func convert(ctx context.Context) *after {
	b := new(before)
	_, b.over = context.WithCancel(ctx)
	a := after(*b)
	return &a
}

func (a *after) close() { a.over() }

// Through a field of function type that is called with the others.

type step struct{ undo func() }

type steps []step

func (s *steps) push(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	*s = append(*s, step{undo: cancel})
	return ctx
}

func (s steps) undoAll() {
	for i := len(s) - 1; i >= 0; i-- {
		s[i].undo()
	}
}

// Promoted through an embedded struct.

type base struct{ shut context.CancelFunc }

type derived struct {
	base
	io.Reader
}

func newDerived(ctx context.Context, r io.Reader) *derived {
	d := &derived{Reader: r}
	_, d.shut = context.WithCancel(ctx)
	return d
}

func (d *derived) Close() error {
	d.base.shut()
	return nil
}

// Read by the initialiser of another variable, or by a literal in one.

var workerCtx, stopWorker = context.WithCancel(context.Background())

var commands = map[string]func(){"stop": stopWorker}

var poolCancel context.CancelFunc

var closePool = func() { poolCancel() }

func startPool(ctx context.Context) { _, poolCancel = context.WithCancel(ctx) }

// Behind atomics and maps.

type atomics struct {
	pointer atomic.Pointer[context.CancelFunc]
	value   atomic.Value
	all     sync.Map
	named   map[string]context.CancelFunc
}

func (a *atomics) start(ctx context.Context) {
	_, p := context.WithCancel(ctx)
	a.pointer.Store(&p)
	_, v := context.WithCancel(ctx)
	a.value.Store(v)
	_, m := context.WithCancel(ctx)
	a.all.Store("m", m)
	_, n := context.WithCancel(ctx)
	a.named["n"] = n
}

// A struct of another package; its fields are that package's.

type message struct {
	Body   json.RawMessage
	Cancel func() `json:"-"`
}

func newMessage(ctx context.Context) message {
	_, cancel := context.WithCancel(ctx)
	return message{Cancel: cancel}
}

// The whole value is compared or copied by code that reads every field.

type copied struct{ end context.CancelFunc }

func newCopied(ctx context.Context) copied {
	var c copied
	_, c.end = context.WithCancel(ctx)
	d := c
	return d
}

func (c copied) close() { c.end() }
