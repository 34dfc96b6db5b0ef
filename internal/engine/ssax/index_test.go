package ssax_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

func TestIndexCalls(t *testing.T) {
	p := build(t, `
type doer interface{ do() }
type tool struct{}
func (*tool) do()    {}
type other struct{}
func (*other) done() {}
func run()           {}
func generic[T any](v T) {}
func keep(any)
func callers(d doer, t *tool) { run(); go run(); defer run(); generic(1); generic(""); d.do(); t.do() }
`)
	x := ssax.NewIndex(p.funcs)
	for fn, want := range map[string]int{"run": 3, "generic": 2, "do": 1, "done": 0} {
		equal(t, "calls of "+fn, len(x.Calls(p.fn(fn))), want)
	}
	equal(t, "callers of do", len(x.Callers(p.fn("do"))), 2)
	equal(t, "callers of do again", len(x.Callers(p.fn("do"))), 2)
	equal(t, "references to run", len(x.References(p.fn("run"))), 3)
}

func TestUsedAsValue(t *testing.T) {
	p := build(t, `
func keep(any)
func called()        {}
func kept()          {}
func generic[T any](v T) {}
func recursive(f func(int), n int) {}
func uses() {
	called()
	go called()
	keep(kept)
	keep(generic[int])
	recursive(func(int) {}, 1)
}
func closures(n int) {
	f := func() { _ = n }
	f()
	g := func() { _ = n }
	g()
	keep(g)
	func() {}()
}
`)
	x := ssax.NewIndex(p.funcs)
	for fn, want := range map[string]bool{
		"called": false, "kept": true, "generic": true, "recursive": false, "uses$1": true, "uses": false,
		"closures$1": false, "closures$2": true, "closures$3": false,
	} {
		equal(t, fn, x.UsedAsValue(p.fn(fn)), want)
	}
}

func TestMakers(t *testing.T) {
	p := build(t, `
type tool struct{}
func (*tool) do()   {}
func keep(func())
func literal(n int) { keep(func() { _ = n }) }
func bare()         { keep(func() {}) }
func values(a, b *tool) { keep(a.do); keep(b.do) }
`)
	x := ssax.NewIndex(p.funcs)
	for fn, want := range map[string]int{"literal$1": 1, "bare$1": 0, "do": 0} {
		equal(t, "makers of "+fn, len(x.Makers(p.fn(fn))), want)
	}
	bound := instrs[*ssa.MakeClosure](p.fn("values"))[0].Fn.(*ssa.Function)
	if v := x.Bindings(bound.FreeVars[0]); len(v) != 1 || v[0].Name() != "a" {
		t.Errorf("the receiver of a method value is %v", v)
	}
	equal(t, "a variable", len(x.Bindings(p.fn("literal$1").FreeVars[0])), 1)
}

func TestIndexPlaces(t *testing.T) {
	p := build(t, `
type pair[T any] struct{ x, y, z T }
var plain, taken = 1, 2
func keep(*int)
func stores(p *pair[int], q *pair[string]) { p.x = 1; q.x = ""; keep(&p.y); p.z++ }
func globals() int { plain++; keep(&taken); return plain }
`)
	x := ssax.NewIndex(p.funcs)
	type uses struct {
		Stores, Loads int
		Escapes       bool
	}
	of := func(u *ssax.Uses) uses { return uses{len(u.Stores), len(u.Loads), u.Escapes} }
	var names []string
	got := make(map[string]uses)
	for _, f := range x.Fields() {
		names = append(names, f.Name())
		got[f.Name()] = of(x.Field(f))
		equal(t, "stores into "+f.Name(), len(x.FieldStores(f)), got[f.Name()].Stores)
	}
	equal(t, "fields in order", names, []string{"x", "y", "z"})
	equal(t, "fields", got, map[string]uses{"x": {2, 0, false}, "y": {0, 0, true}, "z": {1, 1, false}})

	for name, want := range map[string]uses{"plain": {2, 2, false}, "taken": {1, 0, true}} {
		g := p.pkg.Var(name)
		equal(t, name, of(x.Global(g)), want)
		equal(t, "stores into "+name, len(x.GlobalStores(g)), want.Stores)
	}
	names = nil
	for _, g := range x.Globals() {
		if g.Object() != nil {
			names = append(names, g.Name())
		}
	}
	equal(t, "globals in order", names, []string{"plain", "taken"})
}

func TestNames(t *testing.T) {
	p := build(t, `
func run()  { func() {}() }
func init() {}
`)
	equal(t, "a literal", ssax.ShortName(p.fn("run$1")), "the function literal")
	for fn, want := range map[string]bool{"init": true, "init#1": true, "run": false} {
		equal(t, fn, ssax.IsInit(p.fn(fn)), want)
	}
	equal(t, "main of a package that is no program", ssax.IsMain(p.fn("run")), false)
	equal(t, "the end of a function", p.pkg.Prog.Fset.Position(ssax.ExitPos(instrs[*ssa.Return](p.fn("run"))[0])).Column, 27)
}

func TestInTest(t *testing.T) {
	const decls = `
import "testing"
var v = run()
func run() int              { return 1 }
func helper(t *testing.T)   { func() {}() }
func bench(b testing.TB)    {}
`
	for name, inFile := range map[string]bool{"p.go": false, "p_test.go": true} {
		p := buildFile(t, name, decls)
		for fn, param := range map[string]bool{"run": false, "helper": true, "helper$1": true, "bench": true} {
			equal(t, fn+" in "+name, ssax.InTest(p.fn(fn)), inFile || param)
		}
		equal(t, "the package initializer in "+name, ssax.InstrInTest(p.call("init", "run")), inFile)
	}
}
