// Package loop unregisters all collectors in a loop.
package loop

import "github.com/prometheus/client_golang/prometheus"

type all struct {
	reg          prometheus.Registerer
	done, failed prometheus.Counter
	rest         []prometheus.Collector
}

func newAll(reg prometheus.Registerer) *all {
	a := &all{
		reg:    reg,
		done:   prometheus.NewCounter(prometheus.CounterOpts{Name: "done_total"}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{Name: "failed_total"}),
	}
	reg.MustRegister(a.done, a.failed)
	a.rest = append(a.rest, a.failed)
	return a
}

func (a *all) Close() {
	a.reg.Unregister(a.done)
	for _, c := range a.rest {
		a.reg.Unregister(c)
	}
}

// equal unregisters another collector with an equal description.
type equal struct{ reg prometheus.Registerer }

func (e *equal) Close() {
	e.reg.Unregister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobs"}))
}
