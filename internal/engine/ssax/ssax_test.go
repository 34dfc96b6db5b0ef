package ssax_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// program is a small package in SSA form.
type program struct {
	t     *testing.T
	pkg   *ssa.Package
	funcs []*ssa.Function
}

// build returns the package with the given declarations.
func build(t *testing.T, decls string) *program {
	t.Helper()
	return buildFile(t, "p.go", decls)
}

func buildFile(t *testing.T, name, decls string) *program {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, "package p\n"+decls, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := &types.Config{Importer: importer.Default()}
	pkg, info, err := ssautil.BuildPackage(conf, fset, types.NewPackage("example.com/p", "p"), []*ast.File{file}, ssa.BuilderMode(0))
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, pkg: pkg}
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok {
			p.add(pkg.Prog.FuncValue(info.Defs[decl.Name].(*types.Func)))
		}
	}
	p.add(pkg.Func("init"))
	return p
}

func (p *program) add(fn *ssa.Function) {
	p.funcs = append(p.funcs, fn)
	for _, lit := range fn.AnonFuncs {
		p.add(lit)
	}
}

// fn returns the declared function or method with the given name.
func (p *program) fn(name string) *ssa.Function {
	p.t.Helper()
	i := slices.IndexFunc(p.funcs, func(fn *ssa.Function) bool { return fn.Name() == name })
	if i < 0 {
		p.t.Fatalf("no function %s", name)
	}
	return p.funcs[i]
}

// calls returns the calls, go and defer statements of a function, in order.
func (p *program) calls(name string) []ssa.CallInstruction {
	p.t.Helper()
	return instrs[ssa.CallInstruction](p.fn(name))
}

// instrs returns the instructions of one type.
func instrs[T ssa.Instruction](fn *ssa.Function) []T {
	var found []T
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if instr, ok := instr.(T); ok {
				found = append(found, instr)
			}
		}
	}
	return found
}

// call returns the call, in fn, of the function with the given name.
func (p *program) call(fn, name string) ssa.CallInstruction {
	p.t.Helper()
	for _, call := range p.calls(fn) {
		if callee := ssax.Callee(call.Common()); callee != nil && callee.Name() == name {
			return call
		}
	}
	p.t.Fatalf("%s does not call %s", fn, name)
	return nil
}

// values returns the arguments of the call of show in a function.
func (p *program) values(fn string) []ssa.Value {
	p.t.Helper()
	return p.call(fn, "show").Common().Args
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestStrip(t *testing.T) {
	p := build(t, `
type name string
type reader interface{ Read() }
type file struct{}
func (*file) Read() {}
func show(a, b any)
func same(f *file)         { var r reader = f; show(r, any(r).(*file)) }
func changed(n int, s name) { show(float64(n), string(s)) }
func commaOk(x any)        { r, _ := x.(reader); show(r, r) }
`)
	for _, v := range p.values("same") {
		equal(t, "a change of types", ssax.Strip(v).Name(), "f")
	}
	v := p.values("changed")
	if _, ok := ssax.Strip(v[0]).(*ssa.Convert); !ok {
		t.Errorf("a conversion that computes is taken off: %v", ssax.Strip(v[0]))
	}
	equal(t, "a string of another type", ssax.Strip(v[1]).Name(), "s")
	if _, ok := ssax.Strip(p.values("commaOk")[0]).(*ssa.Extract); !ok {
		t.Errorf("an assertion that may fail is taken off")
	}
}

func TestReturns(t *testing.T) {
	p := build(t, `
func cond() bool
func plain() int { if cond() { return 1 }; return 2 }
func recovers() (n int) { defer func() { recover() }(); return 1 }
`)
	equal(t, "returns", len(ssax.Returns(p.fn("plain"))), 2)
	equal(t, "returns beside a recovered panic", len(ssax.Returns(p.fn("recovers"))), 1)
	equal(t, "returns of nothing", len(ssax.Returns(nil)), 0)
}

func TestIsNil(t *testing.T) {
	p := build(t, `
type pair struct{ a, b int }
func show(a, b any)
func take(*pair, error, pair, int)
func nils() { take(nil, nil, pair{}, 0) }
`)
	var got []bool
	for _, v := range p.call("nils", "take").Common().Args {
		got = append(got, ssax.IsNil(v))
	}
	equal(t, "arguments that are nil", got, []bool{true, true, false, false})
}

func TestSame(t *testing.T) {
	p := build(t, `
type inner struct{ n, m int }
type outer struct{ in inner; ptr *inner; fs [2]int }
func (o *outer) get() int
func (o *outer) set() int
func show(a, b any)
func field(o *outer)     { show(o.in.n, o.in.n) }
func pointer(o *outer)   { show(o.ptr.n, o.ptr.n) }
func other(o *outer)     { show(o.in.n, o.in.m) }
func owners(a, b *outer) { show(a.in.n, b.in.n) }
func value(o outer)      { show(o.in, o.in) }
func constants()         { show(1, 1) }
func different()         { show(1, 2) }
func kinds()             { show(1, 1.0) }
func nils()              { show((*inner)(nil), (*inner)(nil)) }
func nilsOfTwo()         { show((*inner)(nil), (*outer)(nil)) }
func pure(o *outer)      { show(o.get(), o.get()) }
func impure(o *outer)    { show(o.set(), o.set()) }
func converted(n int)    { show(int64(n), int64(n)) }
func widths(n int)       { show(int64(n), int32(n)) }
func arithmetic(n int)   { show(n+1, n+1) }
func received(c chan int) { show(<-c, <-c) }
`)
	pure := func(fn *types.Func) bool { return fn.Name() == "get" }
	for name, want := range map[string]bool{
		"field": true, "pointer": true, "other": false, "owners": false, "value": true,
		"constants": true, "different": false, "kinds": false, "nils": true, "nilsOfTwo": false,
		"pure": true, "impure": false, "converted": true, "widths": false, "arithmetic": false, "received": false,
	} {
		v := p.values(name)
		equal(t, name, ssax.Same(v[0], v[1], pure), want)
	}
	v := p.values("pure")
	equal(t, "calls where none is pure", ssax.Same(v[0], v[1], nil), false)
}

// The work of a comparison is bounded although calls have several arguments
// that are calls.
func TestSameDeep(t *testing.T) {
	p := build(t, `
func show(a, b any)
func f(a, b int) int
func deep(n, m int) {
	a := f(f(f(f(f(f(f(f(n, n), f(n, n)), n), n), n), n), n), n)
	b := f(f(f(f(f(f(f(f(n, n), f(n, n)), n), n), n), n), n), n)
	show(f(a, a), f(b, b))
}
func deeper(n, m int) {
	a := f(f(f(f(f(f(f(f(f(f(f(n, n), n), n), n), n), n), n), n), n), n), n)
	b := f(f(f(f(f(f(f(f(f(f(f(n, n), n), n), n), n), n), n), n), n), n), n)
	show(a, b)
}
`)
	all := func(*types.Func) bool { return true }
	for name, want := range map[string]bool{"deep": true, "deeper": false} {
		v := p.values(name)
		equal(t, name, ssax.Same(v[0], v[1], all), want)
	}
}
