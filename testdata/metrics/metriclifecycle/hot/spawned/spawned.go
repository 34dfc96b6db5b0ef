// Package spawned registers collectors in goroutines that loops start.
package spawned

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

type gauges struct{ open prometheus.Gauge }

func newGauges(reg prometheus.Registerer, peer string) *gauges {
	g := &gauges{open: prometheus.NewGauge(prometheus.GaugeOpts{
		Name:        "peer_open",
		ConstLabels: prometheus.Labels{"peer": peer},
	})}
	reg.MustRegister(g.open)
	return g
}

func newShared(reg prometheus.Registerer) *gauges {
	g := &gauges{open: prometheus.NewGauge(prometheus.GaugeOpts{Name: "shared_open"})}
	reg.MustRegister(g.open)
	return g
}

func Spawn(reg prometheus.Registerer, peers <-chan string, jobs []int) {
	for p := range peers {
		go func() {
			newGauges(reg, p).open.Set(1) // want `medium hot-register: MustRegister in newGauges runs on each iteration of the loop and panics or adds a collector each time; use one vector with a label instead`
		}()
	}
	for {
		p, ok := <-peers
		if !ok {
			break
		}
		newGauges(reg, p).open.Set(1) // want `medium hot-register: MustRegister in newGauges runs on each iteration`
	}
	for range jobs {
		go func() {
			newShared(reg).open.Set(1) // want `medium hot-register: MustRegister in newShared runs on each iteration of the loop and panics on the second: shared_open is registered already`
		}()
		go func() {
			reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "spawned"})) // want `hot-register: MustRegister runs on each iteration of the loop and panics on the second: spawned`
		}()
	}
}

func Serve(w http.ResponseWriter, r *http.Request) {
	newShared(prometheus.DefaultRegisterer).open.Set(1) // want `medium hot-register: MustRegister in newShared runs on each call of the HTTP handler Serve and panics on the second: shared_open`
}

func SpawnRight(reg prometheus.Registerer, peers <-chan string, names []string) {
	known := make(map[string]*gauges)
	for p := range peers {
		if known[p] == nil {
			known[p] = newGauges(reg, p) // once for each peer
		}
	}
	for _, name := range names { // a list names each once
		go func() { newGauges(reg, name).open.Set(1) }()
	}
	for range peers { // a registry for each
		own := prometheus.NewRegistry()
		go func() {
			newShared(own).open.Set(1)
			promauto.With(own).NewGauge(prometheus.GaugeOpts{Name: "own_spawned"})
		}()
	}
	for p := range peers { // the first decides
		newGauges(reg, p).open.Set(1)
		return
	}
}

// The variable changes from iteration to iteration.
func SpawnEach(regs []prometheus.Registerer) {
	var reg prometheus.Registerer
	for _, reg = range regs {
		func() { newShared(reg).open.Set(1) }()
	}
}
