// Package httpapi is the HTTP interface of the service.
package httpapi

import (
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.com/orders/internal/billing"
	"example.com/orders/internal/metrics"
	"example.com/orders/internal/store"
	"example.com/orders/internal/watch"
)

// Orders is where orders are kept.
type Orders interface {
	Ping(ctx context.Context) error
	Add(ctx context.Context, o store.Order) error
	Get(ctx context.Context, id string) (store.Order, error)
	Seen(ctx context.Context, id string) error
	SetStatus(id string, status store.Status) error
	Since(ctx context.Context, t time.Time) (*sql.Rows, error)
}

// Billing moves money.
type Billing interface {
	Charge(ctx context.Context, b billing.Bill) error
	Refund(ctx context.Context, b billing.Bill) error
	Quote(ctx context.Context, item string) (cents int64, err error)
}

// Prices are the prices that are known without asking anyone.
type Prices interface {
	Price(item string) (cents int64, ok bool)
}

type api struct {
	orders  Orders
	billing Billing
	prices  Prices
	metrics *metrics.Metrics
	watched *watch.Hub
}

// New returns the handler of all routes, "/metrics" with the contents of
// gatherer among them.
func New(orders Orders, bills Billing, prices Prices, m *metrics.Metrics, gatherer prometheus.Gatherer) http.Handler {
	a := &api{orders: orders, billing: bills, prices: prices, metrics: m, watched: watch.NewHub(m)}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", a.place)
	mux.HandleFunc("GET /orders/{id}", a.show)
	mux.HandleFunc("POST /orders/{id}/cancel", a.cancel)
	mux.HandleFunc("GET /orders/{id}/watch", a.watch)
	mux.HandleFunc("GET /export", a.export)
	mux.HandleFunc("GET /ready", a.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(gatherer, promhttp.HandlerOpts{}))
	return identified(a.measured(mux))
}

// ready says whether the service can do its work.
func (a *api) ready(w http.ResponseWriter, r *http.Request) {
	if err := a.orders.Ping(r.Context()); err != nil {
		fail(w, r, http.StatusServiceUnavailable, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// answer sends v as JSON.
func answer(w http.ResponseWriter, r *http.Request, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.WarnContext(r.Context(), "answer not sent", "error", err)
	}
}

// fail logs err and tells the client no more than the code.
func fail(w http.ResponseWriter, r *http.Request, code int, err error) {
	slog.WarnContext(r.Context(), "request failed", "request", requestID(r.Context()), "code", code, "error", err)
	http.Error(w, http.StatusText(code), code)
}
