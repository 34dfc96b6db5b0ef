package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/report"
)

// seriesOf returns the series of the metric and the label of a finding, nil if it is about
// none or there are none.
func (l *layer) seriesOf(f *report.Finding) *report.Series {
	if f.Metric.Name == "" {
		return nil
	}
	s := l.series(l.exposedAs(f.Metric.Name, f.Metric.Label), f.Metric.Label)
	if s == nil || s.Label == "" && s.Counts[len(s.Counts)-1] < 2 {
		return nil // one series is what there has to be
	}
	return s
}

// exposedAs returns the name of the metric that code names, "" if none is: the one with
// most series in the last exposition, if there are several.
func (l *layer) exposedAs(name, label string) string {
	most := &snapshot.Metric{}
	for _, r := range l.runs[snapshot.Metrics] {
		for _, m := range r.Metrics {
			if isMetric(m.Name, name) && (label == "" || labelOf(m, label) != nil) && l.tells(m.Name) == r && m.Series > most.Series {
				most = m
			}
		}
	}
	return most.Name
}

// tells returns the last exposition that tells of a metric. An answer of Prometheus has
// only what it was asked for.
func (l *layer) tells(metric string) *run {
	for _, r := range slices.Backward(l.runs[snapshot.Metrics]) {
		if !r.Partial || r.metrics[metric] != nil {
			return r
		}
	}
	return nil
}

func labelOf(m *snapshot.Metric, name string) *snapshot.Label {
	i := slices.IndexFunc(m.Labels, func(l *snapshot.Label) bool { return sameName(l.Name, name) })
	if i < 0 {
		return nil
	}
	return m.Labels[i]
}

// series returns what expositions have of a label of a metric, or of the metric if the
// label is "", nil if the last has nothing.
func (l *layer) series(metric, label string) *report.Series {
	s := &report.Series{Metric: metric}
	found := false
	for _, r := range l.runs[snapshot.Metrics] {
		m := r.metrics[metric]
		if m == nil && r.Partial {
			continue
		}
		found = m != nil
		if m == nil {
			m = new(snapshot.Metric)
		}
		s.Counts, s.AtLeast = append(s.Counts, m.Series), m.AtLeast
		if label == "" {
			continue
		}
		of := labelOf(m, label)
		if found = of != nil; !found {
			of = new(snapshot.Label)
		}
		s.Label, s.Values, s.Examples = of.Name, append(s.Values, of.Values), of.Examples
	}
	if !found {
		return nil
	}
	return s
}

// units are what exporters append to the name of a metric.
var units = []string{"_total", "_bucket", "_count", "_sum", "_seconds", "_milliseconds", "_bytes", "_ratio"}

// isMetric reports whether a metric of an exposition is the one that code names. Parts of
// the name that are not constant are "*" there.
func isMetric(exposed, name string) bool {
	exposed, name = exposedName(exposed), exposedName(name)
	for {
		if fits(exposed, name) {
			return true
		}
		i := slices.IndexFunc(units, func(u string) bool { return strings.HasSuffix(exposed, u) })
		if i < 0 {
			return false
		}
		exposed = strings.TrimSuffix(exposed, units[i])
	}
}

func fits(exposed, name string) bool {
	before, after, ok := strings.Cut(name, "*")
	if !ok {
		return exposed == name
	}
	rest, ok := strings.CutPrefix(exposed, before)
	// A name of which only the last part is known could be that of any metric.
	return ok && len(strings.Trim(after, "_")) > 2 && strings.HasSuffix(rest, after)
}

// exposedName returns a name as an exposition has it: OpenTelemetry separates with dots.
func exposedName(name string) string { return strings.NewReplacer(".", "_", "-", "_").Replace(name) }

func sameName(a, b string) bool { return exposedName(a) == exposedName(b) }

// observeSeries reports labels with too many values, or with more in each exposition, that
// no finding is about.
func (l *layer) observeSeries() {
	for _, r := range l.runs[snapshot.Metrics] {
		for _, m := range r.Metrics {
			if l.tells(m.Name) != r {
				continue
			}
			for _, label := range m.Labels {
				l.observeLabel(l.series(m.Name, label.Name))
			}
		}
	}
}

func (l *layer) observeLabel(s *report.Series) {
	if !l.tooMany(s.Values, l.Values) || l.explained(s) {
		return
	}
	if sinks := l.sinksOf(s); len(sinks) > 0 {
		l.observed = append(l.observed, l.seriesFinding(s, sinks))
	} else {
		l.report.Unplaced = append(l.report.Unplaced, s)
	}
}

// explained reports whether a finding is about the label.
func (l *layer) explained(s *report.Series) bool {
	about := func(f *report.Finding) bool {
		if f.Evidence == nil || f.Evidence.Series == nil {
			return false
		}
		e := f.Evidence.Series
		return e.Metric == s.Metric && (e.Label == s.Label || e.Label == "")
	}
	return slices.ContainsFunc(l.report.Findings, about) || slices.ContainsFunc(l.report.Suppressed, about) || slices.ContainsFunc(l.report.Hidden, about)
}

// sinksOf returns the places that set the label.
func (l *layer) sinksOf(s *report.Series) []record.Sink {
	var out []record.Sink
	for _, sink := range l.report.Sinks {
		if isMetric(s.Metric, sink.Metric) && slices.ContainsFunc(sink.Labels, func(name string) bool { return sameName(name, s.Label) }) {
			out = append(out, sink)
		}
	}
	slices.SortFunc(out, func(a, b record.Sink) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	return slices.CompactFunc(out, func(a, b record.Sink) bool { return a.Pos == b.Pos })
}
