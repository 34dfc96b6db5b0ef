package closures

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"sync"
	"time"
)

func called(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	cleanup := func() { cancel() }
	err := work(ctx)
	cleanup()
	return err
}

func calledAtOnce(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	func() { cancel() }()
}

func deferred(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	cleanup := func() { cancel() }
	defer cleanup()
	return work(ctx)
}

func deferredLiteral(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		if r := recover(); r != nil {
			err = errors.New("recovered")
		}
	}()
	return work(ctx)
}

func deferredLiteralWithArgument(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer func(stop context.CancelFunc) { stop() }(cancel)
	return work(ctx)
}

func startedItself(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	go cancel()
}

func startedInLiteral(ctx context.Context, done <-chan struct{}) {
	_, cancel := context.WithCancel(ctx)
	start := func() {
		go func() {
			defer cancel()
			<-done
		}()
	}
	start()
}

func passedOn(ctx context.Context, register func(func())) {
	_, cancel := context.WithCancel(ctx)
	register(func() { cancel() })
}

func returned(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, func() { cancel() }
}

func returnedWrapped(ctx context.Context, log func(string)) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	start := time.Now()
	return ctx, func() {
		log(time.Since(start).String())
		cancel()
	}
}

func returnedNested(ctx context.Context) func() func() {
	_, cancel := context.WithCancel(ctx)
	return func() func() {
		return func() { cancel() }
	}
}

func oneThroughOther(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	stop := func() { cancel() }
	cleanup := func() {
		println("stopping")
		stop()
	}
	defer cleanup()
	return work(ctx)
}

func recursive(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	var retry func(int)
	retry = func(n int) {
		if n == 0 {
			cancel()
			return
		}
		retry(n - 1)
	}
	retry(3)
}

func once(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var once sync.Once
	err := work(ctx)
	once.Do(cancel)
	return err
}

func onceLiteral(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var once sync.Once
	err := work(ctx)
	once.Do(func() { cancel() })
	return err
}

func onceFunc(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	stop := sync.OnceFunc(cancel)
	defer stop()
	return work(ctx)
}

func afterFunc(ctx context.Context, other context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(other, cancel)
	return ctx
}

func afterFuncLiteral(ctx context.Context, other context.Context) (context.Context, func() bool) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(other, func() { cancel(context.Cause(other)) })
	return ctx, stop
}

func timer(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(time.Minute, cancel)
	return ctx
}

func timerReset(ctx context.Context, beats <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	t := time.AfterFunc(time.Minute, func() { cancel() })
	go func() {
		for range beats {
			t.Reset(time.Minute)
		}
	}()
	return ctx
}

func signals(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	go func() {
		<-c
		cancel()
		<-c
		os.Exit(1)
	}()
	return ctx
}

func onShutdown(ctx context.Context, s *http.Server) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	s.RegisterOnShutdown(cancel)
	return ctx
}

func waitGroup(ctx context.Context, wg *sync.WaitGroup) {
	ctx, cancel := context.WithCancel(ctx)
	wg.Go(func() {
		defer cancel()
		work(ctx)
	})
}

func calledByRange(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	seq := func(yield func(int) bool) {
		defer cancel()
		yield(1)
	}
	for range seq {
	}
}

func calledByCallback(ctx context.Context, ns []int) {
	_, cancel := context.WithCancel(ctx)
	slices.SortFunc(ns, func(a, b int) int {
		cancel()
		return a - b
	})
}

// The literal runs for a value that decides whether it cancels.
func decidesInside(ctx context.Context, events []int) error {
	ctx, cancel := context.WithCancel(ctx)
	handle := func(e int) {
		if e < 0 {
			cancel()
		}
	}
	for _, e := range events {
		handle(e)
	}
	cancel()
	return work(ctx)
}

func viaInterface(ctx context.Context, mux *http.ServeMux) {
	ctx, cancel := context.WithCancel(ctx)
	mux.HandleFunc("/stop", func(http.ResponseWriter, *http.Request) { cancel() })
	mux.Handle("/wait", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-ctx.Done() }))
}

func inTable(ctx context.Context) {
	_, cancel := context.WithCancel(ctx)
	steps := []struct {
		name string
		run  func()
	}{
		{"stop", func() { cancel() }},
	}
	for _, s := range steps {
		s.run()
	}
}

func inMapOfCommands(ctx context.Context, name string) {
	_, cancel := context.WithCancel(ctx)
	commands := map[string]func(){"stop": cancel, "quit": func() { cancel() }}
	if f, ok := commands[name]; ok {
		f()
	}
}

// Deferred by a closure that was registered before the assignment.
func registeredBefore(ctx context.Context) error {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return err
	}
	ctx, cancel = context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		return err
	}
	return work(ctx)
}

func registeredBeforeNoop(ctx context.Context) error {
	cancel := func() {}
	defer func() { cancel() }()
	ctx, cancel = context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

// Assigned within a closure, called outside.
func assignedInside(ctx context.Context) error {
	var cancel context.CancelFunc
	func() {
		ctx, cancel = context.WithCancel(ctx)
	}()
	defer cancel()
	return work(ctx)
}

func assignedInsideNamed(ctx context.Context) error {
	var cancel context.CancelFunc = func() {}
	reset := func() {
		cancel()
		ctx, cancel = context.WithCancel(context.Background())
	}
	reset()
	defer func() { cancel() }()
	return work(ctx)
}

// Shared between closures that outlive the function.
func assignedByReturnedClosure(ctx context.Context) (start func(), stop func()) {
	var cancel context.CancelFunc
	start = func() {
		var c context.Context
		c, cancel = context.WithCancel(ctx)
		go work(c)
	}
	stop = func() {
		if cancel != nil {
			cancel()
		}
	}
	return start, stop
}

// Exported hands the literal to whoever reads the variable.
var Exported func()

func storedInExported(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	Exported = func() { cancel() }
	return ctx
}

type runner struct{ stop func() }

func (r *runner) Stop() { r.stop() }

func storedInField(ctx context.Context, r *runner) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	r.stop = func() {
		println("stop")
		cancel()
	}
	return ctx
}

func storedInLiteral(ctx context.Context) *runner {
	_, cancel := context.WithCancel(ctx)
	return &runner{stop: func() { cancel() }}
}

func methodValueOfHolder(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	r := &runner{stop: cancel}
	defer r.Stop()
	return work(ctx)
}

func sent(ctx context.Context, out chan<- func()) {
	_, cancel := context.WithCancel(ctx)
	out <- func() { cancel() }
}
