package snapshot

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
)

// Limits of what is kept of an exposition.
const (
	maxMetrics  = 20_000
	maxLabels   = 64        // of one metric
	maxCounted  = 2_000_000 // values and series that are told apart, of all metrics
	maxExamples = 3
	maxExample  = 80 // bytes of a value that is shown
)

// series counts the series of metrics, and the distinct values of their labels. It keeps
// hashes of values only.
type series struct {
	seed    maphash.Seed
	metrics map[string]*metric
	counted int
	decoded int // series of an exposition in its binary form, equal ones included
	total   int64
	dropped int64
}

type metric struct {
	seen    map[uint64]struct{}
	labels  map[string]*label
	atLeast bool
}

type label struct {
	seen     map[uint64]struct{}
	examples []string
}

// pair is a label of a series.
type pair struct{ name, value string }

func newSeries() *series {
	return &series{seed: maphash.MakeSeed(), metrics: make(map[string]*metric)}
}

// add counts a series, once for all times that it comes.
func (s *series) add(name string, pairs []pair) {
	m := s.metrics[name]
	if m == nil {
		if len(s.metrics) >= maxMetrics || len(name) > maxName {
			s.dropped++
			return
		}
		m = &metric{seen: make(map[uint64]struct{}), labels: make(map[string]*label)}
		s.metrics[strings.Clone(name)] = m
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.name, b.name) })
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, p := range pairs {
		h.WriteString(p.name)
		h.WriteByte(0xff)
		h.WriteString(p.value)
		h.WriteByte(0xff)
	}
	if !s.count(m.seen, h.Sum64(), m) {
		return
	}
	s.total++
	for _, p := range pairs {
		s.addValue(m, p)
	}
}

// maxName is the length of the longest names that are kept.
const maxName = 1 << 10

func (s *series) addValue(m *metric, p pair) {
	l := m.labels[p.name]
	if l == nil {
		if len(m.labels) >= maxLabels || len(p.name) > maxName {
			m.atLeast = true
			return
		}
		l = &label{seen: make(map[uint64]struct{})}
		m.labels[strings.Clone(p.name)] = l
	}
	if s.count(l.seen, maphash.String(s.seed, p.value), m) && len(l.examples) < maxExamples {
		l.examples = append(l.examples, strings.Clone(strings.ToValidUTF8(p.value[:min(len(p.value), maxExample)], "")))
	}
}

// count adds a hash to a set, and reports whether it is new there. Beyond the limit,
// nothing is new.
func (s *series) count(seen map[uint64]struct{}, hash uint64, m *metric) bool {
	if _, ok := seen[hash]; ok {
		return false
	}
	if s.counted >= maxCounted {
		m.atLeast = true
		s.dropped++
		return false
	}
	s.counted++
	seen[hash] = struct{}{}
	return true
}

// dropCreated leaves out the times at which other series were created, which OpenMetrics
// has beside them.
func (s *series) dropCreated() {
	for name, m := range s.metrics {
		base, ok := strings.CutSuffix(name, "_created")
		if ok && (s.metrics[base] != nil || s.metrics[base+"_total"] != nil) {
			s.total -= int64(len(m.seen))
			delete(s.metrics, name)
		}
	}
}

func (s *series) snapshot(format string) *Snapshot {
	s.dropCreated()
	out := &Snapshot{Kind: Metrics, Format: format, Total: s.total, Dropped: s.dropped}
	for _, name := range slices.Sorted(maps.Keys(s.metrics)) {
		m := s.metrics[name]
		metric := &Metric{Name: name, Series: int64(len(m.seen)), AtLeast: m.atLeast}
		for _, l := range slices.Sorted(maps.Keys(m.labels)) {
			metric.Labels = append(metric.Labels, &Label{l, int64(len(m.labels[l].seen)), m.labels[l].examples})
		}
		out.Metrics = append(out.Metrics, metric)
	}
	return out
}
