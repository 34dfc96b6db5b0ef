// Package analyzertest tests an analyzer on fixtures: packages in a separate
// module, whose comments say what must be found in them.
//
//	ctx, _ = context.WithCancel(ctx) // want "discarded: the cancel function is discarded"
//	func Drop(cancel func()) {}      // want Drop:`^ignores\(0\)$`
//
// A comment that begins with "want" expects, on its line, one finding for each
// string in it: with exactly that category, and a message that matches the
// regular expression after the colon. "medium category: message" expects a finding
// of medium confidence, and "low category: message" one of low; the analyzer is asked for those too. NAME:"..." expects a
// fact about the object NAME that is declared on the line, in the words of its
// String method; "package" on the first line of the first file stands for the
// package. "want +1" expects them on the next line, and so on.
//
// A file x.go.golden beside x.go is what the fixes of all findings make of
// x.go. It has to compile, and only findings without a fix may remain in it. In
// a directory named "without", no finding may have a fix.
package analyzertest

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
	"github.com/ctxlint/ctxlint/internal/pass/rewire"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// A Test says what to test, on which fixtures.
type Test struct {
	Analyzer      *analysis.Analyzer
	Documentation *doctext.Doc // nil for an analyzer that reports nothing

	// Packages are the directories of the fixtures, relative to the module.
	// Unlike for go list, "..." also matches directories whose names begin with
	// an underscore, except those below a directory in Except.
	Packages []string
	Except   []string

	// EveryFact are those packages in which every fact has to be expected.
	// Elsewhere, fixtures need not list the facts about all of their functions.
	EveryFact []string

	// Others says that the messages are those of another project, and that their form is
	// not ours to check.
	Others bool

	// Story has the categories whose findings must have related information;
	// see [Every].
	Story []string
}

// Every returns all categories of an analyzer.
func Every(doc *doctext.Doc) []string {
	var names []string
	for _, c := range doc.Categories() {
		names = append(names, c.Name)
	}
	return names
}

// Run runs the test on fixtures of the module. It returns the result of the
// analyzer for each package, for further checks.
func (m *Module) Run(t *testing.T, test Test) []*checker.Action {
	t.Helper()
	m.load(t)
	pkgs := m.packages(t, test)
	after := fixed(t, pkgs)
	defer askForAll(t, test.Analyzer)()
	// The checker keeps results of roots only.
	suite := ForOwn([]*analysis.Analyzer{test.Analyzer, suppress.Analyzer})
	graph := analyze(t, suite, append(pkgs, slices.Collect(maps.Values(after))...))
	actions := make(map[*packages.Package]*checker.Action)
	for _, act := range graph.Roots {
		if act.Analyzer == suite[0] {
			actions[act.Package] = act
		}
	}
	var list []*checker.Action
	for _, p := range pkgs {
		act := actions[p]
		m.checkExpectations(t, act, matchAny(test.EveryFact, m.short(p.Dir)))
		checkForm(t, act, test)
		checkFixes(t, act)
		if p := after[p]; p != nil {
			checkFixed(t, act, actions[p])
		}
		list = append(list, act)
	}
	return list
}

// ForOwn returns the analyzers as programs run them that show findings in the user's own
// modules only: what fixtures import from elsewhere is analysed for its facts alone. To
// look for findings there, too, would take most of the time of each test.
func ForOwn(suite []*analysis.Analyzer) []*analysis.Analyzer {
	return rewire.Analyzers(suite, rewire.Map{scope.Analyzer: scope.Own})
}

// askForAll asks an analyzer for findings of every confidence, if it has them, until
// the function that it returns is called.
func askForAll(t *testing.T, a *analysis.Analyzer) (undo func()) {
	t.Helper()
	f := a.Flags.Lookup(catalog.ConfidenceFlag)
	if f == nil {
		return func() {}
	}
	old := f.Value.String()
	set := func(value string) {
		if err := f.Value.Set(value); err != nil {
			t.Fatal(err)
		}
	}
	set(catalog.Least.String())
	return func() { set(old) }
}

// matchAny reports whether a directory matches one of the patterns: it is the
// directory named, or below it if the pattern ends in "/...".
func matchAny(patterns []string, dir string) bool {
	for _, p := range patterns {
		above, deep := strings.CutSuffix(p, "/...")
		if p == "..." || dir == above || deep && strings.HasPrefix(dir, above+"/") {
			return true
		}
	}
	return false
}

// short returns the name of a file relative to the module, with slashes.
func (m *Module) short(file string) string {
	rel, err := filepath.Rel(m.dir, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return file
	}
	return filepath.ToSlash(rel)
}
