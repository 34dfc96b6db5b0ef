package goplsplugin

import (
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// shareSSA makes an analyzer, which is to be x/tools' buildssa, give the SSA form
// that ctxlint's own analyzers use. gopls runs both, and to build the form is much
// of what each costs after an edit. Control flow then ends for gopls' analyzers
// where ctxlint's package noreturn says so.
func shareSSA(a *analysis.Analyzer) {
	a.Requires = []*analysis.Analyzer{ssabuild.Analyzer}
	a.Run = func(pass *analysis.Pass) (any, error) {
		s := pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA()
		declared := s.Funcs
		if i := slices.Index(declared, s.Pkg.Func("init")); i >= 0 { // buildssa leaves out the package initializer
			declared = declared[:i:i]
		}
		return &buildssa.SSA{Pkg: s.Pkg, SrcFuncs: declared}, nil
	}
}

// shareSyntax makes the analyzer that finds syntax by position use the inspector
// that gopls' analyzers have made of the files already.
func shareSyntax() {
	syntax.Analyzer.Requires = []*analysis.Analyzer{inspect.Analyzer}
	syntax.Analyzer.Run = func(pass *analysis.Pass) (any, error) {
		return syntax.Of(pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)), nil
	}
}
