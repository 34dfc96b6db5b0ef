// Package lib declares vectors that other packages use.
package lib

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var Requests = promauto.NewCounterVec(prometheus.CounterOpts{Namespace: "shop", Subsystem: "http", Name: "requests_total"}, []string{"code", "method"}) // silent "it runs once in the life of the process:"

// Names are the labels of several vectors.
var Names = []string{"queue", "result"}

type Metrics struct {
	Jobs     *prometheus.GaugeVec
	Duration prometheus.ObserverVec
	Depth    *prometheus.Desc
}

func New(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		Jobs:     promauto.With(reg).NewGaugeVec(prometheus.GaugeOpts{Name: "jobs"}, Names),
		Duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "job_seconds"}, Names),
	}
	m.Depth = prometheus.NewDesc("queue_depth", "Jobs that wait.", []string{"queue"}, nil)
	return m
}

// Counter makes a counter with one more label than it is asked for.
func Counter(name string, labels ...string) *prometheus.CounterVec {
	return promauto.NewCounterVec(prometheus.CounterOpts{Namespace: "shop", Name: name}, append([]string{"tenant"}, labels...)) // silent "the function is not seen to run again"
}

// Registered returns the collector that it is given.
func Registered[C prometheus.Collector](reg prometheus.Registerer, c C) C {
	if err := reg.Register(c); err != nil { // silent "the collector is not made here, and"
		if already, ok := err.(prometheus.AlreadyRegisteredError); ok {
			return already.ExistingCollector.(C)
		}
		panic(err)
	}
	return c
}

// Set passes the values on.
func Set(v *prometheus.GaugeVec, n float64, values ...string) { v.WithLabelValues(values...).Set(n) } // silent "which labels the vector has is not known"
