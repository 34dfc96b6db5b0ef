// Package names has functions that are called like others, and do something else.
package names

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/metric"
	"k8s.io/klog/v2"
)

type metrics struct{ requests prometheus.Counter }

// Collectors of errors, in view and not.

type problems struct{ all []error }

func (p *problems) Add(err error)             { p.all = append(p.all, err) }
func (p *problems) With(err error) *problems  { p.all = append(p.all, err); return p }
func (p *problems) Any(key string, err error) { p.all = append(p.all, fmt.Errorf("%s: %w", key, err)) }
func (p *problems) Str(text string)           { p.all = append(p.all, errors.New(text)) }
func (p *problems) Error(args ...any)         { p.all = append(p.all, fmt.Errorf("%v", args)) }
func (p *problems) Join() error               { return errors.Join(p.all...) }

type Collector interface {
	Add(err error)
	String(text string)
	Error(err error)
	Err() error
}

func NewAdded(reg prometheus.Registerer) (*metrics, error) {
	errs := new(problems)
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "added_total"})
	errs.Add(reg.Register(c)) // silent "no method that ends its owner unregisters"
	return &metrics{c}, errs.Join()
}

func NewWith(reg prometheus.Registerer, errs *problems) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "with_total"})
	if err := reg.Register(c); err != nil {
		errs.With(err).Any("metrics", err)
	}
	return &metrics{c}
}

func NewText(reg prometheus.Registerer, errs *problems) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "text_total"})
	if err := reg.Register(c); err != nil {
		errs.Str(err.Error())
	}
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "error_total"})
	if err := reg.Register(d); err != nil {
		errs.Error("metrics", err)
	}
	d.Inc()
	return &metrics{c}
}

func NewCollected(reg prometheus.Registerer, errs Collector) (*metrics, error) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "collected_total"})
	errs.Add(reg.Register(c))
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "collected_text_total"})
	if err := reg.Register(d); err != nil {
		errs.String(err.Error())
	}
	e := prometheus.NewCounter(prometheus.CounterOpts{Name: "collected_error_total"})
	if err := reg.Register(e); err != nil {
		errs.Error(err)
	}
	d.Inc()
	e.Inc()
	return &metrics{c}, errs.Err()
}

func NewAnswered(w http.ResponseWriter, reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "answered_total"})
	if err := reg.Register(c); err != nil {
		fmt.Fprintln(w, err)
	}
	return &metrics{c}
}

// Loggers, called like one or not.

func note(err error) { log.Println("metrics:", err) }

func complain(err error) {
	if err != nil {
		note(err)
	}
}

func NewNoted(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "noted_total"})
	if err := reg.Register(c); err != nil { // want `medium lost-register: the error of Register is only logged, so a second noted_total`
		note(err)
	}
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "complained_total"})
	complain(reg.Register(d)) // want `medium lost-register: the error of Register is only logged, so a second complained_total`
	d.Inc()
	return &metrics{c}
}

func NewFormatted(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "formatted_total"})
	if err := reg.Register(c); err != nil { // want `medium lost-register: the error of Register is only logged, so a second formatted_total`
		log.Print(fmt.Sprintf("no metrics: %v", err))
	}
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "stderr_total"})
	if err := reg.Register(d); err != nil { // want `medium lost-register: the error of Register is only logged, so a second stderr_total`
		fmt.Fprintln(os.Stderr, "no metrics:", err.Error())
	}
	e := prometheus.NewCounter(prometheus.CounterOpts{Name: "attr_total"})
	if err := reg.Register(e); err != nil { // want `medium lost-register: the error of Register is only logged, so a second attr_total`
		slog.LogAttrs(context.Background(), slog.LevelWarn, "no metrics", slog.Any("error", err))
	}
	f := prometheus.NewCounter(prometheus.CounterOpts{Name: "klog_total"})
	if err := reg.Register(f); err != nil { // want `medium lost-register: the error of Register is only logged, so a second klog_total`
		klog.ErrorS(err, "no metrics")
	}
	d.Inc()
	e.Inc()
	f.Inc()
	return &metrics{c}
}

// A function that gives the one collector of the package makes none.

type gauge struct{ prometheus.Gauge }

var shared = &gauge{prometheus.NewGauge(prometheus.GaugeOpts{Name: "shared"})}

func NewShared() *gauge { return shared }

func newOwn() *gauge { return &gauge{prometheus.NewGauge(prometheus.GaugeOpts{Name: "own"})} }

func UseShared(reg prometheus.Registerer) {
	g := NewShared()
	_ = reg.Register(g)
	g.Inc()
	h := newOwn()
	reg.Register(h) // want `medium lost-register: the error of Register is dropped`
	h.Inc()
}

// To end an instance is not to do something that is called like it.

type search struct {
	reg       prometheus.Registerer
	hits      prometheus.Counter
	misses    prometheus.Counter
	Stopwords int
}

func NewSearch(reg prometheus.Registerer, index string) *search {
	s := &search{reg: reg}
	s.hits = prometheus.NewCounter(prometheus.CounterOpts{Name: "hits_total", ConstLabels: prometheus.Labels{"index": index}})
	s.misses = prometheus.NewCounter(prometheus.CounterOpts{Name: "misses_total", ConstLabels: prometheus.Labels{"index": index}})
	reg.MustRegister(s.hits)
	reg.MustRegister(s.misses)
	return s
}

func (s *search) LoadStopwords() { s.reg.Unregister(s.hits) }

type stream struct {
	reg     prometheus.Registerer
	in, out prometheus.Counter
}

func NewStream(reg prometheus.Registerer, name string) *stream {
	s := &stream{reg: reg}
	s.in = prometheus.NewCounter(prometheus.CounterOpts{Name: "in_total", ConstLabels: prometheus.Labels{"name": name}})
	s.out = prometheus.NewCounter(prometheus.CounterOpts{Name: "out_total", ConstLabels: prometheus.Labels{"name": name}})
	reg.MustRegister(s.in)
	reg.MustRegister(s.out) // want `not-unregistered: out is registered here, but .*GracefulStop unregisters only its siblings`
	return s
}

func (s *stream) GracefulStop() { s.reg.Unregister(s.in) }

// Neither does a method called Closest end what the callback keeps alive.

type ring struct{ n int64 }

func (r *ring) Closest() int64 { return r.n }

func (r *ring) Observe(m metric.Meter, g metric.Int64ObservableGauge) error {
	_, err := m.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		o.ObserveInt64(g, r.n)
		return nil
	}, g)
	return err
}

type wheel struct{ n int64 }

func (w *wheel) Shutdown() {}

func (w *wheel) Observe(m metric.Meter, g metric.Int64ObservableGauge) error {
	_, err := m.RegisterCallback(func(_ context.Context, o metric.Observer) error { // want `medium callback: the registration of a callback of wheel is dropped, so the callback outlives Shutdown`
		o.ObserveInt64(g, w.n)
		return nil
	}, g)
	return err
}

// Reconcilers is about them, and is none.

type list struct{ reg prometheus.Registerer }

func (l *list) Reconcilers(ctx context.Context, name string) error {
	l.reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "reconcilers"}))
	return nil
}

func (l *list) Reconcile(ctx context.Context, name string) error {
	l.reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "reconciled"})) // want `hot-register: reconciler`
	return nil
}
