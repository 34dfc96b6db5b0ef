package goplsplugin

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/testenv"
)

// TestShareSSA wants the form that gopls' analyzers get from ctxlint to be the one
// that they would have built: the same functions in the same order, and the same
// instructions in them.
func TestShareSSA(t *testing.T) {
	shared := *buildssa.Analyzer
	shareSSA(&shared)
	compared := 0
	compare := &analysis.Analyzer{
		Name:     "compare",
		Doc:      "compare two SSA forms",
		Requires: []*analysis.Analyzer{buildssa.Analyzer, &shared},
		Run: func(pass *analysis.Pass) (any, error) {
			want, got := text(pass.ResultOf[buildssa.Analyzer]), text(pass.ResultOf[&shared])
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-buildssa +ctxlint):\n%s", pass.Pkg.Path(), diff)
			}
			compared += len(got)
			return nil, nil
		},
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: testenv.Root(t)}, "./analyzers/...", "./cmd/...", "./internal/...")
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the packages do not load: ", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{compare}, pkgs, &checker.Options{Sequential: true})
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatal(act, act.Err)
		}
	}
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
