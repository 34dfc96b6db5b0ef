package cancelleak

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// TestMaxVariables returns a value that has gone through some variables.
func TestMaxVariables(t *testing.T) {
	for n, want := range map[int]bool{1: true, maxVariables: true, maxVariables + 1: false} {
		body := ""
		for i := range n {
			body += fmt.Sprintf("v%d := v%d\nkeep = func() { _ = v%[1]d }\n", i+1, i)
		}
		src := fmt.Sprintf("package p\nvar keep func()\nfunc make() any\nfunc f() any {\nv0 := make()\n%sreturn v%d\n}\n", body, n)
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", src, 0)
		if err != nil {
			t.Fatal(err)
		}
		pkg, _, err := ssautil.BuildPackage(&types.Config{}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
		if err != nil {
			t.Fatal(err)
		}
		fn := pkg.Func("f")
		made := slices.IndexFunc(fn.Blocks[0].Instrs, func(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Call); return ok })
		if got := same(ssax.Returns(fn)[0].Results[0], fn.Blocks[0].Instrs[made].(*ssa.Call)); got != want {
			t.Errorf("%d variables: %t", n, got)
		}
	}
}
