package arity

import (
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"ctxlint.test/metrics/metriclifecycle/arity/lib"
)

func Right(m *lib.Metrics, s *server, c *collector, host string, values []string) {
	failures.WithLabelValues(host, "200").Inc()
	failures.WithLabelValues(values...).Inc()
	failures.WithLabelValues(append(values, host)...).Inc()
	failures.With(prometheus.Labels{"code": "200", "host": host}).Inc()
	failures.DeletePartialMatch(prometheus.Labels{"host": host})
	failures.MustCurryWith(prometheus.Labels{"host": host}).WithLabelValues("200").Inc()
	failures.MustCurryWith(prometheus.Labels{"host": host}).MustCurryWith(prometheus.Labels{"code": "200"}).WithLabelValues().Inc()
	lib.Requests.WithLabelValues("200", "GET").Inc()
	m.Jobs.WithLabelValues("mail", "ok").Inc()
	s.limits.hits.WithLabelValues().Inc()
	sold.WithLabelValues("me", "book").Inc()
	zero.Inc("1", "2")
	_ = prometheus.MustNewConstMetric(c.up, prometheus.GaugeValue, 1, host)
}

// The labels depend on a setting.
func Several(detailed bool, host string) {
	labels := []string{"host"}
	if detailed {
		labels = append(labels, "path")
	}
	v := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "several"}, labels)
	if detailed {
		v.WithLabelValues(host, "/").Inc()
	} else {
		v.WithLabelValues(host).Inc()
	}

	values := []string{host}
	if detailed {
		values = append(values, "/")
	}
	v.WithLabelValues(values...).Inc()
	failures.WithLabelValues(values...).Inc()

	w := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "one"}, []string{"a"})
	if detailed {
		w = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "two"}, []string{"a", "b"})
	}
	w.WithLabelValues("x").Inc()
}

// Two instances of one type have different labels.
type recorder struct{ vec *prometheus.CounterVec }

var (
	coarse = recorder{prometheus.NewCounterVec(prometheus.CounterOpts{Name: "coarse"}, []string{"a"})}
	fine   = recorder{prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fine"}, []string{"a", "b"})}
)

func (r recorder) record() { r.vec.WithLabelValues("x").Inc() }

func Recorders() {
	coarse.record()
	fine.vec.WithLabelValues("x", "y").Inc()
}

// Nobody here knows the labels.
func Unknown(v *prometheus.CounterVec, vectors map[string]*prometheus.CounterVec, name string, all []*prometheus.CounterVec) {
	v.WithLabelValues("a").Inc()
	vectors[name].WithLabelValues("a", "b").Inc()
	for _, v := range all {
		v.WithLabelValues("a", "b", "c").Inc()
	}
	prometheus.NewCounterVec(prometheus.CounterOpts{Name: "env"}, os.Args).WithLabelValues("a").Inc()
}

// The variable is filled by code that is not seen.
var filled *prometheus.CounterVec

func fill(p **prometheus.CounterVec, labels []string) {
	*p = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "filled"}, labels)
}

func Filled() {
	filled = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "filled"}, []string{"a"})
	fill(&filled, []string{"a", "b"})
	filled.WithLabelValues("a", "b").Inc()
}

// Others may add to the map.
func Maps2(host string, extra map[string]string, also bool, add func(map[string]string)) {
	l := prometheus.Labels{"host": host}
	for k, v := range extra {
		l[k] = v
	}
	failures.With(l).Inc()

	m := prometheus.Labels{"host": host}
	add(m)
	failures.With(m).Inc()

	n := prometheus.Labels{"host": host}
	if also {
		n["code"] = "200"
	}
	failures.With(n).Inc()

	o := prometheus.Labels{"host": host}
	o["code"] = "500"
	failures.With(o).Inc()
}

// Loops make lists of unknown length.
func Loops(names []string) {
	var labels, values []string
	for _, n := range names {
		labels = append(labels, n)
		values = append(values, n)
	}
	prometheus.NewCounterVec(prometheus.CounterOpts{Name: "loop"}, labels).WithLabelValues("a").Inc()
	failures.WithLabelValues(values...).Inc()
	two := make([]string, 2)
	copy(two, names)
	failures.WithLabelValues(two...).Inc()
	failures.WithLabelValues(make([]string, 2)...).Inc()
}

// A variable that is made anew with the same labels.
func Again() {
	failures = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "failures_total"}, []string{"host", "code"})
}

// The collector that was registered before has the same labels.
func Existing(reg prometheus.Registerer) {
	v := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "existing_total"}, []string{"a"})
	if err := reg.Register(v); err != nil { // silent "somebody gets the error of Register,"
		if already, ok := err.(prometheus.AlreadyRegisteredError); ok {
			v = already.ExistingCollector.(*prometheus.CounterVec)
		}
	}
	v.WithLabelValues("x").Inc()
}
