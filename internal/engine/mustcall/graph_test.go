package mustcall

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// TestGraph compares what a graph says about random functions, which jump in
// all directions, with what a plain search finds.
func TestGraph(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		fn := randomFunc(t, r)
		g := newGraph(fn)
		if r.IntN(2) == 0 {
			g.tree()
		}
		for _, a := range fn.Blocks {
			for _, b := range fn.Blocks {
				want := reachesBySearch(a, b)
				if got := g.reaches(a, b); got != want {
					t.Fatalf("%s reaches %s: %t\n%s", a, b, got, text(fn))
				}
				if a == b && want && !g.cyclic[a.Index] {
					t.Fatalf("%s is in a cycle\n%s", a, text(fn))
				}
			}
		}
		checkUsers(t, g, r)
	}
}

// checkUsers asks about some branches at each block where the answer matters:
// one that control can reach from one of the branches, or from where what they
// ask for is computed.
func checkUsers(t *testing.T, g *graph, r *rand.Rand) {
	blocks := g.fn.Blocks
	pick := func() *ssa.BasicBlock { return blocks[r.IntN(len(blocks))] }
	for range 10 {
		u := &users{blocks: []*ssa.BasicBlock{pick(), pick()}}
		known := u.blocks
		if r.IntN(2) == 0 {
			u.born = pick()
			known = []*ssa.BasicBlock{u.born}
		}
		for _, b := range blocks {
			if !slices.ContainsFunc(known, func(k *ssa.BasicBlock) bool { return k == b || reachesBySearch(k, b) }) {
				continue
			}
			want := slices.ContainsFunc(u.blocks, func(to *ssa.BasicBlock) bool { return b == to || reachesBySearch(b, to) })
			if got := g.mayAsk(u, b); got != want {
				t.Fatalf("from %s to one of %v: %t\n%s", b, u.blocks, got, text(g.fn))
			}
		}
	}
}

func randomFunc(t *testing.T, r *rand.Rand) *ssa.Function {
	t.Helper()
	n := 2 + r.IntN(12)
	targets := make([]int, n)
	for i := range targets {
		if targets[i] = i + 1 + r.IntN(n-i); r.IntN(4) == 0 {
			targets[i] = r.IntN(n)
		}
	}
	body := ""
	for i, target := range targets {
		if slices.Contains(targets, i) {
			body += fmt.Sprintf("L%d:\n", i)
		}
		body += fmt.Sprintf("if cond(%d) { goto L%d }\n", i, target)
		if r.IntN(4) == 0 {
			body += fmt.Sprintf("if cond(%d) { return }\n", i)
		}
	}
	if slices.Contains(targets, n) {
		body += fmt.Sprintf("L%d:\n", n)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\nfunc cond(int) bool\nfunc f() {\n"+body+"}\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pkg.Func("f")
}

func reachesBySearch(a, b *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	work := slices.Clone(a.Succs)
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if next == b {
			return true
		}
		if !seen[next] {
			seen[next] = true
			work = append(work, next.Succs...)
		}
	}
	return false
}

func text(fn *ssa.Function) string {
	var b bytes.Buffer
	ssa.WriteFunction(&b, fn)
	return b.String()
}
