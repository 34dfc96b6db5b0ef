package regtest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
)

// TestConfidence checks that what is found with high confidence is the same, to the
// words, the steps and the fixes, whether findings of medium confidence are wanted or
// not: the command records both and leaves out one kind, other drivers do not.
func TestConfidence(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, twice")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		pkgs := m.load(t)
		withAll := byConfidence(t, m.analyze(t), pkgs)
		alone := byConfidence(t, run(t, pkgs, slices.Concat(analyzers.All(), staticcheck.All())), pkgs)
		if diff := cmp.Diff(withAll[catalog.High], alone[catalog.High]); diff != "" {
			t.Errorf("findings of high confidence (-among others +alone):\n%s", diff)
		}
		if n := len(alone[catalog.Medium]); n > 0 {
			t.Errorf("%d findings of medium confidence that nobody has asked for", n)
		}
		if n := len(withAll[catalog.Medium]); n < m.atLeast/10 {
			t.Errorf("%d findings of medium confidence are too few to mean anything", n)
		}
	})
}

// byConfidence returns what is found in some packages of a graph.
func byConfidence(t *testing.T, graph *checker.Graph, pkgs []*packages.Package) map[catalog.Confidence][]string {
	text := readFile(t)
	all := make(map[catalog.Confidence][]string)
	for _, act := range graph.Roots {
		if !slices.Contains(pkgs, act.Package) {
			continue
		}
		for _, d := range act.Diagnostics {
			id := identity(act, d, text)
			for _, f := range d.SuggestedFixes {
				id += fmt.Sprintf(" %s: %d edits", f.Message, len(f.TextEdits))
			}
			level := analyzertest.Note(act, d).Confidence
			all[level] = append(all[level], id)
		}
	}
	for _, list := range all {
		slices.Sort(list)
	}
	return all
}
