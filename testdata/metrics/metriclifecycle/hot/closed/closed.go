// Package closed takes out of the registry what it has put there.
package closed

import "github.com/prometheus/client_golang/prometheus"

type gauges struct {
	reg  prometheus.Registerer
	open prometheus.Gauge
}

func newGauges(reg prometheus.Registerer, peer string) *gauges {
	g := &gauges{reg: reg, open: prometheus.NewGauge(prometheus.GaugeOpts{
		Name:        "peer_open",
		ConstLabels: prometheus.Labels{"peer": peer},
	})}
	reg.MustRegister(g.open) // silent "the collector is unregistered"
	return g
}

func (g *gauges) close() { g.reg.Unregister(g.open) } // silent "the collector is taken out of the registry"

func Spawn(reg prometheus.Registerer, peers <-chan string) {
	for p := range peers {
		go func() {
			g := newGauges(reg, p)
			defer g.close()
			g.open.Set(1)
		}()
	}
}
