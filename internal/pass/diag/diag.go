// Package diag is how all of ctxlint's analyzers report: it reports nothing in
// generated files, honours suppression comments, fills in the address of the
// documentation, and turns a panic into a diagnostic.
package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// Internal is the category of a diagnostic about a failure of ctxlint itself.
const Internal = catalog.Internal

// URL returns the address of the documentation of the named analyzer; the
// section about a category is at that URL with "#category" appended.
func URL(analyzer string) string {
	return "https://github.com/ctxlint/ctxlint/blob/main/docs/" + analyzer + ".md"
}

// A Reporter reports the findings of one pass. Its methods are not safe for
// concurrent use; a pass is sequential.
type Reporter struct {
	pass      *analysis.Pass
	ignores   *suppress.Index
	wanted    *catalog.Set
	generated map[*token.File]bool // nil until the first finding
	helping   map[*token.File]bool // whether it holds helpers for tests; nil until the first finding
	decisions *decision.Log        // nil unless somebody asks
}

// NewReporter returns the reporter of pass, whose analyzer must require
// [suppress.Analyzer], for the wanted categories.
func NewReporter(pass *analysis.Pass, wanted *catalog.Set) *Reporter {
	r := &Reporter{
		pass:    pass,
		ignores: pass.ResultOf[suppress.Analyzer].(*suppress.Index),
		wanted:  wanted,
	}
	if mode, ok := pass.ResultOf[scope.Analyzer].(*scope.Mode); ok {
		r.decisions = mode.Decisions
	}
	return r
}

// Enabled reports whether findings of the category are wanted, so that the work
// of finding them can be saved.
func (r *Reporter) Enabled(category string) bool { return r.wanted.Reports(category) }

// Explains reports whether somebody asks why nothing is said, so that reasons that no
// finding depends on are worth looking for.
func (r *Reporter) Explains() bool { return r.decisions != nil }

// Silent keeps, for whoever asks, why no finding of a category, "" if that is open, is
// reported at pos. An empty reason is none.
func (r *Reporter) Silent(category string, pos token.Pos, why decision.Reason) {
	if why != "" {
		r.decisions.Add(decision.Decision{Analyzer: r.pass.Analyzer.Name, Category: category, Pos: pos, Reason: why})
	}
}

// A Finding is a diagnostic and what only some drivers show of it.
type Finding struct {
	analysis.Diagnostic
	// Confidence says how much is proved; that of the category's row may be lower, and
	// is then the one that counts. Only a finding of high confidence keeps its fixes: to
	// change code, all has to be proved.
	Confidence catalog.Confidence
	// Assumes is the import path of the library whose commands are taken to have a
	// context that ends, "" for most findings. Only the package that starts them knows,
	// and until a driver that sees it has settled that, Confidence is medium at most.
	Assumes string
	// AssumesKey is what the finding takes to be so of the keys that the packages of a
	// run use. Until a driver that sees all of them has settled that, Confidence is
	// medium at most.
	AssumesKey keys.Assumption
	// AssumesCaller is the function whose callers are taken to give it a context that ends.
	// A driver that sees all of them drops the finding if they do not.
	AssumesCaller arrivals.Assumption
	// Leaving is the way out of a function on which alone the finding does harm, none for most
	// findings. Where the process ends then, which a driver that sees all packages knows, little
	// is lost.
	Leaving failures.Way
	// Explained says that a comment in plain words, beside the finding, says that the
	// code is intended. Words can be about something else, or out of date, so they
	// silence nothing: the finding is a note. It has no fixes, which would contradict
	// the comment. The message ends with its remedy; the note offers another one.
	Explained bool
	// Root is where the path of the finding ends: set in categories whose identity is
	// [catalog.OfRoot], and only there.
	Root *catalog.Root
	// Metric is what a finding about time series is about, as far as that is known.
	Metric catalog.Metric
}

// A Doubt is what is not known of a context.
type Doubt struct {
	Doubtful bool                // it may never end
	Library  string              // whose commands decide whether it does, "" for none
	Caller   arrivals.Assumption // whose callers do
}

// Doubt takes back what is not known of a finding if the context that it is about may
// never end: its confidence is low, without a fix, unless it only assumes that
// commands of a library have a context that ends.
func (f *Finding) Doubt(d Doubt) {
	f.Assumes, f.AssumesCaller = d.Library, d.Caller
	if d.Doubtful && d.Library == "" {
		f.Confidence, f.SuggestedFixes = catalog.Low, nil
	}
}

// Report reports d with the confidence of its category: see [Reporter.ReportFinding].
func (r *Reporter) Report(d analysis.Diagnostic) bool {
	return r.ReportFinding(Finding{Diagnostic: d})
}

// ReportFinding reports f, whose Category must be one of the analyzer's, unless that
// category or findings with as little confidence are not wanted, the file is
// generated, or a comment silences f. It returns whether f was reported.
func (r *Reporter) ReportFinding(f Finding) bool {
	if !r.Wants(f) {
		return false
	}
	r.report(r.worded(f), 0)
	return true
}

// KeepForRun keeps a finding that is none as long as only one package is seen, for a
// driver that sees all of them: see [suppress.Index.Others].
func (r *Reporter) KeepForRun(f Finding) {
	if r.wanted.Reports(f.Category) && !r.Generated(f.Pos) && !r.Silences(f.Category, f.Pos) {
		r.ignores.Keep(r.pass.Analyzer.Name, complete(f.Diagnostic), r.note(f))
	}
}

// report reports a finding that is wanted, and says how many others of the package
// have the same root.
func (r *Reporter) report(f Finding, others int) {
	d, note := complete(f.Diagnostic), r.note(f)
	if others > 0 {
		note.Message = d.Message
		d.Message += OtherCalls(others, 0, 0)
	}
	r.ignores.Annotate(r.pass.Analyzer.Name, d, note)
	r.pass.Report(d)
}

// worded returns f as it is shown. What it assumes does not take its fixes away: if
// that is wrong, they change nothing, and if it is right, they are wanted.
func (r *Reporter) worded(f Finding) Finding {
	if f.Explained {
		f.Message += confirm
	}
	if f.Explained || r.grade(f, f.Confidence) > catalog.High {
		f.SuggestedFixes = nil
	}
	return f
}

// confirm ends the remedy for a finding that a comment in plain words explains, and
// names the directive that would be counted and listed.
const confirm = ", or confirm the comment: //ctxlint:detached why"

// Wants reports whether f would be reported. A comment that silences it counts as
// used, and the finding as silenced.
func (r *Reporter) Wants(f Finding) bool {
	if !r.wanted.Reports(f.Category) || !r.wanted.Shows(r.Confidence(f)) {
		return false
	}
	if r.Generated(f.Pos) {
		r.Silent(f.Category, f.Pos, "the file is generated, so a change to it would not last")
		return false
	}
	d := complete(f.Diagnostic)
	if !r.ignores.Silence(r.pass.Analyzer.Name, d, r.wanted.Also(f.Category)...) {
		return true
	}
	r.ignores.Annotate(r.pass.Analyzer.Name, d, r.note(f))
	return false
}

func (r *Reporter) note(f Finding) suppress.Note {
	n := suppress.Note{Explained: f.Explained, Confidence: r.Confidence(f), Root: f.Root, Metric: f.Metric, Leaving: f.Leaving}
	n.AssumesKey, n.AssumesCaller = f.AssumesKey, f.AssumesCaller
	if f.AssumesKey != (keys.Assumption{}) {
		n.AssumesKey.Confidence = r.grade(f, f.AssumesKey.Confidence)
	}
	if n.AssumesCaller.Open {
		n.AssumesCaller.Confidence = r.grade(f, max(f.Confidence, f.AssumesCaller.Confidence, catalog.Medium))
	}
	if f.Assumes != "" {
		n.Assumes = starts.Assumption{Library: f.Assumes, Confidence: r.grade(f, f.Confidence)}
	}
	return n
}

// Confidence returns the confidence that f is reported with, as long as what it assumes is
// not known.
func (r *Reporter) Confidence(f Finding) catalog.Confidence {
	c := f.Confidence
	if f.Assumes != "" || f.AssumesKey != (keys.Assumption{}) {
		c = max(c, catalog.Medium)
	}
	return r.grade(f, c)
}

// grade returns the confidence of a finding of which the analyzer says c. Where helpers for
// tests are, and in packages among tests, it is low: what they lose ends with the test.
func (r *Reporter) grade(f Finding, c catalog.Confidence) catalog.Confidence {
	c = r.wanted.Confidence(f.Category, c)
	if r.helpsTests(f.Pos) {
		c = max(c, catalog.Low)
	}
	return c
}

func (r *Reporter) helpsTests(pos token.Pos) bool {
	if r.helping == nil {
		r.helping = make(map[*token.File]bool)
		among := scope.AmongTests(r.pass)
		for _, f := range r.pass.Files {
			r.helping[r.pass.Fset.File(f.FileStart)] = !scope.TestFile(r.pass.Fset, f.FileStart) && (among || scope.HelpsTests(f))
		}
	}
	return r.helping[r.pass.Fset.File(pos)]
}

// Detached reports whether a //ctxlint:detached covers pos, and counts it as used:
// see [suppress.Index.Detaches].
func (r *Reporter) Detached(pos token.Pos) bool { return r.ignores.Detaches(pos) }

// Silences reports whether a comment would silence findings of the category at pos,
// which is on the way to where one is reported, and counts it as used.
func (r *Reporter) Silences(category string, pos token.Pos) bool {
	return r.ignores.Covers(r.pass.Analyzer.Name, category, pos, r.wanted.Also(category)...)
}

// complete returns d with the address of its documentation.
func complete(d analysis.Diagnostic) analysis.Diagnostic {
	if d.URL == "" {
		d.URL = "#" + d.Category // resolved against Analyzer.URL by the driver
	}
	return d
}

// Guard calls f and, if f panics, reports the panic at pos as a diagnostic of
// category [Internal], so that a function that the analysis cannot handle loses
// its own findings only.
func (r *Reporter) Guard(pos token.Pos, f func()) {
	defer func() {
		if x := recover(); x != nil {
			what := strings.Join(strings.Fields(fmt.Sprint(x)), " ") // a diagnostic is one line
			r.pass.Report(analysis.Diagnostic{
				Pos:      pos,
				Category: Internal,
				URL:      "#" + Internal,
				Message:  fmt.Sprintf("internal error in %s: %s (please report it; at %s)", r.pass.Analyzer.Name, what, panicSite(debug.Stack())),
			})
		}
	}()
	f()
}

// panicSite returns the function of the innermost frame of a stack that belongs
// to ctxlint, but not to this package.
func panicSite(stack []byte) string {
	for line := range strings.SplitSeq(string(stack), "\n") {
		if strings.HasPrefix(line, "github.com/ctxlint/ctxlint/") && !strings.Contains(line, "internal/pass/diag.") {
			if i := strings.LastIndexByte(line, '('); i > 0 {
				line = line[:i]
			}
			return strings.TrimPrefix(line, "github.com/ctxlint/ctxlint/")
		}
	}
	return "unknown function"
}

// isGenerated reports whether a generator other than cgo wrote the file. What cgo
// writes is the user's file with a few expressions replaced.
func isGenerated(f *ast.File) bool {
	rest := &ast.File{Package: f.Package}
	for _, group := range f.Comments {
		if !slices.ContainsFunc(group.List, func(c *ast.Comment) bool { return c.Text == "// Code generated by cmd/cgo; DO NOT EDIT." }) {
			rest.Comments = append(rest.Comments, group)
		}
	}
	return ast.IsGenerated(rest)
}

// Generated reports whether pos is in a file that a generator has written, in which
// nobody can change anything.
func (r *Reporter) Generated(pos token.Pos) bool {
	if r.generated == nil {
		r.generated = make(map[*token.File]bool)
		for _, f := range r.pass.Files {
			if isGenerated(f) {
				r.generated[r.pass.Fset.File(f.FileStart)] = true
			}
		}
	}
	return r.generated[r.pass.Fset.File(pos)]
}
