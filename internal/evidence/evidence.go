// Package evidence lays what a running program shows over the findings of a report: the
// goroutines that wait where a finding says that they will, the time series of a label
// that it calls unbounded, the contexts that nobody cancels. What is there and no finding
// explains becomes a finding of its own.
//
// Stacks are of some build, and the code is what is here now. A frame is taken for the
// line that it names if the code has an operation of its kind there; otherwise the build
// is of other code, and the frame is near the closest operation of that kind in its
// function. What fits no function is counted and said.
package evidence

import (
	"fmt"
	"slices"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// Options say what the program's own code is, and from when on something is too many.
type Options struct {
	Packages []Package
	Modules  []Module
	Sources  *source.Cache

	Goroutines int64 // with one stack
	Values     int64 // of one label

	// Category returns the row of a category; nil if none is known.
	Category func(analyzer, category string) catalog.Category

	// Excludes reports whether what was observed is not wanted; nil excludes nothing.
	Excludes func(*report.Finding) bool
}

// The defaults of the thresholds.
const (
	DefaultGoroutines = 100
	DefaultValues     = 100
)

// layer lays snapshots over one report.
type layer struct {
	*Options
	code   *code
	report *report.Report
	runs   map[snapshot.Kind][]*run

	observed []*report.Finding
}

// run is a snapshot with its stacks in the code.
type run struct {
	*snapshot.Snapshot
	input   *report.Input
	samples []*sample
	byFunc  map[*function][]*sample
	metrics map[string]*snapshot.Metric // by name
}

// Lay adds the evidence of snapshots to the findings of a report, and what no finding
// explains as findings. A snapshot of another program is an error of the report.
func Lay(r *report.Report, snapshots []*snapshot.Snapshot, o Options) {
	l := newLayer(snapshots, &o)
	l.report = r
	for _, kind := range kinds {
		for _, run := range l.runs[kind] {
			r.Inputs = append(r.Inputs, run.input)
			if run.foreign() {
				r.AddErrors(report.Error{Message: foreign(run, &o)})
			}
		}
	}
	for _, findings := range [][]*report.Finding{r.Findings, r.Suppressed, r.Hidden} {
		for _, f := range findings {
			l.explain(f)
		}
	}
	r.Reveal(l.proved)
	l.observeGoroutines()
	l.observeSeries()
	if o.Excludes != nil {
		l.observed = slices.DeleteFunc(l.observed, o.Excludes)
	}
	r.Observe(l.observed, o.Sources)
	for _, runs := range l.runs {
		for _, run := range runs {
			run.sum()
		}
	}
	r.SortByEvidence()
}

var kinds = []snapshot.Kind{snapshot.Goroutines, snapshot.Leaks, snapshot.Metrics, snapshot.Heap}

func newLayer(snapshots []*snapshot.Snapshot, o *Options) *layer {
	l := &layer{
		Options: o,
		code:    &code{packages: o.Packages, modules: o.Modules, sources: o.Sources, dirs: make(map[string]*directory), own: make(map[string]string)},
		runs:    make(map[snapshot.Kind][]*run),
	}
	for _, s := range snapshots {
		l.runs[s.Kind] = append(l.runs[s.Kind], l.newRun(s))
	}
	return l
}

func (l *layer) newRun(s *snapshot.Snapshot) *run {
	r := &run{Snapshot: s, byFunc: make(map[*function][]*sample), metrics: make(map[string]*snapshot.Metric)}
	for _, m := range s.Metrics {
		r.metrics[m.Name] = m
	}
	r.input = &report.Input{Name: s.Name, Kind: string(s.Kind), Format: s.Format, Total: s.Total, Problem: s.Problem, Dropped: s.Dropped}
	roots := l.code.rootsOf(s)
	for _, st := range s.Stacks {
		sample := l.code.locate(st, s.Kind, roots)
		r.samples = append(r.samples, sample)
		seen := make(map[*function]bool)
		note := func(loc *located) {
			if loc.fn != nil && !seen[loc.fn] {
				seen[loc.fn] = true
				r.byFunc[loc.fn] = append(r.byFunc[loc.fn], sample)
			}
		}
		for i := range sample.own {
			note(&sample.own[i])
			r.countFrame(&sample.own[i])
		}
		if sample.created != nil {
			note(sample.created)
		}
		if len(sample.own) > 0 || sample.created != nil {
			r.input.Own += st.Count
		}
	}
	return r
}

// countFrame counts a frame once, however many goroutines have it.
func (r *run) countFrame(l *located) {
	switch {
	case l.exact:
		r.input.Frames.Exact++
	case l.fn != nil:
		r.input.Frames.Near++
	default:
		r.input.Frames.Missing++
	}
}

// foreign reports whether stacks are of another program.
func (r *run) foreign() bool {
	return r.Kind != snapshot.Metrics && len(r.Stacks) > 0 && r.input.Own == 0 && r.Kind != snapshot.Leaks
}

// foreign says of which program stacks are.
func foreign(r *run, o *Options) string {
	counts := make(map[string]int64)
	most := ""
	for _, st := range r.Stacks {
		for i := len(st.Frames) - 1; i >= 0; i-- {
			f := st.Frames[i]
			if f.Package != "main" && scope.IsStandardPath(f.Package) {
				continue
			}
			counts[f.Package] += st.Count
			if counts[f.Package] > counts[most] || counts[f.Package] == counts[most] && f.Package < most {
				most = f.Package
			}
			break
		}
	}
	in := "these packages"
	if len(o.Modules) > 0 {
		in = o.Modules[0].Path
	}
	text := fmt.Sprintf("%s is of another program: none of its stacks has a frame in %s", r.Name, in)
	if most != "" {
		text += fmt.Sprintf("; most are in package %s", most)
	}
	return text
}

func (r *run) sum() {
	for _, s := range r.samples {
		if s.explained {
			r.input.Explained += s.Count
		}
	}
}

// proved reports whether the program has proved what is only likely: there is too much, or
// what the runtime proves to be leaked. A goroutine that waits may do so with good reason.
func (l *layer) proved(f *report.Finding) bool {
	e := f.Evidence
	if e == nil {
		return false
	}
	g, s, h := e.Goroutines, e.Series, e.Heap
	return g != nil && (g.Leaked > 0 || l.tooMany(g.Counts, l.Goroutines)) ||
		s != nil && l.tooMany(s.Numbers(), l.Values) || h != nil && l.tooMany(h.Counts, l.Goroutines)
}

// explain gives a finding its evidence.
func (l *layer) explain(f *report.Finding) {
	e := &report.Evidence{Goroutines: l.goroutinesOf(f), Heap: l.heapOf(f), Series: l.seriesOf(f)}
	if *e != (report.Evidence{}) {
		f.Evidence = e
	}
}

// goroutinesOf returns the goroutines at the places of a finding, nil if there are none.
func (l *layer) goroutinesOf(f *report.Finding) *report.Goroutines {
	all, leaks := l.runs[snapshot.Goroutines], l.runs[snapshot.Leaks]
	if len(all)+len(leaks) == 0 {
		return nil
	}
	places := l.code.placesOf(f)
	c := newCount()
	for _, r := range all {
		c.take(r.at(places))
	}
	proof := c
	if len(all) > 0 && len(leaks) > 0 {
		proof = newCount() // of the same goroutines
	}
	for _, r := range leaks {
		proof.take(r.at(places))
	}
	return c.goroutines(proof)
}

// count is what one kind of input has of goroutines at one place.
type count struct {
	report.Goroutines
	waits map[snapshot.Wait]int64
	found bool
}

func newCount() *count { return &count{waits: make(map[snapshot.Wait]int64)} }

// take counts the stacks that the next input has at the place, with whether they are only
// near it.
func (c *count) take(stacks map[*sample]bool) {
	var n int64
	c.Leaked = 0
	for s, near := range stacks {
		if s.Wait == snapshot.Running { // it is only passing
			continue
		}
		s.explained = true
		n += s.Count
		if s.Leaked {
			c.Leaked += s.Count
		}
		c.found = true
		c.Near = c.Near || near
		c.Longest = max(c.Longest, s.Longest)
		if s.Wait != snapshot.Unknown {
			c.waits[s.Wait] += s.Count
		}
	}
	c.Counts = append(c.Counts, n)
}

// goroutines returns what was counted, with what another count says of how many of them
// are leaked, nil if there are none.
func (c *count) goroutines(proof *count) *report.Goroutines {
	if !c.found && !proof.found {
		return nil
	}
	g := c.Goroutines
	if g.Wait = string(mostOf(c.waits)); g.Wait == "" {
		g.Wait = string(mostOf(proof.waits))
	}
	g.Leaked = max(g.Leaked, proof.Leaked)
	g.Near = g.Near || proof.Near
	return &g
}

func mostOf(waits map[snapshot.Wait]int64) snapshot.Wait {
	most := snapshot.Unknown
	for w, n := range waits {
		if n > waits[most] || n == waits[most] && w < most {
			most = w
		}
	}
	return most
}

// at returns the stacks that are at one of the places, and whether they are only near it.
func (r *run) at(places []place) map[*sample]bool {
	found := make(map[*sample]bool)
	for _, p := range places {
		candidates := r.byFunc[p.fn]
		if p.op.callee != "" { // what runs may be another function
			candidates = r.samples
		}
		for _, s := range candidates {
			if ok, near := s.matches(p); ok {
				known, seen := found[s]
				found[s] = near && (!seen || known)
			}
		}
	}
	return found
}
