// Package never unregisters nothing.
package never

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// conn has labels of its own in the registry of the process.
type conn struct{ sent, received prometheus.Counter }

func newConn(peer string) *conn {
	return &conn{
		sent:     promauto.NewCounter(prometheus.CounterOpts{Name: "sent_total", ConstLabels: prometheus.Labels{"peer": peer}}), // want `medium not-unregistered: sent is registered here for each conn, but Close does not unregister it, so the registry keeps one for every conn there ever was; unregister it there`
		received: promauto.NewCounter(prometheus.CounterOpts{Name: "received_total", ConstLabels: prometheus.Labels{"peer": peer}}),
	}
}

func (c *conn) Close() error { return nil }

// wrapped has them by a wrapper.
type wrapped struct{ sent prometheus.Counter }

func newWrapped(peer string) *wrapped {
	w := &wrapped{sent: prometheus.NewCounter(prometheus.CounterOpts{Name: "sent_total"})}
	prometheus.WrapRegistererWith(prometheus.Labels{"peer": peer}, prometheus.DefaultRegisterer).MustRegister(w.sent) // want `medium not-unregistered: sent is registered here for each wrapped, but Stop does not`
	return w
}

func (w *wrapped) Stop() {}

// given has a registry that its owner may throw away.
type given struct{ sent prometheus.Counter }

func newGiven(reg prometheus.Registerer, peer string) *given {
	return &given{sent: promauto.With(reg).NewCounter(prometheus.CounterOpts{Name: "given_total", ConstLabels: prometheus.Labels{"peer": peer}})}
}

func (g *given) Close() {}

// single is the only one of its kind.
type single struct{ sent prometheus.Counter }

func newSingle() *single {
	return &single{sent: promauto.NewCounter(prometheus.CounterOpts{Name: "single_total", ConstLabels: prometheus.Labels{"version": "1"}})}
}

func (s *single) Close() {}

// endless has no end.
type endless struct{ sent prometheus.Counter }

func newEndless(peer string) *endless {
	return &endless{sent: promauto.NewCounter(prometheus.CounterOpts{Name: "endless_total", ConstLabels: prometheus.Labels{"peer": peer}})} // silent "its owner has no method that ends it"
}

// peerConn is made for each peer.
type peerConn struct{ sent prometheus.Counter }

func newPeerConn(peer string) *peerConn {
	return &peerConn{sent: promauto.NewCounter(prometheus.CounterOpts{Name: "peer_sent_total", ConstLabels: prometheus.Labels{"peer": peer}})} // want `not-unregistered: sent is registered here for each peerConn, but Close does not unregister it`
}

func (c *peerConn) Close() {}

func Dial(peers []string) (conns []*peerConn) {
	for _, peer := range peers {
		conns = append(conns, newPeerConn(peer))
	}
	return conns
}

// process is made once, by init.
type process struct{ up prometheus.Gauge }

func newProcess(host string) *process {
	return &process{up: promauto.NewGauge(prometheus.GaugeOpts{Name: "up", ConstLabels: prometheus.Labels{"host": host}})}
}

func (p *process) Close() {}

var theProcess *process

func init() { theProcess = newProcess("here") }
