// Package flow has one of everything that a graph shows.
package flow

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Server keeps a context.
type Server struct {
	ctx    context.Context
	cancel context.CancelFunc
	store  Store
}

// Store is implemented once.
type Store interface {
	Get(ctx context.Context, key string) error
}

type memory struct{}

func (memory) Get(ctx context.Context, key string) error { return ctx.Err() }

// New stores what it derives.
func New(ctx context.Context) *Server {
	s := &Server{store: memory{}}
	s.ctx, s.cancel = context.WithCancel(ctx)
	go s.loop()
	return s
}

func (s *Server) loop() {
	<-s.ctx.Done()
	flush(s.ctx)
}

// ServeHTTP gets its context from the request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	s.handle(ctx)
}

func (s *Server) handle(ctx context.Context) {
	defer flush(ctx)
	var group sync.WaitGroup
	group.Go(func() { s.store.Get(ctx, "captured") })
	go func() {
		for range 3 {
			println("without")
		}
	}()
	go work(ctx)
	reset(ctx)
	cut()
	audit(context.WithoutCancel(ctx))
	group.Wait()
	each(func(ctx context.Context) { flush(ctx) })
}

func work(ctx context.Context) { <-ctx.Done() }

func reset(ctx context.Context) {
	flush(context.Background())
	_ = ctx
}

// cut is given no context, and what it calls wants one.
func cut() { flush(context.TODO()) }

// fallback uses a root only if its caller has nothing.
func fallback(ctx context.Context) {
	if ctx == nil {
		ctx = context.Background()
	}
	flush(ctx)
}

func audit(ctx context.Context) { fallback(ctx) }

func flush(context.Context) {}

func each(f func(context.Context)) { f(context.Background()) }

// recursive calls itself.
func recursive(ctx context.Context, n int) {
	if n > 0 {
		mutual(ctx, n-1)
		recursive(ctx, n-1)
	}
}

func mutual(ctx context.Context, n int) { recursive(ctx, n) }

func generic[T any](ctx context.Context, v T) { flush(ctx) }

func instance(ctx context.Context) { generic(ctx, 1) }

// plain has nothing to do with contexts.
func plain() int { return 1 }

func main() {
	ctx := context.Background()
	New(ctx)
	instance(ctx)
}

// named derives the context of a request.
func named(r *http.Request) context.Context {
	return context.WithValue(r.Context(), key{}, r.URL.Path)
}

type key struct{}

// list gets its context from a helper that has the request.
func list(w http.ResponseWriter, r *http.Request) { flush(named(r)) }
