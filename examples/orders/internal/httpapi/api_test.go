package httpapi_test

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.com/orders/internal/billing"
	"example.com/orders/internal/httpapi"
	"example.com/orders/internal/metrics"
	"example.com/orders/internal/store"
)

// memory keeps orders in a map.
type memory map[string]store.Order

func (m memory) Ping(context.Context) error { return nil }

func (m memory) Add(_ context.Context, o store.Order) error {
	m[o.ID] = o
	return nil
}

func (m memory) Get(_ context.Context, id string) (store.Order, error) {
	o, ok := m[id]
	if !ok {
		return o, store.ErrNotFound
	}
	return o, nil
}

func (m memory) Seen(context.Context, string) error { return nil }

func (m memory) SetStatus(id string, status store.Status) error {
	o := m[id]
	o.Status = status
	m[id] = o
	return nil
}

func (m memory) Since(context.Context, time.Time) (*sql.Rows, error) { return nil, sql.ErrConnDone }

// bank charges everyone.
type bank struct{}

func (bank) Charge(context.Context, billing.Bill) error   { return nil }
func (bank) Refund(context.Context, billing.Bill) error   { return nil }
func (bank) Quote(context.Context, string) (int64, error) { return 450, nil }
func (bank) Price(item string) (cents int64, ok bool)     { return 300, item == "tea" }

func TestRoutes(t *testing.T) {
	tests := []struct {
		method, path, body string
		code               int
		want               string // part of the answer
	}{
		{"POST", "/orders", `{"item": "tea", "quantity": 2}`, 201, `"cents":600`},
		{"POST", "/orders", `{"item": "cake", "quantity": 2}`, 201, `"cents":900`},
		{"POST", "/orders", `{"item": "tea"}`, 400, "quantity"},
		{"GET", "/orders/7", "", 200, `"customer":"ada"`},
		{"GET", "/orders/8", "", 404, ""},
		{"POST", "/orders/7/cancel", "", 204, ""},
		{"GET", "/export", "", 500, ""},
		{"GET", "/ready", "", 204, ""},
	}
	for _, test := range tests {
		t.Run(test.method+test.path, func(t *testing.T) {
			registry := prometheus.NewRegistry()
			orders := memory{"7": {ID: "7", Customer: "ada"}}
			handler := httpapi.New(orders, bank{}, bank{}, metrics.New(registry), registry)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
			if w.Code != test.code || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("answer is %d %q, want %d and %q", w.Code, w.Body, test.code, test.want)
			}
		})
	}
}

func TestMetricsAreServed(t *testing.T) {
	registry := prometheus.NewRegistry()
	handler := httpapi.New(memory{}, bank{}, bank{}, metrics.New(registry), registry)
	for _, path := range []string{"/ready", "/metrics"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if path == "/metrics" && !strings.Contains(w.Body.String(), `orders_request_seconds_count{route="GET /ready"} 1`) {
			t.Errorf("no latency of /ready among the metrics:\n%s", w.Body)
		}
	}
}
