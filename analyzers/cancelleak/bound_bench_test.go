package cancelleak

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// BenchmarkChain has functions with n contexts, each derived from the one before, the
// last of which is returned. The cost of one must not grow much with n.
func BenchmarkChain(b *testing.B) {
	for _, n := range []int{1000, 2000, 4000} {
		fn, contexts := chain(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if got := leavers(fn, contexts); got != n {
					b.Fatalf("%d contexts leave the function, want %d", got, n)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/context")
		})
	}
}

// TestChain checks what the benchmark measures.
func TestChain(t *testing.T) {
	fn, contexts := chain(t, 5)
	if got := leavers(fn, contexts); got != 5 {
		t.Errorf("%d contexts leave the function with the last one, want 5", got)
	}
	tree := (&checker{pass: &analysis.Pass{Pkg: fn.Pkg.Pkg}}).boundIn(fn, contexts)
	for i, ctx := range contexts {
		if got := len(tree.boundTo(ctx)); got != 5-i {
			t.Errorf("%d values are bound to context %d, want %d", got, i, 5-i)
		}
	}
	for i, want := range []string{"a derived context", "the context"} {
		last := tree.leavingWith(contexts[3+i])[0]
		if got := tree.what(last, contexts[3+i]); got != want {
			t.Errorf("the last context is %q for context %d, want %q", got, 3+i, want)
		}
	}
}

// leavers returns how many of the contexts leave a function.
func leavers(fn *ssa.Function, contexts []ssa.Value) int {
	tree := (&checker{pass: &analysis.Pass{Pkg: fn.Pkg.Pkg}}).boundIn(fn, contexts)
	n := 0
	for _, ctx := range contexts {
		n += len(tree.leavingWith(ctx))
	}
	return n
}

// chain returns a function that derives n contexts, and the contexts.
func chain(tb testing.TB, n int) (*ssa.Function, []ssa.Value) {
	tb.Helper()
	var src strings.Builder
	src.WriteString("package p\nimport \"context\"\nfunc f(c0 context.Context) context.Context {\n")
	for i := range n {
		fmt.Fprintf(&src, "c%d, _ := context.WithCancel(c%d)\n", i+1, i)
	}
	fmt.Fprintf(&src, "return c%d\n}\n", n)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src.String(), 0)
	if err != nil {
		tb.Fatal(err)
	}
	config := &types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, _, err := ssautil.BuildPackage(config, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		tb.Fatal(err)
	}
	fn := pkg.Func("f")
	var contexts []ssa.Value
	for _, instr := range fn.Blocks[0].Instrs {
		if call, ok := instr.(*ssa.Call); ok && ctxlib.DerivesFrom(ssax.Callee(&call.Call)) >= 0 {
			contexts = append(contexts, ssax.Result(call, 0))
		}
	}
	return fn, contexts
}
