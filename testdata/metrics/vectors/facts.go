// Package vectors declares what other packages can know of vectors.
package vectors

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	kube "k8s.io/component-base/metrics"
)

var Requests = promauto.NewCounterVec(prometheus.CounterOpts{Namespace: "shop", Subsystem: "http", Name: "requests_total"}, []string{"code", "method"}) // want Requests:`^vector shop_http_requests_total\{code,method\}$`

var Names = []string{"queue", "result"} // want Names:`^labels queue,result$`

var hidden = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "hidden"}, Names)

var Curried = hidden.MustCurryWith(prometheus.Labels{"queue": "mail"}) // want Curried:`^vector hidden\{result\} curried queue$`

var Constant = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "constant", ConstLabels: prometheus.Labels{"zone": "eu"}}, nil) // want Constant:`^vector constant\{\} const zone$`

var Kube = kube.NewCounterVec(&kube.CounterOpts{Subsystem: "scheduler", Name: "runs_total"}, []string{"plugin"}) // want Kube:`^vector scheduler_runs_total\{plugin\}$`

var Depth = prometheus.NewDesc(prometheus.BuildFQName("shop", "queue", "depth"), "Jobs.", []string{"queue"}, prometheus.Labels{"a": "b"}) // want Depth:`^vector shop_queue_depth\{queue\} const a$`

var namespace = "shop"

// A name that changes is not known, and what is, is all that is said.
var (
	Named   = prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: "named"}, []string{"a"})  // want Named:`^vector shop_named\{a\}$`
	Renamed = prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: changing, Name: "renamed"}, []string{"a"}) // want Renamed:`^vector \?_renamed\{a\}$`
)

var changing = "a"

func Change(to string) { changing = to }

// Variables that may hold either of two are none of importers' business.
var Either *prometheus.CounterVec

func Choose(b bool) {
	if b {
		Either = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "either"}, []string{"a"})
	} else {
		Either = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "either"}, []string{"b"})
	}
}

type Metrics struct {
	Jobs     *prometheus.GaugeVec   // want Jobs:`^vector jobs\{queue,result\}$`
	Duration prometheus.ObserverVec // want Duration:`^vector job_seconds\{queue\}$`
	Given    *prometheus.CounterVec
	hidden   *prometheus.CounterVec
}

func New(given *prometheus.CounterVec) *Metrics {
	return &Metrics{
		Jobs:     prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobs"}, Names),
		Duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "job_seconds"}, []string{"queue"}),
		Given:    given,
		hidden:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hidden"}, Names),
	}
}

func (m *Metrics) Hidden() *prometheus.CounterVec { return m.hidden } // want Hidden:`^vector hidden\{queue,result\}$`

func Counter(name string, labels ...string) *prometheus.CounterVec { // want Counter:`^vector shop_\$1\{tenant,\$2...\}$`
	return promauto.NewCounterVec(prometheus.CounterOpts{Namespace: "shop", Name: name}, append([]string{"tenant"}, labels...))
}

func FromOptions(opts prometheus.CounterOpts, label string) (*prometheus.CounterVec, error) { // want FromOptions:`^vector \$1.Namespace_\$1.Subsystem_\$1.Name\{\$2\}$`
	v := prometheus.NewCounterVec(opts, []string{label})
	return v, prometheus.Register(v)
}

func Registered[C prometheus.Collector](reg prometheus.Registerer, c C) C { // want Registered:`^\$2$`
	reg.MustRegister(c)
	return c
}

func Two() (int, *prometheus.Desc) { // want Two:`^1: vector shop_queue_depth\{queue\} const a$`
	return 2, Depth
}

func Labels(more ...string) []string { return append([]string{"a"}, more...) } // want Labels:`^labels a,\$1...$`

func Add(v *prometheus.CounterVec, values ...string) { v.WithLabelValues(values...).Inc() } // want Add:`^WithLabelValues of \$1: labels \$2\.\.\.$`

func AddRequest(code string, more ...string) { // want AddRequest:`^WithLabelValues of vector shop_http_requests_total\{code,method\}: labels \?,\$2\.\.\.$`
	Requests.WithLabelValues(append([]string{code + "!"}, more...)...).Inc()
}

func AddSome(v *prometheus.CounterVec, values ...string) {
	if len(values) == 1 {
		v.WithLabelValues(values...).Inc()
	}
}
