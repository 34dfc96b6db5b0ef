// Package sinks has, for each library, a label that is bounded and one that is not.
package sinks

import (
	"context"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/client_golang/prometheus/push"
)

var (
	requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"path", "code"})
	inflight = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "inflight"}, []string{"path"})
	seconds  = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "seconds"}, []string{"path"})
	sizes    = promauto.NewSummaryVec(prometheus.SummaryOpts{Name: "sizes"}, []string{"path"})
	desc     = prometheus.NewDesc("last", "", []string{"path"}, nil)
)

func byValues(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.URL.Path, "200").Inc() // want `request: label "path" of requests_total is unbounded: each r.URL.Path is a time series kept until restart; use the route pattern, or a constant if there is none`
	requests.WithLabelValues(r.Pattern, "200").Inc()
}

func inflightOf(w http.ResponseWriter, r *http.Request) {
	inflight.WithLabelValues(r.URL.Path).Inc() // want `request: label "path" of inflight is unbounded: each r.URL.Path`
	inflight.WithLabelValues("/").Inc()
}

func byName(w http.ResponseWriter, r *http.Request) {
	seconds.With(prometheus.Labels{"path": r.URL.Path}).Observe(1) // want `request: label "path" of seconds is unbounded: each r.URL.Path`
	seconds.With(prometheus.Labels{"path": r.Pattern}).Observe(1)
}

func checked(w http.ResponseWriter, r *http.Request) {
	if s, err := sizes.GetMetricWithLabelValues(r.URL.Path); err == nil { // want `request: label "path" of sizes is unbounded: each r.URL.Path`
		s.Observe(1)
	}
	if s, err := sizes.GetMetricWithLabelValues("/"); err == nil {
		s.Observe(1)
	}
}

func checkedByName(w http.ResponseWriter, r *http.Request) {
	if s, err := sizes.GetMetricWith(prometheus.Labels{"path": r.URL.Path}); err == nil { // want `request: label "path" of sizes is unbounded: each r.URL.Path`
		s.Observe(1)
	}
}

func curried(w http.ResponseWriter, r *http.Request) {
	requests.MustCurryWith(prometheus.Labels{"path": r.URL.Path}).WithLabelValues("200").Inc() // want `request: label "path" of requests_total is unbounded: each r.URL.Path`
	requests.MustCurryWith(prometheus.Labels{"path": r.Pattern}).WithLabelValues("200").Inc()
}

func observer(vec prometheus.ObserverVec, w http.ResponseWriter, r *http.Request) {
	vec.WithLabelValues(r.URL.Path).Observe(1) // want `request: label 1 is unbounded: each r.URL.Path`
	vec.WithLabelValues("/").Observe(1)
}

// last is made anew for each scrape, but the database keeps what it saw.
type last struct{ path string }

func (l *last) serve(w http.ResponseWriter, r *http.Request) { l.path = r.URL.Path }

func (l *last) Describe(ch chan<- *prometheus.Desc) { ch <- desc }

func (l *last) Collect(ch chan<- prometheus.Metric) {
	ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, 1, l.path) // want `request: each r.URL.Path is a time series that the database keeps`
	ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, 1, "/")
}

func perRequest(reg prometheus.Registerer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		wrapped := prometheus.WrapRegistererWith(prometheus.Labels{"path": r.URL.Path}, reg) // want `request: label "path" is unbounded: each r.URL.Path`
		wrapped.MustRegister(prometheus.NewCounter(prometheus.CounterOpts{
			Name:        "hits",
			ConstLabels: prometheus.Labels{"host": r.Host}, // want `low request: label "host" is unbounded: each r.Host`
		}))
		prometheus.WrapRegistererWith(prometheus.Labels{"path": "/"}, reg).MustRegister()
	}
}

func pushed(w http.ResponseWriter, r *http.Request) {
	_ = push.New("http://gateway", "job").Grouping("path", r.URL.Path).Push() // want `request: label "path" is unbounded: each r.URL.Path`
	_ = push.New("http://gateway", "job").Grouping("zone", "a").Push()
}

func instrumented(next http.Handler) http.Handler {
	fromRequest := promhttp.WithLabelFromRequest("path", func(r *http.Request) string {
		return r.URL.Path // want `request: label "path" is unbounded: each r.URL.Path`
	})
	fromCtx := promhttp.WithLabelFromCtx("zone", func(context.Context) string { return "a" })
	// The library bounds method and code itself.
	return promhttp.InstrumentHandlerCounter(requests, next, fromRequest, fromCtx)
}

// An exemplar makes no series.
func exemplar(w http.ResponseWriter, r *http.Request) {
	seconds.WithLabelValues("/").(prometheus.ExemplarObserver).ObserveWithExemplar(1, prometheus.Labels{"path": r.URL.Path})
}

func code(status int) {
	requests.WithLabelValues("/", strconv.Itoa(status)).Inc()
}
