// Package arity gives vectors labels that they do not have.
package arity

import (
	"context"
	"errors"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/zeromicro/go-zero/core/metric"

	"ctxlint.test/metrics/metriclifecycle/arity/lib"
)

var failures = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "failures_total"}, []string{"host", "code"})

func Send(host string) error {
	if err := dial(host); err != nil {
		failures.WithLabelValues(host).Inc() // want `arity: WithLabelValues gets 1 label value, but failures_total has 2 labels \(host, code\), so it panics at run time; pass one value for each label`
		return err
	}
	return nil
}

func dial(string) error { return errors.New("no") }

func Methods(host string) {
	defer failures.DeleteLabelValues(host)                             // want `arity: DeleteLabelValues gets 1 label value, but failures_total has 2 labels \(host, code\), so it deletes nothing`
	failures.WithLabelValues(host, "200", "GET").Inc()                 // want `arity: gets 3 label values, but failures_total has 2 labels`
	failures.WithLabelValues()                                         // want `arity: gets no label values, but`
	failures.WithLabelValues([]string{host}...)                        // want `arity: gets 1 label value, but`
	if c, err := failures.GetMetricWithLabelValues(host); err == nil { // want `arity: GetMetricWithLabelValues gets 1 label value, but .* so it returns an error and no metric`
		c.Inc()
	}
	failures.With(prometheus.Labels{"host": host}).Inc()                                       // want `arity: With gets the label host, but failures_total has 2 labels \(host, code\), so it panics at run time; give exactly the labels that it has`
	failures.With(prometheus.Labels{"host": host, "method": "GET"}).Inc()                      // want `arity: With gets the labels host, method, but failures_total`
	failures.Delete(prometheus.Labels{"host": host})                                           // want `arity: Delete gets the label host, but .* so it deletes nothing`
	failures.DeletePartialMatch(prometheus.Labels{"hostname": host})                           // want `arity: DeletePartialMatch gets the label hostname, but .* so it deletes nothing; name labels that it has`
	_, _ = failures.CurryWith(prometheus.Labels{"path": "/"})                                  // want `arity: CurryWith gets the label path, but .* so it returns an error and no vector`
	_ = failures.MustCurryWith(prometheus.Labels{"path": "/"})                                 // want `arity: MustCurryWith gets the label path, but .* so it panics at run time`
	_, _ = failures.GetMetricWith(prometheus.Labels{})                                         // want `arity: GetMetricWith gets no labels, but`
	failures.MustCurryWith(prometheus.Labels{"host": host}).WithLabelValues(host, "200").Inc() // want `arity: WithLabelValues gets 2 label values, but failures_total has 1 label left \(code\)`
	failures.MetricVec.DeleteLabelValues(host)                                                 // want `arity: DeleteLabelValues gets 1 label value`
}

type server struct {
	requests *prometheus.CounterVec
	latency  prometheus.ObserverVec
	limits   struct{ hits *prometheus.GaugeVec }
	*prometheus.SummaryVec
}

func newServer(reg prometheus.Registerer) *server {
	s := &server{
		requests:   promauto.With(reg).NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"method"}),
		SummaryVec: prometheus.NewSummaryVec(prometheus.SummaryOpts{Name: "sizes"}, []string{"kind"}),
	}
	s.latency = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "latency_seconds"}, []string{"method", "code"})
	s.limits.hits = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "hits"}, nil)
	return s
}

func (s *server) serve() {
	s.requests.WithLabelValues("GET", "200").Inc()  // want `arity: gets 2 label values, but requests_total has 1 label \(method\)`
	s.latency.WithLabelValues("GET").Observe(1)     // want `arity: gets 1 label value, but latency_seconds has 2 labels`
	s.limits.hits.WithLabelValues("GET").Inc()      // want `arity: gets 1 label value, but hits has no labels`
	s.WithLabelValues("a", "b").Observe(1)          // want `arity: gets 2 label values, but sizes has 1 label \(kind\)`
	func() { s.requests.WithLabelValues().Inc() }() // want `arity: gets no label values, but requests_total`
}

func Locals(other bool) {
	labels := []string{"a", "b"}
	labels = append(labels, "c")
	v := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "local"}, labels)
	set := func(x string) { v.WithLabelValues(x, x).Set(1) } // want `arity: gets 2 label values, but local has 3 labels \(a, b, c\)`
	set("x")

	w := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "one"}, []string{"a"})
	if other {
		w = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "two"}, []string{"a"})
	}
	w.WithLabelValues("x", "y").Set(1) // want `arity: gets 2 label values, but the vector has 1 label \(a\)`
}

// define is a helper of the kind that most services have.
func define(name string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name}, labels)
}

var (
	hits   = define("hits_total", "cache", "level")
	misses = lib.Registered(prometheus.DefaultRegisterer, define("misses_total", "cache"))
	sold   = lib.Counter("sold_total", "item")

	constrained = prometheus.V2.NewCounterVec(prometheus.CounterVecOpts{
		CounterOpts:    prometheus.CounterOpts{Name: "constrained_total"},
		VariableLabels: prometheus.ConstrainedLabels{{Name: "a"}, {Name: "b"}},
	})
	unconstrained = prometheus.V2.NewGaugeVec(prometheus.GaugeVecOpts{
		GaugeOpts:      prometheus.GaugeOpts{Name: "unconstrained"},
		VariableLabels: prometheus.UnconstrainedLabels([]string{"a"}),
	})
	zero = metric.NewCounterVec(&metric.CounterVecOpts{Name: "zero_total", Labels: []string{"a", "b"}})
)

func Helpers() {
	hits.WithLabelValues("users").Inc()           // want `arity: gets 1 label value, but hits_total has 2 labels \(cache, level\)`
	misses.WithLabelValues("users", "1").Inc()    // want `arity: gets 2 label values, but misses_total has 1 label \(cache\)`
	sold.WithLabelValues("book").Inc()            // want `arity: gets 1 label value, but shop_sold_total has 2 labels \(tenant, item\)`
	constrained.WithLabelValues("1").Inc()        // want `arity: gets 1 label value, but constrained_total has 2 labels \(a, b\)`
	unconstrained.WithLabelValues("1", "2").Inc() // want `arity: gets 2 label values, but unconstrained has 1 label \(a\)`
	zero.Inc("1")                                 // want `arity: Inc gets 1 label value, but zero_total has 2 labels \(a, b\), so it panics at run time`
	zero.Add(1, "1", "2", "3")                    // want `arity: Add gets 3 label values, but zero_total`
}

func OtherPackage(m *lib.Metrics) {
	lib.Requests.WithLabelValues("200").Inc()        // want `arity: gets 1 label value, but shop_http_requests_total has 2 labels \(code, method\)`
	m.Jobs.WithLabelValues("mail").Set(1)            // want `arity: gets 1 label value, but jobs has 2 labels \(queue, result\)`
	m.Duration.WithLabelValues("mail").Observe(1)    // want `arity: gets 1 label value, but job_seconds has 2 labels \(queue, result\)`
	lib.New(nil).Jobs.WithLabelValues("mail").Set(1) // want `arity: gets 1 label value, but jobs`
	own := define("own_total", lib.Names...)
	own.WithLabelValues("mail").Inc() // want `arity: gets 1 label value, but own_total has 2 labels \(queue, result\)`
}

type collector struct{ up, depth *prometheus.Desc }

func newCollector() *collector {
	return &collector{
		up:    prometheus.NewDesc(prometheus.BuildFQName("shop", "", "up"), "Whether it is.", []string{"host"}, prometheus.Labels{"job": "shop"}),
		depth: prometheus.NewDesc("depth", "How deep.", nil, nil),
	}
}

func (c *collector) Describe(ch chan<- *prometheus.Desc) { ch <- c.up }

func (c *collector) Collect(ch chan<- prometheus.Metric) {
	ch <- prometheus.MustNewConstMetric(c.up, prometheus.GaugeValue, 1)                            // want `arity: MustNewConstMetric gets no label values, but shop_up has 1 label \(host\), so it panics at run time`
	ch <- prometheus.MustNewConstMetric(c.depth, prometheus.GaugeValue, 1, "a")                    // want `arity: gets 1 label value, but depth has no labels`
	if m, err := prometheus.NewConstMetric(c.up, prometheus.GaugeValue, 1, "a", "b"); err == nil { // want `arity: NewConstMetric gets 2 label values, but shop_up has 1 label \(host\), so it returns an error and no metric`
		ch <- m
	}
}

func labelsFor(host string) prometheus.Labels {
	return prometheus.Labels{"host": host, "method": "GET"}
}

func Maps(ctx context.Context, host string) {
	l := prometheus.Labels{"host": host}
	l["status"] = "200"
	failures.With(l).Inc()               // want `arity: With gets the labels host, status, but failures_total`
	failures.With(labelsFor(host)).Inc() // want `arity: With gets the labels host, method, but failures_total`
}
