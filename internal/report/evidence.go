package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report/fingerprint"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// Evidence is what a running program shows of a finding. Each kind has a number for
// every input of that kind, in the order in which they were given; the last counts.
type Evidence struct {
	Goroutines *Goroutines
	Series     *Series
	Heap       *Heap
}

// Goroutines are those that wait at a place.
type Goroutines struct {
	Counts  []int64
	Wait    string        // what most of them wait for, "" if that is not known
	Longest time.Duration // that one of them has waited, 0 if that is not known
	Leaked  int64         // of them, those that the runtime proves to be leaked
	Near    bool          // the build is of other code, and the place is the nearest of its kind
}

// Series are those of a metric with an unbounded label, or that nothing deletes.
type Series struct {
	Metric, Label string   // Label is "" if all series of the metric count
	Counts        []int64  // of series
	Values        []int64  // of the label that are distinct, nil without a label
	AtLeast       bool     // there are more than were counted
	Examples      []string // of values
}

// Heap are the objects that were made at a place and are still there, as far as samples
// tell.
type Heap struct {
	Kept   string // what they are, in words, "" if that is not known
	Counts []int64
	Bytes  int64
	Near   bool
}

// Count returns the number that findings are sorted by: of goroutines, of distinct values
// of a label, or of objects, whichever is the largest.
func (e *Evidence) Count() int64 {
	if e == nil {
		return 0
	}
	var n int64
	if e.Goroutines != nil {
		n = max(n, last(e.Goroutines.Counts), e.Goroutines.Leaked)
	}
	if e.Series != nil {
		n = max(n, last(e.Series.Numbers()))
	}
	if e.Heap != nil {
		n = max(n, last(e.Heap.Counts))
	}
	return n
}

func last(counts []int64) int64 {
	if len(counts) == 0 {
		return 0
	}
	return counts[len(counts)-1]
}

// Sentences returns the evidence in words, a sentence for each kind.
func (e *Evidence) Sentences() []string {
	var out []string
	if e == nil {
		return nil
	}
	if g := e.Goroutines; g != nil {
		out = append(out, g.sentence())
	}
	if s := e.Series; s != nil {
		out = append(out, s.sentence())
	}
	if h := e.Heap; h != nil {
		text := "about " + Plural(last(h.Counts), "object")
		if h.Kept != "" {
			text += " of " + h.Kept
		}
		text += " made here live on"
		if h.Bytes > 0 {
			text += fmt.Sprintf(" (%s bytes)", Grouped(h.Bytes))
		}
		out = append(out, text+growth(h.Counts)+near(h.Near))
	}
	return out
}

func (g *Goroutines) sentence() string {
	n := max(last(g.Counts), g.Leaked)
	text := Plural(n, "goroutine") + " here"
	var details []string
	if g.Wait != "" {
		details = append(details, g.Wait)
	}
	if g.Longest > 0 {
		details = append(details, fmt.Sprintf("for up to %s", Plural(int64(g.Longest/time.Minute), "minute")))
	}
	if len(details) > 0 {
		text += " (" + strings.Join(details, ", ") + ")"
	}
	switch {
	case g.Leaked == n:
		text += "; the runtime proves that nothing can wake them"
	case g.Leaked > 0:
		text += fmt.Sprintf("; the runtime proves that nothing can wake %s of them", Grouped(g.Leaked))
	}
	return text + growth(g.Counts) + near(g.Near)
}

// Numbers returns those that count: the values of the label, or the series if there is no
// label.
func (s *Series) Numbers() []int64 {
	if s.Label == "" {
		return s.Counts
	}
	return s.Values
}

func (s *Series) sentence() string {
	least := ""
	if s.AtLeast {
		least = "at least "
	}
	if s.Label == "" {
		return fmt.Sprintf("%s has %s%s", s.Metric, least, Plural(last(s.Counts), "time series")) + growth(s.Counts)
	}
	text := fmt.Sprintf("label %q of %s has %s%s in %s", s.Label, s.Metric, least, Plural(last(s.Values), "value"), Plural(last(s.Counts), "time series"))
	if len(s.Examples) > 0 {
		quoted := make([]string, len(s.Examples))
		for i, e := range s.Examples {
			quoted[i] = strconv.Quote(e)
		}
		text += ", such as " + strings.Join(quoted, ", ")
	}
	return text + growth(s.Values)
}

// growth tells how a number has changed from one input to the next.
func growth(counts []int64) string {
	if len(counts) < 2 {
		return ""
	}
	parts := make([]string, len(counts))
	for i, n := range counts {
		parts[i] = Grouped(n)
	}
	return "; one input after the other: " + strings.Join(parts, ", ")
}

func near(is bool) string {
	if is {
		return "; near: the build is of other code than this"
	}
	return ""
}

// Grouped returns a number with its digits in groups of three.
func Grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Plural returns a number with a noun.
func Plural(n int64, noun string) string {
	if n != 1 && !strings.HasSuffix(noun, "s") {
		noun += "s"
	}
	return Grouped(n) + " " + noun
}

// An Input is something that evidence was read from.
type Input struct {
	Name, Kind, Format string
	Total              int64  // goroutines, objects or series
	Own                int64  // of them, those with a frame in the code
	Explained          int64  // of them, those that are evidence for a finding
	Frames             Frames // in the code
	Problem            string // why it is not whole, "" if it is
	Dropped            int64
}

// Frames says how the frames of an input fit the code.
type Frames struct {
	Exact   int64 // there is an operation of that kind in that line
	Near    int64 // the function is there, and the line is another one
	Missing int64 // there is no such function
}

// Percent returns how many of a hundred frames are exact.
func (f Frames) Percent() int64 {
	all := f.Exact + f.Near + f.Missing
	if all == 0 {
		return 0
	}
	return f.Exact * 100 / all
}

// Observed is the analyzer, as shown, of what a running program shows and no finding
// explains.
const Observed = "observed"

// The categories of [Observed].
const (
	ObservedGoroutine = "goroutine"
	ObservedSeries    = "series"
)

// SortByEvidence puts first what has most evidence. What has none keeps its order.
func (r *Report) SortByEvidence() {
	byEvidence := func(a, b *Finding) int { return cmp.Compare(b.Evidence.Count(), a.Evidence.Count()) }
	slices.SortFunc(r.Findings, compareFindings)
	slices.SortStableFunc(r.Findings, byEvidence)
	slices.SortStableFunc(r.Suppressed, byEvidence)
}

// Reveal moves the hidden findings for which reveal is true to Findings.
func (r *Report) Reveal(reveal func(*Finding) bool) {
	r.Hidden = slices.DeleteFunc(r.Hidden, func(f *Finding) bool {
		if reveal(f) {
			r.Findings = append(r.Findings, f)
			return true
		}
		return false
	})
}

// Observe adds findings of what a running program shows. They are recognised in another
// run like those of analyzers.
func (r *Report) Observe(findings []*Finding, sources *source.Cache) {
	slices.SortFunc(findings, compareFindings)
	var counter fingerprint.Counter
	for _, f := range findings {
		key := fingerprint.Key{Analyzer: f.Analyzer, Category: f.Category, Func: f.Func}
		key.Statement, key.Subject = fingerprint.NewFile(sources.File(f.Pos.File).Content).Anchor(place(f.Pos), place(f.End))
		f.ID = key.ID()
		f.Fingerprint = counter.Fingerprint(f.Package, key)
		r.Findings = append(r.Findings, f)
	}
}

// A Listing is what inputs have of the code.
type Listing struct {
	Sections []Section
	Foreign  bool // one of them is of another program
}

// A Section is what one input has: the places with most first.
type Section struct {
	Input   *Input
	Lines   []Line
	More    int    // places that are left out
	Foreign string // of which program it is, if not of this one
}

// A Line is a place, or a label, and how much there is.
type Line struct {
	Count int64
	Text  string
	Pos   record.Position // no File if it is not in the code
}
