// Package hot registers collectors where requests are answered and loops turn.
package hot

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"go.opentelemetry.io/otel/metric"

	"ctxlint.test/metrics/metriclifecycle/hot/lib"
)

func Handler(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "no", http.StatusMethodNotAllowed)
		return
	}
	c := promauto.NewCounter(prometheus.CounterOpts{Name: "handled_total"}) // want `hot-register: promauto.NewCounter runs on every call of Handler, an HTTP handler, and panics on the second, because handled_total is registered already; register it once`
	c.Inc()
}

// Services have handlers of their own form.
func Traced(ctx context.Context, w http.ResponseWriter, r *http.Request) error {
	promauto.NewCounter(prometheus.CounterOpts{Name: "traced_total"}).Inc() // want `hot-register: promauto.NewCounter runs on every call of Traced, an HTTP handler, and panics on the second, because traced_total`
	return nil
}

type server struct {
	reg   prometheus.Registerer
	meter metric.Meter
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "served_total"})
	s.reg.MustRegister(c) // want `hot-register: MustRegister runs on every call of ServeHTTP, an HTTP handler, and panics on the second, because served_total`
	s.observe(r)
}

func (s *server) observe(r *http.Request) {
	h := promauto.NewHistogram(prometheus.HistogramOpts{Name: "size"}) // want `hot-register: promauto.NewHistogram runs on every call of ServeHTTP, an HTTP handler, and panics on the second, because size`
	h.Observe(float64(r.ContentLength))
}

func Literal() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: r.Host})) // want `hot-register: MustRegister runs on every call of the function literal, an HTTP handler, and either panics or leaves one more collector in the registry; register one vector and make the difference a label`
	})
}

func Gin(ctx *gin.Context) {
	lib.New() // want `hot-register: promauto.NewCounter in New runs on every call of Gin, an HTTP handler, and panics on the second, because client_calls_total`
}

func Named(ctx *gin.Context) {
	lib.NewNamed(ctx.Param("name")) // want `hot-register: promauto.NewCounter in NewNamed runs on every call of Named, an HTTP handler, and either panics or leaves one more collector`
}

type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	reg := prometheus.WrapRegistererWith(prometheus.Labels{"host": r.URL.Host}, prometheus.DefaultRegisterer)
	promauto.With(reg).NewCounter(prometheus.CounterOpts{Name: "sent_total"}).Inc() // want `hot-register: promauto.NewCounter runs on every call of RoundTrip, a transport, and either panics or leaves one more`
	return t.next.RoundTrip(r)
}

type reconciler struct{}

type Result struct{}

func (reconciler) Reconcile(ctx context.Context, name string) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	setUp(prometheus.DefaultRegisterer)
	return Result{}, nil
}

func setUp(reg prometheus.Registerer) {
	reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "objects"})) // want `hot-register: MustRegister runs on every call of Reconcile, a reconciler, and panics on the second, because objects`
}

func (s *server) Instrument(w http.ResponseWriter, r *http.Request) {
	c, err := s.meter.Int64Counter("requests") // want `hot-register: Int64Counter runs on every call of Instrument, an HTTP handler, although an instrument is to be made once and kept; make it where the meter is`
	if err == nil {
		c.Add(r.Context(), 1)
	}
}

func AfterLoop(names []string) {
	for _, name := range names {
		for len(name) > 1 {
			name = name[1:]
		}
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "after"})) // want `hot-register: MustRegister runs on every turn of the loop and panics on the second, because after`
	}
}

func Loop(names []string) {
	for range names {
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "looped"})) // want `hot-register: MustRegister runs on every turn of the loop and panics on the second, because looped`
	}
	for range names {
		prometheus.MustRegister(whole) // want `hot-register: MustRegister runs on every turn of the loop and panics on the second, because whole is`
	}
	for _, name := range names {
		lib.New() // want `hot-register: promauto.NewCounter in New runs on every turn of the loop and panics on the second, because client_calls_total`
		_ = name
	}
}

var whole = prometheus.NewGauge(prometheus.GaugeOpts{Name: "whole"})
