package noreturn_test

import (
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/model/fatal"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
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
	graph := testenv.Analyze(t, noreturn.Analyzer, testenv.Fixtures(t), "log", "go.uber.org/zap", "github.com/sirupsen/logrus")
	for act := range graph.All() {
		for _, f := range act.AllObjectFacts() {
			if fn := f.Object.(*types.Func); scope.IsStandardPath(fn.Pkg().Path()) || fatal.Known(fn) {
				t.Errorf("%s has a fact about %s", act.Package.PkgPath, fn.FullName())
			}
		}
	}
}
