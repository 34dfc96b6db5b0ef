package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// crowd is the goroutines that are at one place of the code, however they got there in the
// libraries.
type crowd struct {
	key        string
	at         located
	created    *located
	wait       snapshot.Wait
	counts     []int64
	goroutines report.Goroutines
	path       []located // the calls in the code, innermost first
}

// minGrowth is how many more goroutines, or values, there have to be in the last input
// than in the first for that to be growth.
const minGrowth = 10

// grows reports whether a number is larger in each input than in the one before, and in
// the end by half at least.
func grows(counts []int64) bool {
	if len(counts) < 2 {
		return false
	}
	for i, n := range counts[1:] {
		if n <= counts[i] {
			return false
		}
	}
	first, last := counts[0], counts[len(counts)-1]
	return last-first >= minGrowth && last-first >= first/2
}

// observeGoroutines reports goroutines that wait in the code, are too many or more in
// each input, and that no finding is about.
func (l *layer) observeGoroutines() {
	for _, c := range l.crowds() {
		n := c.counts[len(c.counts)-1]
		if n >= l.Goroutines || grows(c.counts) {
			l.observed = append(l.observed, l.crowdFinding(c))
		}
	}
}

// crowds returns the goroutines that wait in the code, by where they do.
func (l *layer) crowds() []*crowd {
	byKey := make(map[string]*crowd)
	runs := l.runs[snapshot.Goroutines]
	for i, r := range runs {
		for _, s := range r.samples {
			if s.explained || !s.waits() {
				continue
			}
			key := s.crowdKey()
			c := byKey[key]
			if c == nil {
				c = &crowd{key: key, at: s.own[0], created: s.created, wait: s.Wait, path: s.own, counts: make([]int64, len(runs))}
				byKey[key] = c
			}
			c.counts[i] += s.Count
			if c.wait == snapshot.Unknown {
				c.wait = s.Wait
			}
			c.goroutines.Longest = max(c.goroutines.Longest, s.Longest)
			c.goroutines.Near = c.goroutines.Near || !s.own[0].exact
		}
	}
	var out []*crowd
	for _, c := range byKey {
		c.goroutines.Counts, c.goroutines.Wait = c.counts, string(c.wait)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *crowd) int {
		return cmp.Or(cmp.Compare(b.counts[len(runs)-1], a.counts[len(runs)-1]), strings.Compare(a.key, b.key))
	})
	return out
}

// waits reports whether a goroutine waits in the code for something that may not come.
// Those that only have the code's handlers below a server between two requests have no
// frame in the code, and are left out by that.
func (s *sample) waits() bool {
	if len(s.own) == 0 || s.own[0].fn == nil {
		return false
	}
	switch s.Wait {
	case snapshot.Running, snapshot.Other, snapshot.Sleep:
		return false
	case snapshot.Select, snapshot.IO, snapshot.Unknown:
		return !s.serves()
	}
	return true
}

// serves reports whether a goroutine answers a request. In a select, or for I/O, it waits
// for its client: there are as many as there are open connections.
func (s *sample) serves() bool {
	return slices.ContainsFunc(s.Frames, func(f snapshot.Frame) bool {
		switch f.Package {
		case "net/http":
			return f.Func == "(*conn).serve" || f.Func == "(*http2serverConn).runHandler"
		case "golang.org/x/net/http2":
			return f.Func == "(*serverConn).runHandler"
		case "google.golang.org/grpc":
			return f.Func == "(*Server).handleStream"
		}
		return false
	})
}

// crowdKey is the same for goroutines that wait at one place of the code.
func (s *sample) crowdKey() string {
	f := s.own[0]
	return fmt.Sprintf("%s.%s:%d", f.fn.pkg, f.frame.Func, f.shown)
}

func (l *layer) crowdFinding(c *crowd) *report.Finding {
	n := c.counts[len(c.counts)-1]
	wait := map[snapshot.Wait]string{
		snapshot.Send: "wait to send", snapshot.Receive: "wait to receive", snapshot.Select: "wait in a select", snapshot.IO: "wait for I/O",
		snapshot.Lock: "wait for a lock", snapshot.Group: "wait for others", snapshot.Unknown: "are",
	}[c.wait]
	message := fmt.Sprintf("%s %s here, and no finding explains it; see what should end them", report.Plural(n, "goroutine"), wait)
	if grows(c.counts) {
		message = fmt.Sprintf("%s %s here, %s more than in the first profile, and no finding explains it; see what should end them",
			report.Plural(n, "goroutine"), wait, report.Grouped(n-c.counts[0]))
	}
	f := l.finding(report.ObservedGoroutine, message, c.at.fn, l.lineOf(c.at))
	if c.created != nil && c.created.fn != nil {
		f.Related = append(f.Related, record.Related{Pos: l.lineOf(*c.created), Message: "they are started here"})
	}
	for _, step := range c.path[1:] {
		if step.fn != nil && len(f.Related) < maxSteps {
			f.Related = append(f.Related, record.Related{Pos: l.lineOf(step), Message: "called here"})
		}
	}
	f.Evidence = &report.Evidence{Goroutines: &c.goroutines}
	return f
}

// lineOf returns the line of a frame, which has no columns: the first that is not blank.
func (l *layer) lineOf(at located) record.Position {
	text, _ := l.Sources.File(at.fn.file).Line(at.shown)
	return record.Position{File: at.fn.file, Line: at.shown, Col: 1 + len(text) - len(strings.TrimLeft(text, " \t"))}
}

// maxSteps bounds the calls that are shown.
const maxSteps = 6

func (l *layer) seriesFinding(s *report.Series, sinks []record.Sink) *report.Finding {
	first := sinks[0]
	message := fmt.Sprintf("label %q of %s has %s, and no finding explains it; see where they come from", s.Label, s.Metric, report.Plural(s.Values[len(s.Values)-1], "value"))
	f := l.finding(report.ObservedSeries, message, l.code.at(first.Pos.File, first.Pos.Line), first.Pos)
	for _, sink := range sinks[1:] {
		if len(f.Related) < maxSteps {
			f.Related = append(f.Related, record.Related{Pos: sink.Pos, Message: "set here, too"})
		}
	}
	f.Evidence = &report.Evidence{Series: s}
	return f
}

// finding returns a finding of what was observed. That it is there is certain, and that it
// is too much is likely.
func (l *layer) finding(category, message string, fn *function, pos record.Position) *report.Finding {
	f := &report.Finding{Severity: catalog.Warning, Finding: record.Finding{
		Analyzer: report.Observed, Category: category, Message: message, Pos: pos, End: pos, Confidence: catalog.Medium,
	}}
	if fn != nil {
		f.Package, f.Func = fn.pkg, fn.name
	}
	return f
}
