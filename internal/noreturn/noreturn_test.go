package noreturn_test

import (
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/internal/noreturn"
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
