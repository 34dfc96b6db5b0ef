package diag

import (
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// NewAnalyzer returns an analyzer that reports findings of the categories in table,
// of which selected says which ones are wanted by default. It has the flags of the
// table, and requires what every run asks: [suppress.Analyzer], without which there
// is no [Reporter], and [scope.Analyzer]. The caller adds other requirements, fact
// types and flags. When it runs, it calls run with the categories that are wanted.
func NewAnalyzer(name, doc string, table catalog.Table, selected catalog.Selection, run func(*analysis.Pass, *catalog.Set) (any, error)) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:     name,
		Doc:      doc,
		URL:      URL(name),
		Requires: []*analysis.Analyzer{suppress.Analyzer, scope.Analyzer},
	}
	wanted := catalog.Bind(&a.Flags, name, table, selected)
	a.Run = func(pass *analysis.Pass) (any, error) { return run(pass, wanted) }
	return a
}
