// Package lost drops the errors of Register.
package lost

import (
	"errors"
	"fmt"
	"log"
	"log/slog"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct{ requests prometheus.Counter }

func NewDropped(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "dropped_total"})
	reg.Register(c) // want `medium lost-register: the error of Register is dropped, so a second dropped_total counts unseen; use the ExistingCollector of an AlreadyRegisteredError, or return the error`
	return &metrics{c}
}

func NewBare() *metrics {
	m := &metrics{}
	m.requests = prometheus.NewCounter(prometheus.CounterOpts{Name: "bare_total"})
	prometheus.Register(m.requests) // want `medium lost-register: the error of Register is dropped, so a second bare_total`
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "bare_vec_total"}, []string{"a"})
	prometheus.Register(c) // want `medium lost-register: the error of Register is dropped, so a second bare_vec_total`
	c.WithLabelValues("a").Inc()
	return m
}

func NewLogged(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "logged_total"})
	if err := reg.Register(c); err != nil { // want `medium lost-register: the error of Register is only logged, so a second logged_total`
		log.Printf("no metrics: %v", err)
	}
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "slogged_total"})
	if err := reg.Register(d); err != nil { // want `medium lost-register: the error of Register is only logged, so a second slogged_total`
		slog.Warn("no metrics", "error", err)
	}
	d.Inc()
	return &metrics{c}
}

// The error is handled.
func NewReturned(reg prometheus.Registerer) (*metrics, error) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "returned_total"})
	if err := reg.Register(c); err != nil {
		return nil, fmt.Errorf("register: %w", err)
	}
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "returned2_total"})
	err := reg.Register(d)
	d.Inc()
	return &metrics{c}, err
}

func NewExisting(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "existing_total"})
	if err := reg.Register(c); err != nil {
		var already prometheus.AlreadyRegisteredError
		if errors.As(err, &already) {
			c = already.ExistingCollector.(prometheus.Counter)
		} else {
			log.Print(err)
		}
	}
	return &metrics{c}
}

func NewFatal(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "fatal_total"})
	if err := reg.Register(c); err != nil {
		log.Fatal(err)
	}
	d := prometheus.NewCounter(prometheus.CounterOpts{Name: "given_up_total"})
	if err := reg.Register(d); err != nil {
		log.Print(err)
		return nil
	}
	d.Inc()
	return &metrics{c}
}

// A registry of one's own holds nothing yet.
func NewOwn() (*metrics, *prometheus.Registry) {
	reg := prometheus.NewRegistry()
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "own_total"})
	_ = reg.Register(c)
	return &metrics{c}, reg
}

var total = prometheus.NewCounter(prometheus.CounterOpts{Name: "total"})

// The same collector counts on, however often it is registered.
func Same() {
	_ = prometheus.Register(total)
	total.Inc()
}

var (
	once   sync.Once
	shared prometheus.Counter
)

func Once() {
	once.Do(func() {
		c := prometheus.NewCounter(prometheus.CounterOpts{Name: "once_total"})
		_ = prometheus.Register(c)
		shared = c
	})
}

func init() {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "init_total"})
	_ = prometheus.Register(c)
	shared = c
	start()
}

func start() {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "start_total"})
	_ = prometheus.Register(c)
	shared = c
}

// Nobody counts with it: what is registered already does as well.
func Function() {
	prometheus.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "function"}, func() float64 { return 1 })) // silent "nothing goes on with the collector after"
}

// NewCollector makes a collector that is more than a metric.
type collector struct{ prometheus.Collector }

func NewCollector() *collector { return &collector{} }

func (c *collector) interceptor() func() { return func() {} }

func Server() func() {
	c := NewCollector()
	err := prometheus.Register(c) // want `medium lost-register: the error of Register is only logged, so a second collector`
	if err != nil {
		slog.Warn("failed to register metrics", slog.Any("error", err))
	}
	return c.interceptor()
}

// Nothing is done with it afterwards.
func Collectors() {
	_ = prometheus.Register(NewCollector())
}

// The constructor is seen to run again and again.

func newAgain(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "again_total"})
	if err := reg.Register(c); err != nil { // want `lost-register: the error of Register is only logged, so a second again_total`
		log.Print(err)
	}
	return &metrics{c}
}

func newOnPurpose(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "on_purpose_total"})
	_ = reg.Register(c) // want `medium lost-register: the error of Register is dropped, so a second on_purpose_total`
	return &metrics{c}
}

func All(reg prometheus.Registerer, names []string) (all []*metrics) {
	for range names {
		all = append(all, newAgain(reg), newOnPurpose(reg))
	}
	return all
}

// Nothing shows that there is a second one, and the author does not mind.
func NewOnly(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "only_total"})
	_ = reg.Register(c)
	return &metrics{c}
}

// What is there already does as well.
func NewKnown(reg prometheus.Registerer) *metrics {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "known_total"})
	err := reg.Register(c)
	if already := (prometheus.AlreadyRegisteredError{}); errors.As(err, &already) {
		c, _ = already.ExistingCollector.(prometheus.Counter)
	}
	return &metrics{c}
}
