package goplsplugin

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/rewire"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Share returns gopls' own analyzers in the form in which they must run beside
// those of ctxlint: where they ask x/tools' buildssa for the SSA form, they get
// the one that ctxlint's analyzers use. Building SSA is a large part of what
// each side costs after an edit. Control flow then ends where ctxlint's package
// noreturn says so.
//
// It is this way round because ctxlint's form is built only for packages that
// matter; if an analyzer with facts required buildssa, it would be built for
// every dependency.
func Share(own []*analysis.Analyzer) []*analysis.Analyzer {
	return rewire.Analyzers(own, rewire.Map{buildssa.Analyzer: sharedSSA})
}

// sharedSSA has the result of buildssa.
var sharedSSA = &analysis.Analyzer{
	Name:     "ctxlintbuildssa",
	Doc:      "give ctxlint's SSA form to analyzers that want that of buildssa",
	Requires: []*analysis.Analyzer{ssabuild.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		s := pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA()
		declared := s.Funcs
		if i := slices.Index(declared, s.Pkg.Func("init")); i >= 0 { // buildssa leaves out the package initializer
			declared = declared[:i:i]
		}
		return &buildssa.SSA{Pkg: s.Pkg, SrcFuncs: declared}, nil
	},
	ResultType: reflect.TypeFor[*buildssa.SSA](),
}

// sharedSyntax has the result of ctxlint's analyzer that finds syntax by
// position, made from the inspector that gopls' analyzers already have.
var sharedSyntax = &analysis.Analyzer{
	Name:     "ctxlintinspect",
	Doc:      "find syntax by position with the inspector that others use",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		return syntax.Of(pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)), nil
	},
	ResultType: reflect.TypeFor[*syntax.Index](),
}
