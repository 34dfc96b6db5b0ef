package arity

import (
	"github.com/prometheus/client_golang/prometheus"

	"ctxlint.test/metrics/metriclifecycle/arity/lib"
)

type stock struct {
	items  *prometheus.GaugeVec
	orders *prometheus.CounterVec
	open   *prometheus.GaugeVec
}

func newStock() *stock {
	return &stock{
		items:  prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "stock_items"}, []string{"shelf", "kind"}),
		orders: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "stock_orders_total"}, []string{"customer"}),
		open:   prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "stock_open"}, nil),
	}
}

func set(v *prometheus.GaugeVec, n float64, values ...string) { v.WithLabelValues(values...).Set(n) }

func setIfAny(v *prometheus.GaugeVec, n float64, values ...string) {
	if v == nil {
		return
	}
	set(v, n, values...)
}

func inc(v *prometheus.CounterVec, customer string) { v.WithLabelValues(customer).Inc() }

func withKind(v *prometheus.GaugeVec, kind string, values ...string) {
	v.DeleteLabelValues(append(values, kind)...)
}

func (s *stock) ordered(values ...string) { s.orders.WithLabelValues(values...).Inc() } // silent "which labels the call gives is not known"

// setFitting knows that vectors differ.
func setFitting(v *prometheus.GaugeVec, shelved bool, values ...string) {
	if shelved {
		v.WithLabelValues("top", "book").Set(1)
	} else {
		v.WithLabelValues().Set(1)
	}
	if len(values) == 2 {
		v.WithLabelValues(values...).Set(1)
	}
}

// padded passes as many values as it needs.
func padded(v *prometheus.GaugeVec, values ...string) {
	for len(values) < 2 {
		values = append(values, "")
	}
	v.WithLabelValues(values...).Set(1)
}

// other uses another vector than the one that it is given.
func (s *stock) other(v *prometheus.GaugeVec) {
	v = s.open
	v.WithLabelValues().Set(1) // silent "the call gives the labels that the vector"
}

// descend passes on what it gets.
func descend(v *prometheus.GaugeVec, depth int, values ...string) {
	v.WithLabelValues(values...).Set(float64(depth))
	if depth > 0 {
		descend(v, depth-1, values...)
	}
}

func (s *stock) Short(shelf string) {
	set(s.items, 1, shelf)                  // want `arity: set passes 1 label value to WithLabelValues, but stock_items has 2 labels \(shelf, kind\), so it panics at run time; pass one value for each label`
	set(s.open, 1, shelf)                   // want `arity: set passes 1 label value to WithLabelValues, but stock_open has no labels`
	setIfAny(s.items, 1, shelf, "book", "") // want `arity: setIfAny passes 3 label values to WithLabelValues, but stock_items has 2 labels`
	defer withKind(s.items, "book")         // want `arity: withKind passes 1 label value to DeleteLabelValues, but stock_items has 2 labels .* so it deletes nothing`
	s.ordered()                             // want `arity: ordered passes no label values to WithLabelValues, but stock_orders_total has 1 label`
	descend(s.items, 1, shelf)              // want `arity: descend passes 1 label value`
	inc(failures, shelf)                    // want `arity: inc passes 1 label value to WithLabelValues, but failures_total has 2 labels`
}

func (s *stock) Elsewhere(shelf string) {
	lib.Set(s.items, 1, shelf) // want `arity: Set passes 1 label value to WithLabelValues, but stock_items has 2 labels`
	lib.Set(s.items, 1, shelf, "book")
}

func (s *stock) Fits(shelf string, values []string, unknown *prometheus.GaugeVec) {
	set(s.items, 1, shelf, "book")
	set(s.open, 1)
	set(s.items, 1, values...)
	set(unknown, 1, shelf)
	setIfAny(s.items, 1, shelf, "book")
	withKind(s.items, "book", shelf)
	s.ordered(shelf)
	descend(s.items, 1, shelf, "book")
	inc(s.orders, shelf)
	setFitting(s.items, true, shelf)
	setFitting(s.open, false, shelf)
	padded(s.items, shelf)
	s.other(s.items)
}
