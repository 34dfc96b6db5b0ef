// Package accumulate replaces metrics by themselves with more labels.
package accumulate

import (
	"net/http"
	"sync"

	"github.com/go-kit/kit/metrics"
	"github.com/prometheus/client_golang/prometheus"
)

type handler struct {
	requests metrics.Counter
	latency  metrics.Histogram
	vec      *prometheus.CounterVec
	once     sync.Once
}

func (h *handler) serve(method string) {
	h.requests = h.requests.With("method", method) // want `medium accumulating-with: With is put back into requests, so labels pile up call by call; keep the result in a local variable`
	h.requests.Add(1)
	h.vec = h.vec.MustCurryWith(prometheus.Labels{"method": method}) // want `medium accumulating-with: MustCurryWith is put back into vec, so the next call finds the label curried already and fails`
	local := h.latency.With("method", method)
	local.Observe(1)
}

// With of a wrapper that is a pointer changes the wrapper.
func (h *handler) With(labels ...string) *handler {
	h.latency = h.latency.With(labels...) // want `medium accumulating-with: With is put back into latency`
	return h
}

type value struct{ latency metrics.Histogram }

// A value receiver is a copy.
func (v value) With(labels ...string) value {
	v.latency = v.latency.With(labels...) // silent "what the result is put back into does"
	return v
}

// A constructor does it once.
func newHandler(c metrics.Counter, l metrics.Histogram) *handler {
	h := &handler{requests: c, latency: l}
	h.requests = h.requests.With("service", "shop")
	return h
}

func (h *handler) start() {
	h.once.Do(func() { h.requests = h.requests.With("service", "shop") })
}

// The result goes elsewhere.
func (h *handler) child(name string) *handler {
	c := &handler{}
	c.requests = h.requests.With("child", name)
	return c
}

// Each request adds its labels.

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.requests = h.requests.With("path", r.URL.Path) // want `accumulating-with: With is put back into requests`
	h.requests.Add(1)
	h.count(r.Method)
}

func (h *handler) count(method string) {
	h.latency = h.latency.With("method", method) // want `accumulating-with: With is put back into latency`
	h.latency.Observe(1)
}

// It is a part of the constructor.

func (h *handler) label(service string) {
	h.requests = h.requests.With("service", service) // silent "the method runs once for each instance,"
}

func newLabelled(c metrics.Counter, service string) *handler {
	h := &handler{requests: c}
	h.label(service)
	return h
}
