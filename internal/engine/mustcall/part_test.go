package mustcall

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

const spanDecls = `package p
type span struct{}
func begin() *span { return nil }
func try() (*span, error) { return nil, nil }
func (*span) End() {}
func keep(*span)
func note(int)
`

var spanProtocol = func() *Protocol {
	return &Protocol{Effect: func(call *ssa.CallCommon, v ssa.Value) Effect {
		if callee := call.StaticCallee(); callee != nil && callee.Name() == "End" && len(call.Args) > 0 && call.Args[0] == v {
			return Releases
		}
		return Escapes
	}}
}

// TestPart compares the search in the part of a function that an obligation depends on
// with one that takes every step: they find the same, and the first gives up no more.
func TestPart(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	met, lost := 0, 0
	for range 400 {
		src := spanDecls + "func f(b *[8]bool, n int) {\nvar s0, s1, s2 *span\nvar f0, f1 bool\nvar err error\n" + randomBlock(r, 4, false) + "_, _, _, _, _, _ = s0, s1, s2, f0, f1, err\n}\n"
		fn := buildFunc(t, src)
		for _, o := range begun(fn) {
			p := spanProtocol()
			leaks, ok := Follow(p, o).Leaks()
			f := Follow(p, o)
			f.everywhere = true
			all, allOK := f.Leaks()
			if allOK && (!ok || !slices.Equal(leaks, all)) {
				t.Fatalf("%v, %t; every step: %v\n%s", leaks, ok, all, src)
			}
			if len(all) > 0 {
				lost++
			} else if allOK {
				met++
			}
		}
	}
	if met < 50 || lost < 50 {
		t.Errorf("%d obligations are met, and %d are not: too few to compare", met, lost)
	}
}

func begun(fn *ssa.Function) (found []*Obligation) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Call.StaticCallee() == nil {
				continue
			}
			switch call.Call.StaticCallee().Name() {
			case "begin":
				found = append(found, &Obligation{Site: call, Value: call})
			case "try":
				for _, ref := range *call.Referrers() {
					if x, ok := ref.(*ssa.Extract); ok && x.Index == 0 {
						found = append(found, &Obligation{Site: call, Value: x})
					}
				}
			}
		}
	}
	return found
}

func buildFunc(t *testing.T, src string) *ssa.Function {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return pkg.Func("f")
}

// randomBlock returns statements, some of which are nested.
func randomBlock(r *rand.Rand, depth int, loop bool) string {
	var out strings.Builder
	for range 1 + r.IntN(5) {
		out.WriteString(randomStmt(r, depth, loop))
	}
	return out.String()
}

func randomStmt(r *rand.Rand, depth int, loop bool) string {
	s, other, flag, i := r.IntN(3), r.IntN(3), r.IntN(2), r.IntN(8)
	cond := []string{fmt.Sprintf("b[%d]", i), fmt.Sprintf("!b[%d]", i), fmt.Sprintf("f%d", flag), fmt.Sprintf("s%d != nil", s), "err != nil", fmt.Sprintf("n == %d", i%3)}[r.IntN(6)]
	switch r.IntN(16) {
	case 0, 1:
		return fmt.Sprintf("s%d = begin()\n", s)
	case 2:
		return fmt.Sprintf("s%d, err = try()\n", s)
	case 3:
		return fmt.Sprintf("s%d.End()\n", s)
	case 4:
		return fmt.Sprintf("if s%d != nil { s%[1]d.End() }\n", s)
	case 5:
		return fmt.Sprintf("f%d = %t\n", flag, r.IntN(2) == 0)
	case 6:
		return fmt.Sprintf("f%d = %s\n", flag, cond)
	case 7:
		return fmt.Sprintf("s%d = s%d\n", s, other)
	case 8:
		return fmt.Sprintf("b[%d] = %s\n", i, cond)
	case 9:
		return fmt.Sprintf("note(%d)\n", i)
	case 10:
		return fmt.Sprintf("if %s { return }\n", cond)
	case 11:
		if loop {
			return fmt.Sprintf("if %s { %s }\n", cond, []string{"continue", "break"}[r.IntN(2)])
		}
		return fmt.Sprintf("if %s { defer s%d.End() }\n", cond, s)
	}
	if depth == 0 {
		return fmt.Sprintf("n = %d\n", i)
	}
	switch r.IntN(3) {
	case 0:
		return "for range n {\n" + randomBlock(r, depth-1, true) + "}\n"
	case 1:
		return "if " + cond + " {\n" + randomBlock(r, depth-1, loop) + "}\n"
	}
	return "if " + cond + " {\n" + randomBlock(r, depth-1, loop) + "} else {\n" + randomBlock(r, depth-1, loop) + "}\n"
}
