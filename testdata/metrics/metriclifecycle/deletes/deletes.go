// Package deletes deletes the series of entities that are gone.
package deletes

import "github.com/prometheus/client_golang/prometheus"

type pods struct {
	phase    *prometheus.GaugeVec
	restarts *prometheus.GaugeVec
	total    *prometheus.GaugeVec
	state    *prometheus.GaugeVec
}

func newPods() *pods {
	return &pods{
		phase:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pod_phase"}, []string{"pod", "phase"}),
		restarts: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pod_restarts"}, []string{"pod"}),
		total:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pods"}, []string{"node"}),
		state:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pod_state"}, []string{"pod", "state"}),
	}
}

func (p *pods) update(pod, node, phase string) {
	p.phase.WithLabelValues(pod, phase).Set(1)
	p.restarts.WithLabelValues(pod).Inc()
	p.total.WithLabelValues(node).Inc()
}

func (p *pods) remove(pod string) {
	p.phase.DeletePartialMatch(prometheus.Labels{"pod": pod}) // want `missed-delete: remove deletes the series of phase for a pod but not those of restarts, so they are kept for every pod there ever was; delete them here, too`
}

// A change of state is no removal.
func (p *pods) change(pod, from, to string) {
	p.state.DeleteLabelValues(pod, from) // silent "the function also fills the vector:"
	p.state.WithLabelValues(pod, to).Set(1)
}

// nodes is thorough.
type nodes struct{ cpu, memory, disk, events *prometheus.GaugeVec }

func newNodes() *nodes {
	return &nodes{
		cpu:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "node_cpu"}, []string{"node"}),
		memory: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "node_memory"}, []string{"node"}),
		disk:   prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "node_disk"}, []string{"node", "disk"}),
		events: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "node_events"}, []string{"kind"}),
	}
}

func (n *nodes) update(node string, disks []string) {
	n.cpu.WithLabelValues(node).Set(1)
	n.memory.With(prometheus.Labels{"node": node}).Set(1)
	for _, d := range disks {
		n.disk.WithLabelValues(node, d).Set(1)
	}
	n.events.WithLabelValues("update").Inc()
}

func (n *nodes) remove(node string) {
	n.cpu.DeleteLabelValues(node) // silent "the series of the vector that is filled"
	n.memory.DeleteLabelValues(node)
	n.disk.DeletePartialMatch(prometheus.Labels{"node": node})
}

var (
	open   = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "open"}, []string{"queue"})
	depth  = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "depth"}, []string{"queue"})
	weight = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "weight"}, []string{"queue"})
)

type queue struct{ name string }

func (q *queue) Open() {
	open.WithLabelValues(q.name).Set(1)
	depth.WithLabelValues(q.name).Set(0)
	weight.WithLabelValues("all").Set(1)
}

func (q *queue) Close() {
	open.DeleteLabelValues(q.name) // want `missed-delete: Close deletes the series of open for a queue but not those of depth`
}

// users leaves the rest to helpers.
type users struct{ received, deduped, dropped *prometheus.CounterVec }

func newUsers() *users {
	return &users{
		received: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "received"}, []string{"user"}),
		deduped:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "deduped"}, []string{"user", "cluster"}),
		dropped:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dropped"}, []string{"user"}),
	}
}

func (u *users) add(user, cluster string) {
	u.received.WithLabelValues(user).Inc()
	u.deduped.WithLabelValues(user, cluster).Inc()
	u.dropped.WithLabelValues(user).Inc()
}

func (u *users) remove(user string) {
	u.received.DeleteLabelValues(user) // silent "other code gets the collector, and may"
	forget(u.deduped, map[string]string{"user": user})
	forgetAll(user, u.dropped)
}

type deleter interface{ Delete(prometheus.Labels) bool }

func forget(d deleter, labels map[string]string) { d.Delete(labels) }

func forgetAll(user string, all ...deleter) {
	for _, d := range all {
		d.Delete(prometheus.Labels{"user": user})
	}
}

// The total of a counter may be meant to outlive the entity.

type tenants struct {
	active *prometheus.GaugeVec
	served *prometheus.CounterVec
}

func newTenants() *tenants {
	return &tenants{
		active: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "tenant_active"}, []string{"tenant"}),
		served: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tenant_served"}, []string{"tenant"}),
	}
}

func (t *tenants) serve(tenant string) {
	t.active.WithLabelValues(tenant).Set(1)
	t.served.WithLabelValues(tenant).Inc()
}

func (t *tenants) remove(tenant string) {
	t.active.DeleteLabelValues(tenant) // want `medium missed-delete: remove deletes the series of active for a tenant but not those of served`
}

// There are only so many phases.

type phase string

const (
	pending phase = "pending"
	running phase = "running"
)

type mode int

const (
	fast mode = iota
	safe
)

func (m mode) String() string { return [...]string{"fast", "safe"}[m] }

type phases struct{ current, entered *prometheus.GaugeVec }

func newPhases() *phases {
	return &phases{
		current: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "current"}, []string{"phase", "mode"}),
		entered: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "entered"}, []string{"phase", "mode"}),
	}
}

func (p *phases) enter(x phase, m mode) {
	p.current.WithLabelValues(string(x), m.String()).Set(1)
	p.entered.WithLabelValues(string(x), m.String()).Inc()
}

func (p *phases) leave(x phase, m mode) {
	p.current.DeleteLabelValues(string(x), m.String())
}

// All series go at once, elsewhere.

type jobs struct{ running, waiting, late *prometheus.GaugeVec }

func newJobs() *jobs {
	return &jobs{
		running: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobs_running"}, []string{"job"}),
		waiting: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobs_waiting"}, []string{"job"}),
		late:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jobs_late"}, []string{"job"}),
	}
}

func (j *jobs) update(job string) {
	j.running.WithLabelValues(job).Set(1)
	j.waiting.WithLabelValues(job).Set(1)
	j.late.WithLabelValues(job).Set(1)
}

func (j *jobs) remove(job string) { j.running.DeleteLabelValues(job) }

func (j *jobs) tick() { j.waiting.Reset() }

func (j *jobs) Close() { prometheus.Unregister(j.late) } // silent "which registry that is, or where the"
