// Command orders takes orders over HTTP, keeps them in PostgreSQL, charges
// them through a billing service and tells a web hook about every change.
//
// With -leak it needs none of these: they run in its process, and so do customers,
// until the time given by -for is over. Its profiles are at /debug/pprof/.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.com/orders/internal/billing"
	"example.com/orders/internal/catalog"
	"example.com/orders/internal/dispatch"
	"example.com/orders/internal/httpapi"
	"example.com/orders/internal/metrics"
	"example.com/orders/internal/rehearsal"
	"example.com/orders/internal/store"
)

// drainTimeout is how long requests may take to finish after a signal.
const drainTimeout = 10 * time.Second

// readHeaderSeconds is how long a client may take to send its headers.
const readHeaderSeconds = 5

// customers are there at the same time in a rehearsal.
const customers = 4

func main() {
	leak := flag.Bool("leak", false, "run everything in one process, under load")
	load := flag.Duration("for", time.Minute, "how long to run with -leak")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, *leak, *load)
	stop()
	if err != nil {
		slog.Error("orders stopped", "error", err)
		os.Exit(1)
	}
}

// start runs the service until ctx is done, or a rehearsal of it for some time.
func start(ctx context.Context, leak bool, load time.Duration) error {
	if leak {
		runtime.MemProfileRate = 256 // as little is allocated, sample most of it
		ctx, cancel := context.WithTimeout(ctx, load)
		defer cancel()
		return rehearse(ctx)
	}
	db, err := store.Open(ctx, env("ORDERS_DATABASE", "postgres://localhost/orders?sslmode=disable"))
	if err != nil {
		return err
	}
	defer db.Close()
	listener, err := net.Listen("tcp", env("ORDERS_ADDR", ":8080"))
	if err != nil {
		return err
	}
	return run(ctx, surroundings{
		listener: listener, db: db,
		billing: env("ORDERS_BILLING", "http://localhost:8081"), hook: env("ORDERS_HOOK", "http://localhost:8082/orders"),
	})
}

// rehearse runs the service under load, with all that it needs.
func rehearse(ctx context.Context) error {
	others, err := rehearsal.StartOthers()
	if err != nil {
		return err
	}
	defer others.Close()
	listener, err := net.Listen("tcp", env("ORDERS_ADDR", "127.0.0.1:8080"))
	if err != nil {
		return err
	}
	db := store.New(rehearsal.Database())
	defer db.Close()
	var load sync.WaitGroup
	for range customers {
		load.Go(func() { rehearsal.Customers(ctx, "http://"+listener.Addr().String()) })
	}
	err = run(ctx, surroundings{
		listener: listener, db: db, billing: others.URL, hook: others.URL + "/orders",
		patience: time.Second, // else no request would get through
	})
	load.Wait()
	return err
}

// surroundings are what the service needs.
type surroundings struct {
	listener      net.Listener
	db            *store.Store
	billing, hook string        // URLs
	patience      time.Duration // with clients, 0 for the default
}

// run wires the service together and serves until ctx is done.
func run(ctx context.Context, at surroundings) error {
	registry := prometheus.NewRegistry()
	m := metrics.New(registry)

	bills := billing.New(at.billing)
	prices := catalog.Start(ctx, bills)
	defer prices.Close()

	hooks, err := dispatch.Start(ctx, at.db, at.hook, m)
	if err != nil {
		return err
	}
	defer hooks.Close()

	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.Handle("/", httpapi.New(at.db, bills, prices, m, registry))
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: readHeaderSeconds,
	}
	if at.patience > 0 {
		server.ReadHeaderTimeout = at.patience
	}
	return serve(ctx, at.listener, server)
}

// serve runs server until it fails or ctx is done, and then lets the requests
// that are under way finish.
func serve(ctx context.Context, listener net.Listener, server *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	slog.InfoContext(ctx, "listening", "address", listener.Addr().String())

	select {
	case err := <-failed:
		return fmt.Errorf("listen: %w", err)
	case <-ctx.Done():
	}

	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func env(name, fallback string) string {
	if v, ok := os.LookupEnv(name); ok {
		return v
	}
	return fallback
}
