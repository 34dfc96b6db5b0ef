package lost

import "github.com/prometheus/client_golang/prometheus"

type spool struct {
	depth prometheus.Gauge
	lag   prometheus.Gauge
	label string
}

func NewSpool(reg prometheus.Registerer) *spool {
	s := &spool{
		depth: prometheus.NewGauge(prometheus.GaugeOpts{Name: "spool_depth"}),
		lag:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "spool_lag"}),
	}
	reg.Register(s.depth)   // want `medium lost-register: the error of Register is dropped, so a second spool_depth`
	_ = reg.Register(s.lag) // silent "the error is given to the blank identifier,"
	return s
}

type feed struct{ read prometheus.Counter }

func newFeed(reg prometheus.Registerer) *feed {
	f := &feed{read: prometheus.NewCounter(prometheus.CounterOpts{Name: "feed_read_total"})}
	reg.Register(f.read) // want `lost-register: the error of Register is dropped, so a second feed_read_total`
	return f
}

func Feeds(reg prometheus.Registerer, names []string) (all []*feed) {
	for range names {
		all = append(all, newFeed(reg))
	}
	return all
}

// The error is returned.

type checked struct{ n prometheus.Counter }

func NewChecked(reg prometheus.Registerer) (*checked, error) {
	c := &checked{n: prometheus.NewCounter(prometheus.CounterOpts{Name: "checked_total"})}
	return c, reg.Register(c.n)
}

// What is there already takes the place of the new one.

type either struct{ n prometheus.Counter }

func NewEither(reg prometheus.Registerer, old prometheus.Counter) *either {
	e := &either{n: prometheus.NewCounter(prometheus.CounterOpts{Name: "either_total"})}
	reg.Register(e.n)
	if old != nil {
		e.n = old
	}
	return e
}

// The struct ends with the function, and nothing counts.

type passing struct{ n prometheus.Counter }

func Passing(reg prometheus.Registerer) {
	p := &passing{n: prometheus.NewCounter(prometheus.CounterOpts{Name: "passing_total"})}
	reg.Register(p.n)
}

// Another function has made it.

func (s *spool) Attach(reg prometheus.Registerer) { reg.Register(s.depth) }
