package cancelleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/diag"
	"github.com/ctxlint/ctxlint/internal/suppress"
)

// Analyzer finds cancel functions that are lost on some path.
var Analyzer = &analysis.Analyzer{
	Name:     "cancelleak",
	Doc:      Documentation.Text,
	URL:      diag.URL("cancelleak"),
	Requires: []*analysis.Analyzer{suppress.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	r := diag.NewReporter(pass, "")
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok || len(a.Lhs) != 2 || len(a.Rhs) != 1 {
				return true
			}
			id, ok := a.Lhs[1].(*ast.Ident)
			call, ok2 := a.Rhs[0].(*ast.CallExpr)
			if !ok || !ok2 || id.Name != "_" {
				return true
			}
			fn, _ := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
			if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "context" {
				return true
			}
			r.Report(analysis.Diagnostic{
				Pos: id.Pos(), End: id.End(), Category: "discarded",
				Message: "the cancel function of context." + fn.Name() + " is discarded",
				Related: []analysis.RelatedInformation{{Pos: call.Pos(), End: call.End(), Message: "the context is made here"}},
				SuggestedFixes: []analysis.SuggestedFix{{Message: "Defer the cancel function", TextEdits: []analysis.TextEdit{
					{Pos: id.Pos(), End: id.End(), NewText: []byte("cancel")},
					{Pos: a.End(), End: a.End(), NewText: []byte("\n\tdefer cancel()")},
				}}},
			})
			return true
		})
	}
	return nil, nil
}
