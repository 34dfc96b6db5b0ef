// Package flow has values that go a long way to their label.
package flow

import (
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	requests *prometheus.CounterVec
	handles  map[string]prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "app", Name: "requests_total"}, []string{"path", "host"}),
		handles:  make(map[string]prometheus.Counter),
	}
	reg.MustRegister(m.requests)
	return m
}

// A struct of labels.
type labels struct{ path, host string }

func labelsOf(r *http.Request) labels { return labels{path: r.URL.Path, host: "a"} }

func (m *metrics) observe(l labels) { m.requests.WithLabelValues(l.path, l.host).Inc() } // want `request: label "path" of app_requests_total is unbounded: each r.URL.Path`

func (m *metrics) viaStruct(w http.ResponseWriter, r *http.Request) { m.observe(labelsOf(r)) }

// Slices.

func (m *metrics) viaSlice(w http.ResponseWriter, r *http.Request) {
	values := []string{r.URL.Path, "a"}
	m.requests.WithLabelValues(values...).Inc() // want `request: label "path" of app_requests_total is unbounded: each r.URL.Path`
}

func (m *metrics) viaAppend(w http.ResponseWriter, r *http.Request) {
	var values []string
	values = append(values, "/")
	values = append(values, r.Host)
	m.requests.WithLabelValues(values...).Inc() // want `low request: of app_requests_total is unbounded: each r.Host`
}

func (m *metrics) spread(values ...string) { m.requests.WithLabelValues(values...).Inc() }

func (m *metrics) viaSpread(w http.ResponseWriter, r *http.Request) { m.spread(r.URL.Path, "a") } // want `request: each r.URL.Path`

// Maps.

func (m *metrics) viaMap(w http.ResponseWriter, r *http.Request) {
	l := prometheus.Labels{"host": "a"}
	l["path"] = r.URL.Path
	m.requests.With(l).Inc() // want `request: label "path" of app_requests_total is unbounded: each r.URL.Path`
}

func fill(l map[string]string, r *http.Request) { l["path"] = r.URL.Path }

func (m *metrics) viaFill(w http.ResponseWriter, r *http.Request) {
	l := map[string]string{"host": "a"}
	fill(l, r)
	m.requests.With(l).Inc() // want `request: label "path" of app_requests_total is unbounded: each r.URL.Path`
}

// Text.

func (m *metrics) viaText(w http.ResponseWriter, r *http.Request) {
	m.requests.WithLabelValues(fmt.Sprintf("%s %s", "GET", r.URL.Path), "a").Inc() // want `request: each r.URL.Path`
}

func (m *metrics) viaBuilder(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	b.WriteString("GET ")
	b.WriteString(r.URL.Path)
	m.requests.WithLabelValues(b.String(), "a").Inc() // want `request: each r.URL.Path`
}

// Closures.

func (m *metrics) viaDefer(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	defer func() {
		m.requests.WithLabelValues(path, "a").Inc() // want `request: each r.URL.Path`
	}()
	w.WriteHeader(204)
}

func (m *metrics) viaDeferBounded(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if path != "/" {
		path = "other"
	}
	defer func() {
		m.requests.WithLabelValues(path, "a").Inc()
	}()
	w.WriteHeader(204)
}

func (m *metrics) viaLiteral(w http.ResponseWriter, r *http.Request) {
	count := func(path string) { m.requests.WithLabelValues(path, "a").Inc() }
	count(r.URL.Path) // want `request: each r.URL.Path`
}

// An interface whose implementation is in view.

type recorder interface{ record(path string) }

func (m *metrics) record(path string) { m.requests.WithLabelValues(path, "a").Inc() }

func viaInterface(rec recorder, w http.ResponseWriter, r *http.Request) {
	rec.record(r.URL.Path) // want `request: label "path" of app_requests_total is unbounded: each r.URL.Path`
}

// A handle for each entity.

func (m *metrics) viaHandle(w http.ResponseWriter, r *http.Request) {
	h, ok := m.handles[r.Host]
	if !ok {
		h = m.requests.WithLabelValues("/", r.Host) // want `low request: label "host" of app_requests_total is unbounded: each r.Host`
		m.handles[r.Host] = h
	}
	h.Inc()
}

// A generic helper.

func first[T any](values ...T) T { return values[0] }

func (m *metrics) viaGeneric(w http.ResponseWriter, r *http.Request) {
	m.requests.WithLabelValues(first(r.URL.Path), "a").Inc() // want `request: each r.URL.Path`
}

// One source, many labels: one finding.
func (m *metrics) often(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	m.requests.WithLabelValues(path, "a").Inc() // want `request: label "path" of app_requests_total is unbounded: each r.URL.Path`
	m.requests.WithLabelValues("/", path).Inc()
}

// What is known of a name is shown, and where the rest belongs.
var deployed = prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: os.Getenv("TEAM"), Subsystem: os.Getenv("APP"), Name: "requests_total"}, []string{"path"})

func inDeployment(r *http.Request) {
	deployed.WithLabelValues(r.URL.Path).Inc() // want `request: label "path" of \*_requests_total is unbounded: each r.URL.Path`
}
