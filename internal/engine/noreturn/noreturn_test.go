package noreturn_test

import (
	"go/types"
	"sync"
	"testing"

	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/model/fatal"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestFacts(t *testing.T) {
	all := []string{"..."}
	actions := analyzertest.NewModule(analyzertest.TestData, "./...").Run(t, analyzertest.Test{Analyzer: noreturn.Analyzer, Packages: all, EveryFact: all})

	// Several analyzers share the result, and drivers run them in parallel.
	// With go test -race, this test detects data races.
	for _, act := range actions {
		result := act.Result.(*noreturn.Result)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for _, obj := range act.Package.TypesInfo.Defs {
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
	graph := testenv.Analyze(t, noreturn.Analyzer, testenv.Fixtures(t), "log", "go.uber.org/zap", "github.com/sirupsen/logrus")
	for act := range graph.All() {
		for _, f := range act.AllObjectFacts() {
			if fn := f.Object.(*types.Func); scope.IsStandardPath(fn.Pkg().Path()) || fatal.Known(fn) {
				t.Errorf("%s has a fact about %s", act.Package.PkgPath, fn.FullName())
			}
		}
	}
}
