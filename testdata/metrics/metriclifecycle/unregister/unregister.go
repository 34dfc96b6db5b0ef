// Package unregister takes collectors out of registries.
package unregister

import "github.com/prometheus/client_golang/prometheus"

// wrapped registers through a wrapper and unregisters below it.
type wrapped struct {
	reg  prometheus.Registerer
	jobs prometheus.Gauge
}

func newWrapped(reg prometheus.Registerer, id string) *wrapped {
	w := &wrapped{reg: reg, jobs: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobs"})}
	prometheus.WrapRegistererWith(prometheus.Labels{"id": id}, reg).MustRegister(w.jobs)
	return w
}

func (w *wrapped) Close() {
	w.reg.Unregister(w.jobs) // want `unregister-mismatch: this Unregister finds nothing, because jobs is registered through a wrapper that changes its labels or prefix; call it on the same Registerer`
}

// prefixed does the same with the default registry.
type prefixed struct{ jobs prometheus.Gauge }

func newPrefixed() *prefixed {
	p := &prefixed{prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobs"})}
	reg := prometheus.WrapRegistererWithPrefix("shop_", prometheus.DefaultRegisterer)
	reg.MustRegister(p.jobs)
	return p
}

func (p *prefixed) Close() {
	prometheus.Unregister(p.jobs) // want `unregister-mismatch: jobs is registered through a wrapper`
}

// backwards does it the other way round.
type backwards struct{ jobs prometheus.Gauge }

func newBackwards() *backwards {
	b := &backwards{prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobs"})}
	prometheus.MustRegister(b.jobs)
	return b
}

func (b *backwards) Close(id string) {
	prometheus.WrapRegistererWith(prometheus.Labels{"id": id}, prometheus.DefaultRegisterer).Unregister(b.jobs) // want `unregister-mismatch: this Unregister finds nothing, because jobs is registered in the registry itself`
}

// kept keeps the wrapper.
type kept struct {
	reg  prometheus.Registerer
	jobs prometheus.Gauge
}

func newKept(reg prometheus.Registerer, id string) *kept {
	reg = prometheus.WrapRegistererWith(prometheus.Labels{"id": id}, reg)
	k := &kept{reg: reg, jobs: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jobs"})}
	reg.MustRegister(k.jobs)
	return k
}

func (k *kept) Close() { k.reg.Unregister(k.jobs) }

// forgetful registers three and unregisters two.
type forgetful struct {
	reg                prometheus.Registerer
	done, failed, late prometheus.Counter
}

func newForgetful(reg prometheus.Registerer) *forgetful {
	f := &forgetful{
		reg:    reg,
		done:   prometheus.NewCounter(prometheus.CounterOpts{Name: "done_total"}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{Name: "failed_total"}),
		late:   prometheus.NewCounter(prometheus.CounterOpts{Name: "late_total"}),
	}
	reg.MustRegister(f.done, f.failed, f.late) // want `not-unregistered: late is registered here, but Stop unregisters only its siblings, so it stays and the next forgetful collides with it; unregister it there, too`
	return f
}

func (f *forgetful) Stop() {
	f.reg.Unregister(f.done)
	f.reg.Unregister(f.failed)
}

// thorough has a loop for all.
type thorough struct {
	reg          prometheus.Registerer
	done, failed prometheus.Counter
}

func newThorough(reg prometheus.Registerer) *thorough {
	t := &thorough{
		reg:    reg,
		done:   prometheus.NewCounter(prometheus.CounterOpts{Name: "done_total"}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{Name: "failed_total"}),
	}
	reg.MustRegister(t.collectors()...)
	return t
}

func (t *thorough) collectors() []prometheus.Collector {
	return []prometheus.Collector{t.done, t.failed}
}

// rollback takes out what it has put in when it cannot go on.
type rollback struct{ a, b prometheus.Counter }

func newRollback(reg prometheus.Registerer) (*rollback, error) {
	r := &rollback{
		a: prometheus.NewCounter(prometheus.CounterOpts{Name: "a_total"}),
		b: prometheus.NewCounter(prometheus.CounterOpts{Name: "b_total"}),
	}
	if err := reg.Register(r.a); err != nil {
		return nil, err
	}
	if err := reg.Register(r.b); err != nil {
		reg.Unregister(r.a)
		return nil, err
	}
	return r, nil
}

// replaced makes room for another collector of the same name.
type replaced struct{ series, users prometheus.Gauge }

func newReplaced(reg prometheus.Registerer) *replaced {
	r := &replaced{
		series: prometheus.NewGauge(prometheus.GaugeOpts{Name: "series"}),
		users:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "users"}),
	}
	reg.MustRegister(r.series, r.users)
	return r
}

func (r *replaced) count(reg prometheus.Registerer, series func() float64) {
	reg.Unregister(r.series)
	reg.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "series"}, series))
}
