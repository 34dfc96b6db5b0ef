package noreturn_test

import (
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/noreturn"
	"github.com/ctxlint/ctxlint/internal/relevance"
	"github.com/ctxlint/ctxlint/internal/testenv"
)

func TestFacts(t *testing.T) {
	results := analysistest.Run(t, analysistest.TestData(), noreturn.Analyzer, "exits", "uses")

	// Several analyzers share the result, and drivers run them at the same time.
	// What is wrong with that, go test -race tells.
	for _, r := range results {
		result := r.Result.(*noreturn.Result)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for _, obj := range r.Action.Package.TypesInfo.Defs {
					if fn, ok := obj.(*types.Func); ok {
						result.NoReturn(fn)
					}
				}
			})
		}
		all.Wait()
	}
}

// TestNoNeedlessFacts: facts travel to everything that imports the package,
// directly or not, and each costs time there.
func TestNoNeedlessFacts(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: testenv.Fixtures(t)}, "log", "go.uber.org/zap", "github.com/sirupsen/logrus")
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the packages do not load: ", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{noreturn.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		for _, f := range act.AllObjectFacts() {
			if fn := f.Object.(*types.Func); relevance.IsStandardPath(fn.Pkg().Path()) || noreturn.Known(fn) {
				t.Errorf("%s has a fact about %s", act.Package.PkgPath, fn.FullName())
			}
		}
	}
}
