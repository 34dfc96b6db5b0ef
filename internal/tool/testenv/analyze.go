package testenv

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// Analyze applies an analyzer to the packages that the patterns name in the
// module in dir and, for its facts, to everything that they import. The test
// fails if one of them does not load, or an analyzer returns an error.
func Analyze(t testing.TB, a *analysis.Analyzer, dir string, patterns ...string) *checker.Graph {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir}, patterns...)
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the packages do not load: ", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatal(act, act.Err)
		}
	}
	return graph
}
