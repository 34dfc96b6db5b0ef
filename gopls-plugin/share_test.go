package goplsplugin

import (
	"bytes"
	"go/ast"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestShared checks that gopls' analyzers and those of ctxlint use the same SSA
// form and the same inspector.
func TestShared(t *testing.T) {
	requires := []*analysis.Analyzer{sharedSSA, ssabuild.Analyzer, inspect.Analyzer, sharedSyntax}
	for _, a := range Analyzers() {
		requires = append(requires, a.Analyzer)
	}
	var ran atomic.Bool
	testenv.Analyze(t, &analysis.Analyzer{
		Name:     "compare",
		Doc:      "compare what analyzers get",
		Requires: requires,
		Run: func(pass *analysis.Pass) (any, error) {
			ran.Store(true)
			if pass.ResultOf[sharedSSA].(*buildssa.SSA).Pkg != pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA().Pkg {
				t.Error("the SSA form is built twice")
			}
			cur, ok := pass.ResultOf[sharedSyntax].(*syntax.Index).At(pass.Files[0].Name.Pos(), func(ast.Node) bool { return true })
			if !ok || cur.Inspector() != pass.ResultOf[inspect.Analyzer].(*inspector.Inspector) {
				t.Error("the index of the syntax is made twice")
			}
			return nil, nil
		},
	}, testenv.Root(t), "./internal/engine/concurrency")
	if !ran.Load() {
		t.Error("nothing was compared")
	}
}

// TestShareSSA checks that the form that gopls' analyzers get from ctxlint is
// the one that they would have built: the same functions in the same order,
// with the same instructions.
func TestShareSSA(t *testing.T) {
	var compared atomic.Int64
	testenv.Analyze(t, &analysis.Analyzer{
		Name:     "compare",
		Doc:      "compare two SSA forms",
		Requires: []*analysis.Analyzer{buildssa.Analyzer, sharedSSA},
		Run: func(pass *analysis.Pass) (any, error) {
			want, got := text(pass.ResultOf[buildssa.Analyzer]), text(pass.ResultOf[sharedSSA])
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-buildssa +ctxlint):\n%s", pass.Pkg.Path(), diff)
			}
			compared.Add(int64(len(got)))
			return nil, nil
		},
	}, testenv.Root(t), "./analyzers/...", "./cmd/...", "./internal/...")
	if n := compared.Load(); n < 1000 {
		t.Errorf("%d functions are too few to compare", n)
	}
}

// text returns the functions in the result of buildssa as text.
func text(result any) []string {
	var out []string
	for _, fn := range result.(*buildssa.SSA).SrcFuncs {
		var b bytes.Buffer
		fn.WriteTo(&b)
		out = append(out, b.String())
	}
	return out
}
