package staticcheck

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"honnef.co/go/tools/analysis/lint"
	"honnef.co/go/tools/staticcheck/sa1012"
	"honnef.co/go/tools/staticcheck/sa1015"
	"honnef.co/go/tools/staticcheck/sa1017"
	"honnef.co/go/tools/staticcheck/sa1029"
	"honnef.co/go/tools/staticcheck/sa2001"
	"honnef.co/go/tools/staticcheck/sa2002"
	"honnef.co/go/tools/staticcheck/sa2003"
	"honnef.co/go/tools/staticcheck/sa4011"
	"honnef.co/go/tools/staticcheck/sa5001"
	"honnef.co/go/tools/staticcheck/sa5003"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Group is the name that stands for all checks in flags, in the configuration and in
// comments.
const Group = "staticcheck"

// A check is one of staticcheck's checks.
type check struct {
	*lint.Analyzer
	confidence catalog.Confidence // that all findings have at most
	// possible reports whether the check can find something in the package, nil if
	// that is not known beforehand.
	possible func(*shared) bool
	// grade returns how likely a finding is to be a mistake, nil if each is as likely as
	// confidence says; below has what else it can be.
	grade func(*shared, token.Pos) catalog.Confidence
	below []catalog.Confidence
	// left reports whether a finding is left to an analyzer of ctxlint, nil if that is so
	// of no finding.
	left func(*shared, token.Pos) bool
	// here says what is different in ctxlint, "" if nothing is.
	here string
}

// checks are the checks of the group, by name.
var checks = [...]check{
	{Analyzer: sa1012.SCAnalyzer, grade: gradeNil, below: []catalog.Confidence{catalog.Medium, catalog.Low}, here: "Confidence is high, and medium in tests, which may try what becomes of a nil context, and for a function that does not use its context. It is low for a function that asks whether its context is nil, as those of log/slog do, and in packages among tests (test, testing, e2e)."},
	{Analyzer: sa1015.SCAnalyzer, possible: uses("time.Tick"), left: everywhere, here: "goroutineleak/ticker reports these places, and others, so SA1015 itself reports nothing."},
	{Analyzer: sa1017.SCAnalyzer, possible: uses("os/signal.Notify")},
	{Analyzer: sa1029.SCAnalyzer, possible: uses("context.WithValue"), confidence: catalog.Low, left: collides, here: "Confidence is always low: most keys that are text are known to others, who ask for them. A key that the package also sets to a value of another type is left to ctxkey/collision."},
	{Analyzer: sa2001.SCAnalyzer, confidence: catalog.Medium, here: "Confidence is always medium: the section may be empty because it waits for whoever holds the lock."},
	{Analyzer: sa2002.SCAnalyzer, possible: endsTestInGoroutine},
	{Analyzer: sa2003.SCAnalyzer, possible: defersLock},
	{Analyzer: sa4011.SCAnalyzer, confidence: catalog.Low, left: hearsDone, here: "Confidence is always low: most such breaks are the last statement of their case, and harmless. Where a loop ends with a select, a break in a case for the end of a context is left to selectdefault and goroutineleak."},
	{Analyzer: sa5001.SCAnalyzer, grade: gradeClose, below: []catalog.Confidence{catalog.Low}, here: "Confidence is high, and low for an *os.File, whose Close does nothing but return an error if there is none, and where the process ends if there is an error."},
	{Analyzer: sa5003.SCAnalyzer, left: defersCancel, here: "Cancel functions are left to cancelleak/loop."},
}

// Names returns the names of the checks.
func Names() []string {
	var names []string
	for i := range checks {
		names = append(names, checks[i].name())
	}
	return names
}

// All returns new analyzers, one for each check of the group.
func All() []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for i := range checks {
		all = append(all, checks[i].newAnalyzer())
	}
	return all
}

// Suite returns the checks of the group as entries of ctxlint's suite.
func Suite() []analyzers.Entry {
	var all []analyzers.Entry
	for i := range checks {
		c := &checks[i]
		all = append(all, analyzers.Entry{
			Analyzer:      c.newAnalyzer(),
			Documentation: c.documentation(),
			Categories:    c.table(),
			New:           c.newAnalyzer,
			Group:         Group,
		})
	}
	return all
}

func (c *check) name() string { return c.Analyzer.Analyzer.Name }

// table returns the only category of the check, which has its name.
func (c *check) table() catalog.Table {
	return catalog.Table{{
		Name:       c.name(),
		Severity:   severities[c.Doc.Severity],
		Since:      "v0.1.0",
		Confidence: c.confidence,
		Also:       []string{Group + "/" + c.name()},
	}}
}

var severities = map[lint.Severity]catalog.Severity{
	lint.SeverityError:      catalog.Error,
	lint.SeverityDeprecated: catalog.Note,
	lint.SeverityWarning:    catalog.Warning,
	lint.SeverityInfo:       catalog.Note,
	lint.SeverityHint:       catalog.Note,
}

// documentation returns what staticcheck says about the check, and what is different in
// ctxlint.
func (c *check) documentation() *doctext.Doc {
	doc := c.Doc.Compile()
	text := strings.TrimSpace(doc.Format(false))
	if c.here != "" {
		text += "\n\nIn ctxlint: " + c.here
	}
	return &doctext.Doc{Name: c.name(), Summary: doc.Title, Text: text, Only: doc.Title}
}

// named returns the check of that name, which there must be.
func named(name string) *check {
	return &checks[slices.IndexFunc(checks[:], func(c check) bool { return c.name() == name })]
}

// Here returns what is different in ctxlint about the named check, "" if nothing is.
func Here(name string) string { return named(name).here }

// Levels returns the levels of confidence that findings of the named check can have.
func Levels(name string) []string {
	c := named(name)
	levels := []string{c.confidence.String()}
	for _, level := range c.below {
		levels = append(levels, level.String())
	}
	return levels
}

func (c *check) newAnalyzer() *analysis.Analyzer {
	original := c.Analyzer.Analyzer
	a := diag.NewAnalyzer(original.Name, original.Doc, c.table(), catalog.Selection{}, c.run)
	a.URL = original.URL
	a.Requires = append(a.Requires, sharedAnalyzer)
	return a
}

// run runs the check and reports what it finds as ctxlint reports: with its comments
// that silence, its levels, and nothing in generated files. Fixes are left out, because
// nothing proves them.
func (c *check) run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	s := pass.ResultOf[sharedAnalyzer].(*shared)
	r := diag.NewReporter(pass, wanted)
	if len(pass.Files) == 0 || scope.Of(pass).FactsOnly || !r.Enabled(c.name()) {
		return nil, nil
	}
	r.Guard(pass.Files[0].Name.Pos(), func() {
		if c.possible != nil && !c.possible(s) {
			return
		}
		var found []analysis.Diagnostic
		s.run(c.Analyzer.Analyzer, func(d analysis.Diagnostic) { found = append(found, d) })
		for _, d := range onePerPlace(found) {
			c.report(r, s, d)
		}
	})
	return nil, nil
}

func (c *check) report(r *diag.Reporter, s *shared, d analysis.Diagnostic) {
	if r.Generated(d.Pos) || c.left != nil && c.left(s, d.Pos) {
		r.Silences(c.name(), d.Pos) // a comment is needed there for staticcheck itself
		return
	}
	d.Category, d.URL, d.SuggestedFixes = c.name(), "", nil
	f := diag.Finding{Diagnostic: d}
	if c.grade != nil {
		f.Confidence = c.grade(s, d.Pos)
	}
	r.ReportFinding(f)
}

// onePerPlace makes one finding of those at one place, with all that is related.
func onePerPlace(found []analysis.Diagnostic) []analysis.Diagnostic {
	first := func(d analysis.Diagnostic) token.Pos {
		if len(d.Related) > 0 {
			return d.Related[0].Pos
		}
		return token.NoPos
	}
	slices.SortStableFunc(found, func(a, b analysis.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(first(a), first(b)))
	})
	var merged []analysis.Diagnostic
	for _, d := range found {
		if n := len(merged); n > 0 && merged[n-1].Pos == d.Pos {
			merged[n-1].Related = append(merged[n-1].Related, d.Related...)
		} else {
			merged = append(merged, d)
		}
	}
	return merged
}
