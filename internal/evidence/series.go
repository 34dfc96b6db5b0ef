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
	if f.Metric.Name == "" || f.Metric.Label == "" {
		return nil
	}
	return l.series(f.Metric.Name, f.Metric.Label)
}

// series returns what expositions have of a label, nil if the last has nothing.
func (l *layer) series(metric, label string) *report.Series {
	s := &report.Series{Metric: metric, Label: label}
	found := false
	for _, r := range l.runs[snapshot.Metrics] {
		var series, values int64
		found = false
		for _, m := range r.Metrics {
			i := slices.IndexFunc(m.Labels, func(l *snapshot.Label) bool { return sameName(l.Name, label) })
			if i < 0 || !isMetric(m.Name, metric) {
				continue
			}
			found = true
			series, values = m.Series, max(values, m.Labels[i].Values)
			s.Metric, s.Label, s.AtLeast, s.Examples = m.Name, m.Labels[i].Name, m.AtLeast, m.Labels[i].Examples
		}
		s.Counts, s.Values = append(s.Counts, series), append(s.Values, values)
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
	runs := l.runs[snapshot.Metrics]
	if len(runs) == 0 {
		return
	}
	for _, m := range runs[len(runs)-1].Metrics {
		for _, label := range m.Labels {
			few := label.Values < l.Values
			if few && len(runs) == 1 {
				continue // most are, and one input shows no growth
			}
			s := l.series(m.Name, label.Name)
			if s == nil || s.Metric != m.Name || few && !grows(s.Values) || l.explained(s) {
				continue
			}
			if sinks := l.sinksOf(s); len(sinks) > 0 {
				l.observed = append(l.observed, l.seriesFinding(s, sinks))
			} else {
				l.report.Unplaced = append(l.report.Unplaced, s)
			}
		}
	}
}

// explained reports whether a finding is about the label.
func (l *layer) explained(s *report.Series) bool {
	about := func(f *report.Finding) bool {
		return f.Evidence != nil && f.Evidence.Series != nil && f.Evidence.Series.Metric == s.Metric && f.Evidence.Series.Label == s.Label
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
