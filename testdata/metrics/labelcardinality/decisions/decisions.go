// Package decisions has labels that are left as they are for reasons that other packages
// beside it do not have.
package decisions

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "asked_total"}, []string{"what"})

func started() {
	prometheus.MustRegister(prometheus.NewCounter(prometheus.CounterOpts{
		Name:        "started_total",
		ConstLabels: prometheus.Labels{"at": time.Now().String()}, // silent "it is set once for the life"
	}))
}

func last(parts []string, n int) string {
	if n == 0 {
		return ""
	}
	return last(parts, n-1)
}

func circular(parts []string) {
	vec.WithLabelValues(last(parts, len(parts))).Inc() // silent "the way to where the value comes from is too long"
}

func received(names <-chan string) {
	vec.WithLabelValues(<-names).Inc() // silent "where the value comes from is not known"
}
