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
	c := promauto.NewCounter(prometheus.CounterOpts{Name: "handled_total"}) // want `hot-register: promauto.NewCounter runs on each call of the HTTP handler Handler and panics on the second: handled_total is registered already; register it at startup`
	c.Inc()
}

// Services have handlers of their own form.
func Traced(ctx context.Context, w http.ResponseWriter, r *http.Request) error {
	promauto.NewCounter(prometheus.CounterOpts{Name: "traced_total"}).Inc() // want `hot-register: promauto.NewCounter runs on each call of the HTTP handler Traced and panics on the second: traced_total`
	return nil
}

type server struct {
	reg   prometheus.Registerer
	meter metric.Meter
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "served_total"})
	s.reg.MustRegister(c) // want `hot-register: MustRegister runs on each call of the HTTP handler ServeHTTP and panics on the second: served_total`
	s.observe(r)
}

func (s *server) observe(r *http.Request) {
	h := promauto.NewHistogram(prometheus.HistogramOpts{Name: "size"}) // want `hot-register: promauto.NewHistogram runs on each call of the HTTP handler ServeHTTP and panics on the second: size`
	h.Observe(float64(r.ContentLength))
}

func Literal() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: r.Host})) // want `hot-register: MustRegister runs on each call of the HTTP handler and panics or adds a collector each time; use one vector with a label instead`
	})
}

func Gin(ctx *gin.Context) {
	lib.New() // want `hot-register: promauto.NewCounter in New runs on each call of the HTTP handler Gin and panics on the second: client_calls_total`
}

func Named(ctx *gin.Context) {
	lib.NewNamed(ctx.Param("name")) // want `hot-register: promauto.NewCounter in NewNamed runs on each call of the HTTP handler Named and panics or adds a collector`
}

type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	reg := prometheus.WrapRegistererWith(prometheus.Labels{"host": r.URL.Host}, prometheus.DefaultRegisterer)
	promauto.With(reg).NewCounter(prometheus.CounterOpts{Name: "sent_total"}).Inc() // want `hot-register: promauto.NewCounter runs on each call of the transport RoundTrip and panics or adds a collector`
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
	reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "objects"})) // want `hot-register: MustRegister runs on each call of the reconciler Reconcile and panics on the second: objects`
}

func (s *server) Instrument(w http.ResponseWriter, r *http.Request) {
	c, err := s.meter.Int64Counter("requests") // want `medium hot-register: Int64Counter runs on each call of the HTTP handler Instrument although an instrument is made once and kept; make it where the meter is made`
	if err == nil {
		c.Add(r.Context(), 1)
	}
}

func AfterLoop(names []string) {
	for _, name := range names {
		for len(name) > 1 {
			name = name[1:]
		}
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "after"})) // want `hot-register: MustRegister runs on each iteration of the loop and panics on the second: after`
	}
}

func Loop(names []string) {
	for range names {
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "looped"})) // want `hot-register: MustRegister runs on each iteration of the loop and panics on the second: looped`
	}
	for range names {
		prometheus.MustRegister(whole) // want `hot-register: MustRegister runs on each iteration of the loop and panics on the second: whole is`
	}
	for _, name := range names {
		lib.New() // want `hot-register: promauto.NewCounter in New runs on each iteration of the loop and panics on the second: client_calls_total`
		_ = name
	}
}

var whole = prometheus.NewGauge(prometheus.GaugeOpts{Name: "whole"})

type fixed struct{ reg prometheus.Registerer }

func (f fixed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "by_value"})) // want `hot-register: MustRegister runs on each call of the HTTP handler ServeHTTP and panics on the second: by_value`
}

var process = prometheus.NewRegistry()

func InProcess(w http.ResponseWriter, r *http.Request) {
	process.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "in_process"})) // want `hot-register: MustRegister runs on each call of the HTTP handler InProcess and panics on the second: in_process`
}
