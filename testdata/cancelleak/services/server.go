// Package services holds code as real services have it, all of it correct.
package services

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// ErrClosed is returned by a closed server.
var ErrClosed = errors.New("closed")

// Config configures a server.
type Config struct {
	Addr            string
	RequestTimeout  time.Duration
	ShutdownTimeout time.Duration
	OnStop          func()
}

// Server serves.
type Server struct {
	cfg    Config
	http   *http.Server
	log    *slog.Logger
	ctx    context.Context
	cancel context.CancelFunc
	once   sync.Once
	wg     sync.WaitGroup

	mu      sync.Mutex
	streams map[string]*stream
	ready   atomic.Bool
}

type stream struct {
	id     string
	ctx    context.Context
	cancel context.CancelCauseFunc
	done   chan struct{}
}

// New opens everything or nothing.
func New(ctx context.Context, cfg Config) (_ *Server, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	s := &Server{
		cfg:     cfg,
		ctx:     ctx,
		cancel:  cancel,
		log:     slog.Default(),
		streams: make(map[string]*stream),
	}
	lc := net.ListenConfig{KeepAlive: time.Minute}
	l, err := lc.Listen(ctx, "tcp", cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if err := s.load(ctx); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	s.http = &http.Server{
		Handler:     s.timeout(http.HandlerFunc(s.serve)),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	s.http.RegisterOnShutdown(cancel)
	s.wg.Go(func() { s.http.Serve(l) })
	return s, nil
}

func (s *Server) load(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.RequestTimeout)
	defer cancel()
	<-ctx.Done()
	if err := ctx.Err(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// Run blocks until a signal comes or a component fails.
func (s *Server) Run(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := s.http.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		stop()
		shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.ShutdownTimeout)
		defer cancel()
		return s.http.Shutdown(shutdown)
	})
	g.Go(func() error { return s.poll(ctx) })
	return g.Wait()
}

// poll derives a context per iteration and cancels it at every exit of the iteration.
func (s *Server) poll(ctx context.Context) error {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	backoff := time.Second
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-t.C:
		}
		attempt, cancel := context.WithTimeout(ctx, s.cfg.RequestTimeout)
		err := s.load(attempt)
		cancel()
		switch {
		case err == nil:
			backoff = time.Second
			continue
		case errors.Is(err, ErrClosed):
			return nil
		}
		backoff = min(2*backoff, time.Minute)
		t.Reset(backoff)
	}
}

// Close may be called many times.
func (s *Server) Close() error {
	s.once.Do(s.cancel)
	s.wg.Wait()
	return nil
}

func (s *Server) timeout(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if d := s.cfg.RequestTimeout; d > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, d)
			defer cancel()
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeoutCause(r.Context(), time.Second, ErrClosed)
	defer cancel()
	stopWatching := context.AfterFunc(s.ctx, cancel)
	defer stopWatching()
	result := make(chan string, 1)
	go func() { result <- s.answer(ctx, r.URL.Path) }()
	select {
	case text := <-result:
		fmt.Fprintln(w, text)
	case <-ctx.Done():
		http.Error(w, context.Cause(ctx).Error(), http.StatusGatewayTimeout)
	}
}

func (s *Server) answer(ctx context.Context, path string) string {
	if ctx.Err() != nil {
		return ""
	}
	return path
}

// Open replaces a stream of the same name, whose cancel function it calls.
func (s *Server) Open(ctx context.Context, id string) (<-chan struct{}, error) {
	if !s.ready.Load() {
		return nil, ErrClosed
	}
	ctx, cancel := context.WithCancelCause(ctx)
	st := &stream{id: id, ctx: ctx, cancel: cancel, done: make(chan struct{})}
	s.mu.Lock()
	old := s.streams[id]
	s.streams[id] = st
	s.mu.Unlock()
	if old != nil {
		old.cancel(ErrClosed)
		<-old.done
	}
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		defer close(st.done)
		defer cancel(nil)
		<-st.ctx.Done()
	}()
	return st.done, nil
}

// Drop cancels one stream.
func (s *Server) Drop(id string) {
	s.mu.Lock()
	st, ok := s.streams[id]
	delete(s.streams, id)
	s.mu.Unlock()
	if ok {
		st.cancel(ErrClosed)
	}
}

// Restart gives the server a new lifetime.
func (s *Server) Restart(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel()
	}
	s.ctx, s.cancel = context.WithCancel(ctx)
	go s.poll(s.ctx)
}

// OnStop registers the cancel function with the configuration.
func (s *Server) OnStop(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	if before := s.cfg.OnStop; before != nil {
		s.cfg.OnStop = func() {
			defer before()
			cancel()
		}
	} else {
		s.cfg.OnStop = cancel
	}
	return ctx
}

// Stop calls it.
func (s *Server) Stop() {
	if s.cfg.OnStop != nil {
		s.cfg.OnStop()
	}
}
