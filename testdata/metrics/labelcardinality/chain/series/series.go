// Package series makes the series.
package series

import "github.com/prometheus/client_golang/prometheus"

var seen = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"path"})

// Count counts what is at path.
func Count(path string) { seen.WithLabelValues(path).Inc() } // want Count:"label\\(0\\)"

// A Counter counts.
type Counter interface {
	Add(n int, path string) // want Add:"label\\(1\\)"
}

type counter struct{}

// New returns a Counter.
func New() Counter { return counter{} }

func (counter) Add(n int, path string) { seen.WithLabelValues(path).Add(float64(n)) } // want Add:"label\\(1\\)"

// Labels are the labels of a request.
type Labels struct{ Path, Zone string }

// Observe counts what l tells of.
func Observe(l Labels) { observe(&l) } // want Observe:"label\\(0.Path\\)"

// ObserveAt counts what l tells of.
func ObserveAt(l *Labels) { observe(l) } // want ObserveAt:"label\\(0.Path\\)"

func observe(l *Labels) { seen.WithLabelValues(l.Path).Inc() }
