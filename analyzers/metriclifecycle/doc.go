// Package metriclifecycle defines an Analyzer that finds metrics that are made, registered, or deleted wrongly.
//
// # Analyzer metriclifecycle
//
// metriclifecycle: find metrics that panic, pile up, or are never deleted
//
// A metric outlives the code that makes it: a collector stays registered until it
// is unregistered, a series stays in its vector until it is deleted, and a vector
// takes exactly the labels that its constructor was given, which only shows when
// the call runs:
//
//	var failures = prometheus.NewCounterVec(opts, []string{"host", "code"})
//	...
//	if err != nil {
//		failures.WithLabelValues(host).Inc() // panics: one value for two labels
//	}
//
// The analyzer follows vectors, registries and instruments from their constructors
// through variables, fields, helpers and packages to where they are used. It knows
// github.com/prometheus/client_golang, k8s.io/component-base/metrics, go-zero,
// go-kit and OpenTelemetry. What it cannot follow to the end it does not report.
//
// The categories are:
//
//   - arity: a vector is given more, fewer or other labels than it has: With panics, Get returns an error, Delete deletes nothing.
//   - hot-register: a collector is registered, or an instrument made, each time a request is answered, an object is reconciled, or a loop iterates.
//   - lost-register: the error of Register is dropped or only logged while the new collector is still used.
//   - unregister-mismatch: a collector is unregistered from another registry than the one, or the wrapper, that it was registered in.
//   - not-unregistered: a type registers collectors and unregisters only some of them, or, if they are labelled per instance, none.
//   - missed-delete: the series of an entity are deleted from one vector but not from a sibling that is filled for it, too.
//   - accumulating-with: a metric is replaced by itself with more labels in each call.
//   - callback: an OpenTelemetry callback is registered per request or per instance, and its registration is dropped.
//
// # Category arity
//
// A vector checks its labels when it is used, not when it is compiled. The call
// that gives it one value too few is, more often than not, where a request has
// failed, so the first real failure ends in a panic. A Delete that does not fit
// says nothing at all: it returns false, and the series stay forever.
//
// A function that passes a vector or label values on is followed to its use, at each
// call, in this package or in another that makes vectors. It is silent if a condition in it may make them fit.
//
// Confidence is always high: the labels of the vector and those that the call
// gives are both known.
//
// Bad:
//
//	var failures = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "failures_total"}, []string{"host", "code"})
//
//	func failed(host string) {
//		failures.WithLabelValues(host).Inc()
//	}
//
// Good:
//
//	var failures = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "failures_total"}, []string{"host", "code"})
//
//	func failed(host string) {
//		failures.WithLabelValues(host, "unreachable").Inc()
//	}
//
// Fix: give one value for each label, in the order of the constructor. To delete
// by some of the labels, use DeletePartialMatch.
//
// References:
//
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#CounterVec.WithLabelValues
//
// # Category hot-register
//
// A registry holds a collector until it is unregistered and takes no second one
// of the same name and labels, so MustRegister and promauto panic in the second
// request. With a name or labels that differ they do not panic but pile up: each
// request adds a collector that every scrape visits.
//
// Confidence is high for a collector: a library calls the function for each
// request, or the loop has no other way, and the registry is one that outlives
// the call. It is medium for an instrument of OpenTelemetry, because a meter
// returns what it has made before, for a collector in a field of a new struct, of
// which somebody may take care, and where such a constructor gives each thing that a
// channel brings a collector of its own. A goroutine that a loop starts is part of the
// loop. A field is silent if the package unregisters anything. A registry that the call makes, one in a
// variable that is assigned again, and a registration that depends on what
// earlier calls have left are silent.
//
// Bad:
//
//	func serve(w http.ResponseWriter, r *http.Request) {
//		served := promauto.NewCounter(prometheus.CounterOpts{Name: "served_total"})
//		served.Inc()
//	}
//
// Good:
//
//	var served = promauto.NewCounter(prometheus.CounterOpts{Name: "served_total"})
//
//	func serve(w http.ResponseWriter, r *http.Request) {
//		served.Inc()
//	}
//
// Fix: make the collector at startup and pass it on. What differs from request to
// request is a label, if it has few values. A registry that is made for one
// request, as exporters do, is no problem.
//
// References:
//
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#Registerer
//
// # Category lost-register
//
// Register fails if an equal collector is there already, for example because the
// constructor has run before. The new collector then counts and nobody sees it:
// the registry goes on showing the old one, which no longer changes. The collector
// may be a variable or a field of a struct that the function makes.
//
// Confidence is high where the function is seen to run more than once: it is
// called in a loop or from several places, or answers requests. Elsewhere it is
// medium, because there may be one instance for the whole process. An error that
// is assigned to the blank identifier is left out on purpose: that is silent, and
// medium where the function runs again.
//
// Bad:
//
//	func newRequests(reg prometheus.Registerer) prometheus.Counter {
//		requests := prometheus.NewCounter(prometheus.CounterOpts{Name: "requests_total"})
//		if err := reg.Register(requests); err != nil {
//			log.Print(err)
//		}
//		return requests
//	}
//
// Good:
//
//	func newRequests(reg prometheus.Registerer) (prometheus.Counter, error) {
//		requests := prometheus.NewCounter(prometheus.CounterOpts{Name: "requests_total"})
//		if err := reg.Register(requests); err != nil {
//			return nil, err
//		}
//		return requests, nil
//	}
//
// Fix: return the error, or take the ExistingCollector of the
// prometheus.AlreadyRegisteredError.
//
// References:
//
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#AlreadyRegisteredError
//
// # Category unregister-mismatch
//
// A registry finds a collector by its descriptor, and WrapRegistererWith and
// WrapRegistererWithPrefix change that. What was registered through a wrapper can
// only be unregistered through one: on the registry below, Unregister finds
// nothing and returns false, and the collector stays.
//
// Confidence is always high: both registries are known, and are one and the same
// below the wrapper.
//
// Bad:
//
//	type queue struct {
//		reg   prometheus.Registerer
//		depth prometheus.Gauge
//	}
//
//	func newQueue(reg prometheus.Registerer, name string) *queue {
//		q := &queue{reg: reg, depth: prometheus.NewGauge(prometheus.GaugeOpts{Name: "depth"})}
//		prometheus.WrapRegistererWith(prometheus.Labels{"queue": name}, reg).MustRegister(q.depth)
//		return q
//	}
//
//	func (q *queue) Close() { q.reg.Unregister(q.depth) }
//
// Good:
//
//	type queue struct {
//		reg   prometheus.Registerer
//		depth prometheus.Gauge
//	}
//
//	func newQueue(reg prometheus.Registerer, name string) *queue {
//		reg = prometheus.WrapRegistererWith(prometheus.Labels{"queue": name}, reg)
//		q := &queue{reg: reg, depth: prometheus.NewGauge(prometheus.GaugeOpts{Name: "depth"})}
//		reg.MustRegister(q.depth)
//		return q
//	}
//
//	func (q *queue) Close() { q.reg.Unregister(q.depth) }
//
// Fix: keep the wrapper, and unregister through it.
//
// References:
//
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#WrapRegistererWith
//
// # Category not-unregistered
//
// A type that unregisters some of its collectors is meant to be made and closed
// again and again. The collector that it forgets is still there when the next
// instance comes, whose registration fails or panics.
//
// Confidence is high where the siblings of the collector are unregistered, or
// instances are seen to be made more than once. It is medium where only a method
// such as Close says that instances come and go. What main or init makes once is
// silent.
//
// Bad:
//
//	type worker struct {
//		reg          prometheus.Registerer
//		done, failed prometheus.Counter
//	}
//
//	func newWorker(reg prometheus.Registerer) *worker {
//		w := &worker{
//			reg:    reg,
//			done:   prometheus.NewCounter(prometheus.CounterOpts{Name: "done_total"}),
//			failed: prometheus.NewCounter(prometheus.CounterOpts{Name: "failed_total"}),
//		}
//		reg.MustRegister(w.done, w.failed)
//		return w
//	}
//
//	func (w *worker) Close() {
//		w.reg.Unregister(w.done)
//	}
//
// Good:
//
//	type worker struct {
//		reg          prometheus.Registerer
//		done, failed prometheus.Counter
//	}
//
//	func newWorker(reg prometheus.Registerer) *worker {
//		w := &worker{
//			reg:    reg,
//			done:   prometheus.NewCounter(prometheus.CounterOpts{Name: "done_total"}),
//			failed: prometheus.NewCounter(prometheus.CounterOpts{Name: "failed_total"}),
//		}
//		reg.MustRegister(w.done, w.failed)
//		return w
//	}
//
//	func (w *worker) Close() {
//		w.reg.Unregister(w.done)
//		w.reg.Unregister(w.failed)
//	}
//
// Fix: unregister all that the constructor registers.
//
// References:
//
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#Registerer
//
// # Category missed-delete
//
// Vectors by pod, queue or tenant are bounded only if the series of an entity are
// deleted with it. Where that is done for one vector, the one that a later change
// has added beside it is easily forgotten, and grows with every entity.
//
// Confidence is high, except where a counter or histogram is kept although a
// gauge is deleted: its total may be meant to outlive the entity, and the finding
// is medium. A label whose type has constants of its own is bounded by them, and
// is silent, as is a vector that something resets or unregisters.
//
// Bad:
//
//	var (
//		open  = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "queue_open"}, []string{"queue"})
//		depth = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "queue_depth"}, []string{"queue"})
//	)
//
//	func opened(queue string, n int) {
//		open.WithLabelValues(queue).Set(1)
//		depth.WithLabelValues(queue).Set(float64(n))
//	}
//
//	func removed(queue string) {
//		open.DeleteLabelValues(queue)
//	}
//
// Good:
//
//	var (
//		open  = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "queue_open"}, []string{"queue"})
//		depth = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "queue_depth"}, []string{"queue"})
//	)
//
//	func opened(queue string, n int) {
//		open.WithLabelValues(queue).Set(1)
//		depth.WithLabelValues(queue).Set(float64(n))
//	}
//
//	func removed(queue string) {
//		open.DeleteLabelValues(queue)
//		depth.DeleteLabelValues(queue)
//	}
//
// Fix: delete the series of the sibling as well.
//
// Silence: if the series are to outlive the entity, as the totals of a counter may.
//
// References:
//
//   - https://prometheus.io/docs/practices/instrumentation/#do-not-overuse-labels
//
// # Category accumulating-with
//
// With returns a metric that has the labels of its receiver and more. Put back
// into the field that it came from, it also keeps those of the call before: the
// labels pile up with each call, and a curried vector fails in the second one.
//
// Confidence is high where the function is seen to run more than once, and medium
// where nothing shows that. A method that is called only by those that have just
// made the receiver is part of a constructor, and is silent.
//
// Bad:
//
//	type handler struct{ requests *prometheus.CounterVec }
//
//	func (h *handler) serve(method string) {
//		h.requests = h.requests.MustCurryWith(prometheus.Labels{"method": method})
//		h.requests.WithLabelValues("200").Inc()
//	}
//
// Good:
//
//	type handler struct{ requests *prometheus.CounterVec }
//
//	func (h *handler) serve(method string) {
//		requests := h.requests.MustCurryWith(prometheus.Labels{"method": method})
//		requests.WithLabelValues("200").Inc()
//	}
//
// Fix: keep the result in a local variable.
//
// References:
//
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#CounterVec.CurryWith
//   - https://pkg.go.dev/github.com/go-kit/kit/metrics#Counter
//
// # Category callback
//
// A meter calls a callback at each collection until its registration is
// unregistered. The callback holds what it observes, so an instance whose
// registration is dropped is never freed, and is still observed long after its
// end.
//
// Confidence is high where a callback is added for each request, or instances are
// seen to be made more than once; otherwise it is medium, because there may be
// one instance for the whole process.
//
// Bad:
//
//	type pool struct{ size int64 }
//
//	func newPool(meter metric.Meter, gauge metric.Int64ObservableGauge) (*pool, error) {
//		p := new(pool)
//		_, err := meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
//			o.ObserveInt64(gauge, p.size)
//			return nil
//		}, gauge)
//		return p, err
//	}
//
//	func (p *pool) Close() error { return nil }
//
// Good:
//
//	type pool struct {
//		size     int64
//		callback metric.Registration
//	}
//
//	func newPool(meter metric.Meter, gauge metric.Int64ObservableGauge) (*pool, error) {
//		p := new(pool)
//		var err error
//		p.callback, err = meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
//			o.ObserveInt64(gauge, p.size)
//			return nil
//		}, gauge)
//		return p, err
//	}
//
//	func (p *pool) Close() error { return p.callback.Unregister() }
//
// Fix: keep the metric.Registration and call its Unregister where the instance ends.
//
// References:
//
//   - https://pkg.go.dev/go.opentelemetry.io/otel/metric#Meter
package metriclifecycle

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "metriclifecycle")
