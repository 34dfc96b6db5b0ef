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

// tooMany reports whether a number is above its threshold, or grows.
func (l *layer) tooMany(counts []int64, threshold int64) bool {
	return counts[len(counts)-1] >= threshold || grows(counts)
}

// observeGoroutines reports goroutines that wait in the code, are too many, more in each
// input or proved to be leaked, and that no finding is about.
func (l *layer) observeGoroutines() {
	for _, c := range l.crowds() {
		if c.goroutines.Leaked > 0 || l.tooMany(c.counts, l.Goroutines) {
			l.observed = append(l.observed, l.crowdFinding(c))
		}
	}
}

// crowds returns the goroutines that wait in the code, by where they do.
func (l *layer) crowds() []*crowd {
	byKey := make(map[string]*crowd)
	all, leaks := l.runs[snapshot.Goroutines], l.runs[snapshot.Leaks]
	for i, r := range all {
		crowdsOf(byKey, r, i, len(all))
	}
	if len(all) == 0 {
		for i, r := range leaks {
			crowdsOf(byKey, r, i, len(leaks))
		}
	} else if len(leaks) > 0 { // of the same goroutines
		proved := make(map[string]*crowd)
		crowdsOf(proved, leaks[len(leaks)-1], 0, 1)
		for key, p := range proved {
			if c := byKey[key]; c != nil {
				c.goroutines.Leaked = max(c.goroutines.Leaked, p.goroutines.Leaked)
				continue
			}
			p.counts = make([]int64, len(all))
			byKey[key] = p
		}
	}
	var out []*crowd
	for _, c := range byKey {
		c.goroutines.Counts, c.goroutines.Wait = c.counts, string(c.wait)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *crowd) int {
		return cmp.Or(cmp.Compare(b.size(), a.size()), strings.Compare(a.key, b.key))
	})
	return out
}

// crowdsOf adds the goroutines of the i-th of n inputs.
func crowdsOf(byKey map[string]*crowd, r *run, i, n int) {
	for _, c := range byKey {
		c.goroutines.Leaked = 0 // the last input counts
	}
	for _, s := range r.samples {
		if s.explained || !s.waits() {
			continue
		}
		key := s.crowdKey()
		c := byKey[key]
		if c == nil {
			c = &crowd{key: key, at: s.own[0], created: s.created, wait: s.Wait, path: s.own, counts: make([]int64, n)}
			byKey[key] = c
		}
		c.counts[i] += s.Count
		if s.Leaked {
			c.goroutines.Leaked += s.Count
		}
		if c.wait == snapshot.Unknown {
			c.wait = s.Wait
		}
		c.goroutines.Longest = max(c.goroutines.Longest, s.Longest)
		c.goroutines.Near = c.goroutines.Near || !s.own[0].exact
	}
}

// size returns how many goroutines there are in the last input.
func (c *crowd) size() int64 { return max(c.counts[len(c.counts)-1], c.goroutines.Leaked) }

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
		return s.Leaked || !s.serves()
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
		case "github.com/valyala/fasthttp":
			return f.Func == "(*Server).serveConn"
		}
		return false
	})
}

// crowdKey is the same for goroutines that wait at one place of the code.
func (s *sample) crowdKey() string {
	f := s.own[0]
	return fmt.Sprintf("%s.%s:%d", f.fn.pkg, f.frame.Func, f.shown)
}

// waiting says what goroutines do.
var waiting = map[snapshot.Wait]string{
	snapshot.Send: "to send", snapshot.Receive: "to receive", snapshot.Select: "in a select", snapshot.IO: "for I/O",
	snapshot.Lock: "for a lock", snapshot.Group: "for others",
}

// message says how many goroutines do what, and what follows from that.
func (c *crowd) message() (string, catalog.Confidence) {
	n, leaked := c.size(), c.goroutines.Leaked
	if leaked > 0 {
		n = leaked
	}
	are := plural(n, "is", "are")
	if what, ok := waiting[c.wait]; ok {
		are = plural(n, "waits ", "wait ") + what
	}
	who := report.Plural(n, "goroutine") + " " + are + " here"
	them := plural(n, "it", "them")
	switch {
	case leaked > 0:
		return fmt.Sprintf("%s forever, as the runtime proves, and no finding explains it; see what should wake %s", who, them), catalog.High
	case grows(c.counts):
		return fmt.Sprintf("%s, %s more than in the first profile, and no finding explains it; see what should end %s", who, report.Grouped(n-c.counts[0]), them), catalog.Medium
	}
	return fmt.Sprintf("%s, and no finding explains it; see what should end %s", who, them), catalog.Medium
}

func plural(n int64, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

func (l *layer) crowdFinding(c *crowd) *report.Finding {
	message, confidence := c.message()
	f := l.finding(report.ObservedGoroutine, message, c.at.fn, l.lineOf(c.at))
	f.Confidence = confidence
	if c.created != nil && c.created.fn != nil {
		f.Related = append(f.Related, record.Related{Pos: l.lineOf(*c.created), Message: plural(c.size(), "it is started here", "they are started here")})
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
