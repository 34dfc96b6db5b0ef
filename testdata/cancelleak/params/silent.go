package params

import (
	"context"
	"errors"
	"sync"
	"time"
)

func call(cancel context.CancelFunc) { cancel() }

func callPlainFunc(stop func()) { stop() }

func callDeferred(ctx context.Context, stop func()) error {
	defer stop()
	return work(ctx)
}

func callInGoroutine(done <-chan struct{}, stop func()) {
	go func() {
		<-done
		stop()
	}()
}

func callOnSomePaths(ctx context.Context, stop func()) error {
	if err := work(ctx); err != nil {
		stop()
		return err
	}
	return nil
}

func callByProxy(stop func()) { callPlainFunc(stop) }

func callRecursively(n int, stop func()) {
	if n == 0 {
		stop()
		return
	}
	callRecursively(n-1, stop)
}

func callMutually(n int, stop func()) { callMutually2(n, stop) }

func callMutually2(n int, stop func()) {
	if n > 0 {
		callMutually(n-1, stop)
		return
	}
	defer stop()
}

func callVariadic(stops ...func()) {
	for _, stop := range stops {
		stop()
	}
}

func callGeneric[F ~func()](f F) { f() }

func callCause[C ~func(error)](c C, err error) { c(err) }

var kept []func()

func keepInSlice(stop func()) { kept = append(kept, stop) }

var (
	mu    sync.Mutex
	byJob = map[string]context.CancelFunc{}
)

func keepInMap(job string, cancel context.CancelFunc) {
	mu.Lock()
	defer mu.Unlock()
	byJob[job] = cancel
}

func stopJob(job string) {
	mu.Lock()
	defer mu.Unlock()
	byJob[job]()
	delete(byJob, job)
}

type watcher struct{ stop func() }

func (w *watcher) keep(stop func()) { w.stop = stop }

func (w *watcher) close() { w.stop() }

func newWatcher(stop func()) *watcher { return &watcher{stop: stop} }

func send(out chan<- func(), stop func()) { out <- stop }

func wrap(name string, stop func()) func() {
	return func() {
		println(name)
		stop()
	}
}

func same(cancel context.CancelFunc) context.CancelFunc { return cancel }

func into(to *context.CancelFunc, cancel context.CancelFunc) { *to = cancel }

func intoAny(cancel context.CancelFunc) any { return cancel }

type stopper interface{ OnStop(func()) }

type both struct{ stopper }

func toCall(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	err := work(ctx)
	call(cancel)
	return err
}

func toDeferred(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	return callDeferred(ctx, cancel)
}

func toGoroutine(ctx context.Context, done <-chan struct{}) {
	_, cancel := context.WithCancel(ctx)
	callInGoroutine(done, cancel)
}

func toSomePaths(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	return callOnSomePaths(ctx, cancel)
}

func toCallByProxy(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	callByProxy(cancel)
}

func toCallRecursively(ctx context.Context) {
	_, a := context.WithCancel(ctx)
	callRecursively(3, a)
	_, b := context.WithCancel(ctx)
	callMutually(3, b)
}

func toVariadic(ctx context.Context) {
	_, a := context.WithCancel(ctx)
	_, b := context.WithCancel(ctx)
	callVariadic(a, b)
}

func toGenericCall(ctx context.Context) {
	_, a := context.WithCancel(ctx)
	callGeneric(a)
	_, b := context.WithCancelCause(ctx)
	callCause(b, errors.New("done"))
}

func toKeeper(ctx context.Context, w *watcher, out chan<- func()) {
	_, a := context.WithCancel(ctx)
	keepInSlice(a)
	_, b := context.WithCancel(ctx)
	keepInMap("job", b)
	_, c := context.WithCancel(ctx)
	w.keep(c)
	_, d := context.WithCancel(ctx)
	send(out, d)
}

func toConstructor(ctx context.Context) *watcher {
	_, cancel := context.WithCancel(ctx)
	return newWatcher(cancel)
}

func toWrapper(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer wrap("job", cancel)()
	return work(ctx)
}

func toWrapperKept(ctx context.Context) func() {
	_, cancel := context.WithCancel(ctx)
	return wrap("job", cancel)
}

func toSame(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	stop := same(cancel)
	defer stop()
	return work(ctx)
}

// What the helper gives back is what the caller has already.
func toSameDropped(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	same(cancel)
	return work(ctx)
}

func toPointer(ctx context.Context, to *context.CancelFunc) {
	_, cancel := context.WithCancel(ctx)
	into(to, cancel)
}

func toAny(ctx context.Context) any {
	_, cancel := context.WithCancel(ctx)
	return intoAny(cancel)
}

func toInterface(ctx context.Context, s stopper) {
	_, cancel := context.WithCancel(ctx)
	s.OnStop(cancel)
}

func toEmbeddedInterface(ctx context.Context, b both) {
	_, cancel := context.WithCancel(ctx)
	b.OnStop(cancel)
}

func toFunctionValue(ctx context.Context, register func(context.CancelFunc)) {
	_, cancel := context.WithCancel(ctx)
	register(cancel)
}

// One of the two possible callees calls it.
func toEither(ctx context.Context, quiet bool) {
	f := call
	if quiet {
		f = drop
	}
	_, cancel := context.WithCancel(ctx)
	f(cancel)
}

func dropAndCall(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	drop(cancel)
	dropByProxy(ctx, cancel)
	return work(ctx)
}

func callAndDrop(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	drop(cancel)
	err := work(ctx)
	cancel()
	return err
}

// The ignoring method is one implementation among others.
type ignoring struct{}

func (ignoring) OnStop(func()) {}

var stoppers = []stopper{ignoring{}}

func toImplementations(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	for _, s := range stoppers {
		s.OnStop(cancel)
	}
}

func toStandardLibrary(ctx context.Context, once *sync.Once, m *sync.Map) {
	_, a := context.WithCancel(ctx)
	once.Do(a)
	_, b := context.WithCancel(ctx)
	m.Store("b", b)
	_, c := context.WithCancel(ctx)
	time.AfterFunc(time.Second, c)
}
