package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/report"
)

// maxLines is how many places of an input are listed.
const maxLines = 20

// List returns what snapshots have of the code, without any finding.
func List(snapshots []*snapshot.Snapshot, o Options) *report.Listing {
	l := newLayer(snapshots, &o)
	out := new(report.Listing)
	taken := make(map[snapshot.Kind]int)
	for _, s := range snapshots {
		r := l.runs[s.Kind][taken[s.Kind]]
		taken[s.Kind]++
		section := report.Section{Input: r.input}
		if r.foreign() {
			section.Foreign, out.Foreign = foreign(r, &o), true
		}
		lines := r.places()
		if s.Kind == snapshot.Metrics {
			lines = labels(s)
		}
		section.Lines, section.More = lines[:min(len(lines), maxLines)], max(0, len(lines)-maxLines)
		out.Sections = append(out.Sections, section)
	}
	return out
}

// places returns the innermost places of the code in the stacks.
func (r *run) places() []report.Line {
	byPlace := make(map[string]*report.Line)
	var order []string
	for _, s := range r.samples {
		if len(s.own) == 0 || s.own[0].fn == nil {
			continue
		}
		at := s.own[0]
		key := s.crowdKey()
		if byPlace[key] == nil {
			text := at.fn.pkg + "." + at.frame.Func
			if s.Wait != snapshot.Unknown {
				text = fmt.Sprintf("%-12s  %s", s.Wait, text)
			}
			byPlace[key] = &report.Line{Text: text, Pos: record.Position{File: at.fn.file, Line: at.shown}}
			order = append(order, key)
		}
		byPlace[key].Count += s.Count
	}
	var out []report.Line
	for _, key := range order {
		out = append(out, *byPlace[key])
	}
	slices.SortStableFunc(out, func(a, b report.Line) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// labels returns the labels of an exposition by the number of their values.
func labels(s *snapshot.Snapshot) []report.Line {
	var out []report.Line
	for _, m := range s.Metrics {
		for _, l := range m.Labels {
			var examples []string
			for _, e := range l.Examples {
				examples = append(examples, strconv.Quote(e))
			}
			out = append(out, report.Line{Count: l.Values, Text: fmt.Sprintf("values of %q of %s: %s", l.Name, m.Name, strings.Join(examples, ", "))})
		}
	}
	slices.SortStableFunc(out, func(a, b report.Line) int { return cmp.Compare(b.Count, a.Count) })
	return out
}
