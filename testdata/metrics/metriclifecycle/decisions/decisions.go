// Package decisions deletes a series whose labels are constants.
package decisions

import "github.com/prometheus/client_golang/prometheus"

type queue struct{ depth *prometheus.GaugeVec }

func newQueue() *queue {
	return &queue{depth: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "queue_depth"}, []string{"state"})}
}

func (q *queue) fill(state string, n int) { q.depth.WithLabelValues(state).Set(float64(n)) }

func (q *queue) drop() {
	q.depth.DeleteLabelValues("waiting") // silent "the labels by which it deletes are constants"
}
