// Package without holds findings that get no fix: the right one needs thought.
package without

import (
	"context"
	"log"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func work(ctx context.Context) error { return ctx.Err() }

// A defer in a loop would pile up.

func inLoop(ctx context.Context, names []string) {
	for range names {
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		work(c)
	}
}

func inGotoLoop(ctx context.Context, n int) {
again:
	n--
	c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	if work(c) != nil && n > 0 {
		goto again
	}
}

// The context is for somebody who stays longer.

type server struct{ ctx context.Context }

func toField(s *server, ctx context.Context) {
	s.ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
}

func toFieldOverVariable(s *server, ctx context.Context) {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	s.ctx = ctx
}

func toLiteral(ctx context.Context) *server {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return &server{ctx}
}

func toCaller(ctx context.Context) context.Context {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return ctx
}

func toCallerDerived(ctx context.Context) context.Context {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return context.WithValue(ctx, server{}, 1)
}

func toCallerNamed(parent context.Context) (ctx context.Context) {
	ctx, _ = context.WithCancel(parent) // want "discarded: is discarded"
	return
}

func toCallerResponse(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return http.DefaultClient.Do(req.WithContext(ctx))
}

func toCallerClosure(ctx context.Context) func() error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return func() error { return work(ctx) }
}

func toGoroutine(ctx context.Context) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	go work(ctx)
}

func toGoroutineLiteral(ctx context.Context) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	go func() {
		work(ctx)
	}()
}

func toWaitGroup(ctx context.Context, wg *sync.WaitGroup) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	wg.Go(func() { work(ctx) })
}

func toGroup(ctx context.Context, g *errgroup.Group) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	g.Go(func() error { return work(ctx) })
}

func toChannel(ctx context.Context, out chan<- context.Context) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	out <- ctx
}

func toMap(ctx context.Context, byName map[string]context.Context) {
	byName["a"], _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
}

func toPointer(ctx context.Context, to *context.Context) {
	*to, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
}

func toOuterFunction(ctx context.Context) error {
	func() {
		ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	}()
	return work(ctx)
}

func toHandler(ctx context.Context, mux *http.ServeMux) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) { work(ctx) })
}

// With an error that is not checked the cancel function may be nil.

func open(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	ctx, cancel := context.WithCancel(ctx)
	return ctx, cancel, nil
}

func errorDiscarded(ctx context.Context) error {
	ctx, _, _ = open(ctx) // want "discarded: is discarded"
	return work(ctx)
}

func errorChecked(ctx context.Context) error {
	ctx, _, err := open(ctx) // want "discarded: is discarded"
	if err != nil {
		log.Print(err)
	}
	return work(ctx)
}

func errorCheckedLater(ctx context.Context) error {
	ctx, _, err := open(ctx) // want "discarded: is discarded"
	log.Print(ctx)
	if err != nil {
		return err
	}
	return work(ctx)
}

func errorCompared(ctx context.Context, other error) error {
	ctx, _, err := open(ctx) // want "discarded: is discarded"
	if err != other {
		return err
	}
	return work(ctx)
}

func errorReturned(ctx context.Context) (context.Context, error) {
	ctx, _, err := open(ctx) // want "discarded: is discarded"
	return ctx, err
}

// The statement is not one after which another can stand.

func inHeader(ctx context.Context) error {
	if ctx, _ := context.WithTimeout(ctx, time.Second); work(ctx) != nil { // want "discarded: is discarded"
		return ctx.Err()
	}
	return nil
}

func noAssignment(ctx context.Context) {
	context.WithCancel(ctx) // want "discarded: is discarded"
}

var global, _ = context.WithCancel(context.Background()) // want "low discarded: is discarded"

// The type cannot be written where the name of its package is hidden.
func hiddenPackage(c context.Context, context int) error {
	if context > 0 {
		c, _, _ = derive(c) // want "discarded: is discarded"
	}
	return work(c)
}

func derive(ctx context.Context) (context.Context, context.CancelFunc, int) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, cancel, 1
}

// On some paths it is called; which ones were forgotten is not for a tool to say.
func somePaths(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func deferInLoop(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func overwritten(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

func group(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx) // want "discarded: is never waited for"
	g.Go(func() error { return work(ctx) })
}
