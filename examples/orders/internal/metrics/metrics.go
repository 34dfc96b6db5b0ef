// Package metrics holds what the service measures about itself.
package metrics

import "github.com/prometheus/client_golang/prometheus"

// Metrics are the collectors of the service.
type Metrics struct {
	Requests   *prometheus.CounterVec   // by route and code
	Latency    *prometheus.HistogramVec // by route
	Charges    *prometheus.CounterVec   // by outcome
	Deliveries *prometheus.CounterVec   // by event and outcome
	Looking    *prometheus.GaugeVec     // by order
}

// New creates the collectors and registers them with reg.
func New(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		Requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "orders_requests_total",
			Help: "Requests answered.",
		}, []string{"route", "code"}),
		Latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "orders_request_seconds",
			Help:    "Time taken to answer a request.",
			Buckets: prometheus.DefBuckets,
		}, []string{"route"}),
		Charges: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "orders_charges_total",
			Help: "Attempts to charge an order.",
		}, []string{"outcome"}),
		Deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "orders_deliveries_total",
			Help: "Events sent to the web hook.",
		}, []string{"event", "outcome"}),
	}
	m.Looking = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "orders_looking",
		Help: "Customers who look at an order.",
	}, []string{"order"})
	reg.MustRegister(m.Looking, m.Requests, m.Latency, m.Charges, m.Deliveries)
	return m
}
