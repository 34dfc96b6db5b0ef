// Command orders takes orders over HTTP, keeps them in PostgreSQL, charges
// them through a billing service and tells a web hook about every change.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.com/orders/internal/billing"
	"example.com/orders/internal/catalog"
	"example.com/orders/internal/dispatch"
	"example.com/orders/internal/httpapi"
	"example.com/orders/internal/metrics"
	"example.com/orders/internal/store"
)

// drainTimeout is how long requests may take to finish after a signal.
const drainTimeout = 10 * time.Second

// readHeaderSeconds is how long a client may take to send its headers.
const readHeaderSeconds = 5

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		slog.Error("orders stopped", "error", err)
		os.Exit(1)
	}
}

// run wires the service together and serves until ctx is done.
func run(ctx context.Context) error {
	registry := prometheus.NewRegistry()
	m := metrics.New(registry)

	db, err := store.Open(ctx, env("ORDERS_DATABASE", "postgres://localhost/orders?sslmode=disable"))
	if err != nil {
		return err
	}
	defer db.Close()

	bills := billing.New(env("ORDERS_BILLING", "http://localhost:8081"))
	prices := catalog.Start(ctx, bills)
	defer prices.Close()

	hooks, err := dispatch.Start(ctx, db, env("ORDERS_HOOK", "http://localhost:8082/orders"), m)
	if err != nil {
		return err
	}
	defer hooks.Close()

	server := &http.Server{
		Addr:              env("ORDERS_ADDR", ":8080"),
		Handler:           httpapi.New(db, bills, prices, m, registry),
		ReadHeaderTimeout: readHeaderSeconds,
	}
	return serve(ctx, server)
}

// serve runs server until it fails or ctx is done, and then lets the requests
// that are under way finish.
func serve(ctx context.Context, server *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	slog.InfoContext(ctx, "listening", "address", server.Addr)

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
