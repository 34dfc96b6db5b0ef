package regtest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
)

// TestConfidence checks that what is found with high or medium confidence is the same, to
// the words, the steps and the fixes, whether findings of less confidence are wanted or
// not: the command records all and leaves out what is not asked for, other drivers do not.
func TestConfidence(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, three times")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		pkgs := m.load(t)
		withAll := byConfidence(t, m.analyze(t), pkgs)
		for _, least := range []catalog.Confidence{catalog.High, catalog.Medium} {
			asked := byConfidence(t, run(t, pkgs, suiteFor(least)), pkgs)
			for level := catalog.High; level <= catalog.Least; level++ {
				want := withAll[level]
				if level > least {
					want = nil
				}
				if diff := cmp.Diff(want, asked[level]); diff != "" {
					t.Errorf("findings of %s confidence with -confidence %s (-among all +asked for):\n%s", level, least, diff)
				}
			}
		}
		if n := len(withAll[catalog.Medium]); n < m.atLeast/10 {
			t.Errorf("%d findings of medium confidence are too few to mean anything", n)
		}
		if len(withAll[catalog.Low]) == 0 {
			t.Error("no findings of low confidence")
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
