package goplsplugin

import (
	"bytes"
	"go/ast"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/ssabuild"
	"github.com/ctxlint/ctxlint/internal/syntax"
	"github.com/ctxlint/ctxlint/internal/testenv"
)

// stock is x/tools' buildssa as it was before [Analyzers] changed it.
var stock = *buildssa.Analyzer

// TestShared wants gopls' analyzers and those of ctxlint to use the same SSA form
// and the same inspector.
func TestShared(t *testing.T) {
	requires := []*analysis.Analyzer{buildssa.Analyzer, ssabuild.Analyzer, inspect.Analyzer, syntax.Analyzer}
	for _, a := range Analyzers() {
		requires = append(requires, a.Analyzer)
	}
	ran := 0
	run(t, []string{"./internal/concurrency"}, &analysis.Analyzer{
		Name:     "compare",
		Doc:      "compare what analyzers get",
		Requires: requires,
		Run: func(pass *analysis.Pass) (any, error) {
			ran++
			if pass.ResultOf[buildssa.Analyzer].(*buildssa.SSA).Pkg != pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA().Pkg {
				t.Error("the SSA form is built twice")
			}
			cur, ok := pass.ResultOf[syntax.Analyzer].(*syntax.Index).At(pass.Files[0].Name.Pos(), func(ast.Node) bool { return true })
			if !ok || cur.Inspector() != pass.ResultOf[inspect.Analyzer].(*inspector.Inspector) {
				t.Error("the index of the syntax is made twice")
			}
			return nil, nil
		},
	})
	if ran == 0 {
		t.Error("nothing was compared")
	}
}

// run applies an analyzer to packages of this module.
func run(t *testing.T, patterns []string, a *analysis.Analyzer) {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: testenv.Root(t)}, patterns...)
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the packages do not load: ", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, &checker.Options{Sequential: true})
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatal(act, act.Err)
		}
	}
}

// TestShareSSA wants the form that gopls' analyzers get from ctxlint to be the one
// that they would have built: the same functions in the same order, and the same
// instructions in them.
func TestShareSSA(t *testing.T) {
	shared := stock
	shareSSA(&shared)
	compared := 0
	run(t, []string{"./analyzers/...", "./cmd/...", "./internal/..."}, &analysis.Analyzer{
		Name:     "compare",
		Doc:      "compare two SSA forms",
		Requires: []*analysis.Analyzer{&stock, &shared},
		Run: func(pass *analysis.Pass) (any, error) {
			want, got := text(pass.ResultOf[&stock]), text(pass.ResultOf[&shared])
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-buildssa +ctxlint):\n%s", pass.Pkg.Path(), diff)
			}
			compared += len(got)
			return nil, nil
		},
	})
	if compared < 1000 {
		t.Errorf("%d functions are too few to compare", compared)
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
