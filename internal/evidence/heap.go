package evidence

import (
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// makers are the packages that make what findings keep in memory, and those below them.
var makers = map[catalog.Kept][]string{
	catalog.Contexts:   {"context", "time"},
	catalog.Collectors: {"github.com/prometheus/client_golang/prometheus", "k8s.io/component-base/metrics", "go.opentelemetry.io/otel"},
}

// span is where a finding says that something is made.
type span struct{ from, to record.Position }

// spansOf returns the places of a finding and of its steps.
func spansOf(f *report.Finding) []span {
	var spans []span
	for _, part := range f.Parts() {
		spans = append(spans, span{part.Pos, part.End})
		for _, step := range part.Related {
			spans = append(spans, span{step.Pos, step.Pos})
		}
	}
	return spans
}

// heapOf returns what a finding keeps in memory and was made at one of its places, nil if
// there is nothing, or the finding is about something else.
func (l *layer) heapOf(f *report.Finding) *report.Heap {
	runs := l.runs[snapshot.Heap]
	if len(runs) == 0 || l.Category == nil {
		return nil
	}
	kept := l.Category(f.Analyzer, f.Category).Keeps
	if kept == "" {
		return nil
	}
	spans := spansOf(f)
	h := &report.Heap{Kept: string(kept)}
	found := false
	for _, r := range runs {
		byOrigin := make(map[origin]int64) // one object of each for a context
		h.Bytes = 0
		for s, m := range l.madeAt(r, spans, kept) {
			byOrigin[origin{m.alloc, s.Size()}] += s.Count
			h.Bytes += s.Bytes
			h.Near = h.Near || m.near
			s.explained, found = true, true
		}
		var n int64
		for _, count := range byOrigin {
			n = max(n, count)
		}
		h.Counts = append(h.Counts, n)
	}
	if !found {
		return nil
	}
	return h
}

// origin is where a library allocates objects of some size.
type origin struct {
	alloc snapshot.Frame
	size  int64
}

// making is how an object was made.
type making struct {
	alloc snapshot.Frame // in the library
	near  bool
}

// madeAt returns the objects that were made at one of the places.
func (l *layer) madeAt(r *run, spans []span, kept catalog.Kept) map[*sample]making {
	made := make(map[*sample]making)
	for _, at := range spans {
		fn := l.code.at(at.from.File, at.from.Line)
		if fn == nil {
			continue
		}
		for _, s := range r.byFunc[fn] {
			alloc, ok := s.allocIn(makers[kept])
			if !ok {
				continue
			}
			if ok, near := s.madeAt(fn, at.from.Line, at.to.Line); ok {
				made[s] = making{alloc, near}
			}
		}
	}
	return made
}

// allocIn reports whether a stack allocates in one of the packages, and where.
func (s *sample) allocIn(packages []string) (alloc snapshot.Frame, ok bool) {
	for _, f := range s.Frames {
		switch f.Package {
		case "runtime", "internal/sync", "sync/atomic", "sync":
			continue
		}
		f.File = ""
		return f, slices.ContainsFunc(packages, func(p string) bool { return f.Package == p || strings.HasPrefix(f.Package, p+"/") })
	}
	return snapshot.Frame{}, false
}

// madeAt reports whether a call in the lines of a function is what makes the object.
func (s *sample) madeAt(fn *function, first, last int) (ok, near bool) {
	for _, l := range s.own {
		if l.fn == fn && first <= l.shown && l.shown <= max(first, last) {
			return true, !l.exact
		}
	}
	return false, false
}
