// Package escape holds cancel functions that find another owner.
package escape

import (
	"container/list"
	"context"
	"fmt"
	"net/http"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

// Job is cancelled by whoever has it.
type Job struct {
	Ctx    context.Context
	Cancel context.CancelFunc
}

type job struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (j *job) stop() { j.cancel() }

// Stopper is implemented by job.
type Stopper interface{ stop() }

// Returned.

func plain(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}

func variable(ctx context.Context) context.CancelFunc {
	_, cancel := context.WithCancel(ctx)
	return cancel
}

func asFunc(ctx context.Context) func() {
	_, cancel := context.WithCancel(ctx)
	return cancel
}

func inStruct(ctx context.Context) Job {
	ctx, cancel := context.WithCancel(ctx)
	return Job{ctx, cancel}
}

func inPointer(ctx context.Context) *job {
	ctx, cancel := context.WithCancel(ctx)
	return &job{ctx: ctx, cancel: cancel}
}

func inPointerFilledBefore(ctx context.Context) *job {
	j := &job{}
	j.ctx, j.cancel = context.WithCancel(ctx)
	return j
}

func inPointerFilledAfter(ctx context.Context) *job {
	ctx, cancel := context.WithCancel(ctx)
	j := new(job)
	j.ctx = ctx
	j.cancel = cancel
	return j
}

func inNestedStruct(ctx context.Context) *struct{ inner job } {
	_, cancel := context.WithCancel(ctx)
	return &struct{ inner job }{inner: job{cancel: cancel}}
}

func inSlice(ctx context.Context) []context.CancelFunc {
	_, a := context.WithCancel(ctx)
	_, b := context.WithCancel(ctx)
	return []context.CancelFunc{a, b}
}

func inAppended(ctx context.Context, stops []func()) []func() {
	_, cancel := context.WithCancel(ctx)
	return append(stops, cancel)
}

func inArray(ctx context.Context) (stops [2]func()) {
	_, cancel := context.WithCancel(ctx)
	stops[1] = cancel
	return stops
}

func inMap(ctx context.Context) map[string]func() {
	_, cancel := context.WithCancel(ctx)
	return map[string]func(){"stop": cancel}
}

func inMapSet(ctx context.Context) map[string]func() {
	stops := make(map[string]func())
	_, stops["a"] = context.WithCancel(ctx)
	return stops
}

func inAny(ctx context.Context) any {
	_, cancel := context.WithCancel(ctx)
	return cancel
}

func inInterface(ctx context.Context) Stopper {
	_, cancel := context.WithCancel(ctx)
	return &job{cancel: cancel}
}

func inChannel(ctx context.Context) <-chan func() {
	_, cancel := context.WithCancel(ctx)
	c := make(chan func(), 1)
	c <- cancel
	return c
}

func pointerTo(ctx context.Context) *context.CancelFunc {
	_, cancel := context.WithCancel(ctx)
	return &cancel
}

func methodValue(ctx context.Context) func() {
	_, cancel := context.WithCancel(ctx)
	j := &job{cancel: cancel}
	return j.stop
}

func causeAdapted(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	return ctx, func() { cancel(nil) }
}

func cleanupFunc(ctx context.Context) (cleanup func(), err error) {
	ctx, cancel := context.WithCancel(ctx)
	return func() { cancel() }, work(ctx)
}

// Stop is a function type of its own.
type Stop func()

func ownType(ctx context.Context) Stop {
	_, cancel := context.WithCancel(ctx)
	return Stop(cancel)
}

// Sent.

func send(ctx context.Context, out chan<- context.CancelFunc) {
	_, cancel := context.WithCancel(ctx)
	out <- cancel
}

func sendStruct(ctx context.Context, out chan<- Job) {
	ctx, cancel := context.WithCancel(ctx)
	out <- Job{Ctx: ctx, Cancel: cancel}
}

func sendPointer(ctx context.Context, out chan<- *job) {
	j := &job{}
	j.ctx, j.cancel = context.WithCancel(ctx)
	out <- j
}

func sendInSelect(ctx context.Context, out chan<- job) {
	c, cancel := context.WithCancel(ctx)
	select {
	case out <- job{c, cancel}:
	case <-ctx.Done():
		cancel()
	}
}

// Stored.

// Current is read by other packages.
var Current Job

// Cancels is as well.
var Cancels []context.CancelFunc

func toExportedField(ctx context.Context, j *Job) {
	j.Ctx, j.Cancel = context.WithCancel(ctx)
}

func toExportedVariable(ctx context.Context) {
	Current.Ctx, Current.Cancel = context.WithCancel(ctx)
}

func toExportedSlice(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	Cancels = append(Cancels, cancel)
}

type manager struct {
	mu    sync.Mutex
	jobs  map[string]context.CancelFunc
	all   []*job
	byKey sync.Map
	last  atomic.Pointer[context.CancelFunc]
	value atomic.Value
	queue *list.List
}

func (m *manager) start(ctx context.Context, name string) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.jobs[name]; ok {
		old()
	}
	m.jobs[name] = cancel
	return ctx
}

func (m *manager) stop(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if cancel := m.jobs[name]; cancel != nil {
		cancel()
		delete(m.jobs, name)
	}
}

func (m *manager) add(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	m.all = append(m.all, &job{ctx, cancel})
}

func (m *manager) put(ctx context.Context, key string) {
	_, cancel := context.WithCancel(ctx)
	m.byKey.Store(key, cancel)
}

func (m *manager) putOrCancel(ctx context.Context, key string) {
	_, cancel := context.WithCancel(ctx)
	if _, loaded := m.byKey.LoadOrStore(key, cancel); loaded {
		cancel()
	}
}

func (m *manager) swap(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	if old := m.last.Swap(&cancel); old != nil {
		(*old)()
	}
}

func (m *manager) set(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	m.value.Store(cancel)
}

func (m *manager) enqueue(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	m.queue.PushBack(cancel)
}

func toParameterMap(ctx context.Context, stops map[int]func()) {
	_, stops[1] = context.WithCancel(ctx)
}

func toParameterSlice(ctx context.Context, stops []func()) {
	for i := range stops {
		_, stops[i] = context.WithCancel(ctx)
	}
}

func toPointer(ctx context.Context, to *func()) {
	_, cancel := context.WithCancel(ctx)
	*to = cancel
}

func toPointerDirectly(ctx context.Context, to *context.CancelFunc) {
	_, *to = context.WithCancel(ctx)
}

// Passed to code that this package cannot see.

func toFunction(ctx context.Context, register func(any)) {
	_, cancel := context.WithCancel(ctx)
	register(cancel)
}

func toInterface(ctx context.Context, r interface{ OnClose(func()) }) {
	_, cancel := context.WithCancel(ctx)
	r.OnClose(cancel)
}

func toOption(ctx context.Context, with func(...Option) Stopper) Stopper {
	ctx, cancel := context.WithCancel(ctx)
	return with(Option{Name: "job", OnClose: cancel})
}

// Option is passed by value.
type Option struct {
	Name    string
	OnClose func()
}

func toFinalizer(ctx context.Context) *Job {
	ctx, cancel := context.WithCancel(ctx)
	j := &Job{Ctx: ctx}
	runtime.SetFinalizer(j, func(*Job) { cancel() })
	return j
}

func toCleanup(ctx context.Context) *Job {
	ctx, cancel := context.WithCancel(ctx)
	j := &Job{Ctx: ctx}
	runtime.AddCleanup(j, func(stop context.CancelFunc) { stop() }, cancel)
	return j
}

func toReflection(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	reflect.ValueOf(cancel).Call(nil)
}

func toValue(ctx context.Context) context.Context {
	type key struct{}
	ctx, cancel := context.WithCancel(ctx)
	return context.WithValue(ctx, key{}, cancel)
}

func toPrinter(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	fmt.Printf("%T\n", cancel)
}

func toServer(ctx context.Context) *http.Server {
	ctx, cancel := context.WithCancel(ctx)
	s := &http.Server{ConnContext: nil, BaseContext: nil}
	s.RegisterOnShutdown(cancel)
	_ = ctx
	return s
}

func toTimer(ctx context.Context) (context.Context, *time.Timer) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, time.AfterFunc(time.Second, cancel)
}

func toPool(ctx context.Context, p *sync.Pool) {
	_, cancel := context.WithCancel(ctx)
	p.Put(&job{cancel: cancel})
}

// Through a local value that is called in the end.

func localSlice(ctx context.Context) error {
	var cleanups []func()
	defer func() {
		for _, f := range cleanups {
			f()
		}
	}()
	ctx, cancel := context.WithCancel(ctx)
	cleanups = append(cleanups, cancel)
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

func localStruct(ctx context.Context) error {
	var j job
	j.ctx, j.cancel = context.WithCancel(ctx)
	defer j.cancel()
	return work(j.ctx)
}

func localStructMethod(ctx context.Context) error {
	j := &job{}
	j.ctx, j.cancel = context.WithCancel(ctx)
	defer j.stop()
	return work(j.ctx)
}

func localChannel(ctx context.Context) error {
	stops := make(chan func(), 1)
	ctx, cancel := context.WithCancel(ctx)
	stops <- cancel
	err := work(ctx)
	(<-stops)()
	return err
}

func localAny(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	var v any = cancel
	if f, ok := v.(context.CancelFunc); ok {
		f()
	}
}

func localPointer(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	p := &cancel
	(*p)()
}

func localArray(ctx context.Context) {
	var stops [2]context.CancelFunc
	for i := range stops {
		_, stops[i] = context.WithCancel(ctx)
	}
	for _, stop := range stops {
		stop()
	}
}
