package ssax_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

func TestField(t *testing.T) {
	p := build(t, `
type plain struct{ a, b int }
type pair[T any] struct{ x, y T }
var global int
func make2() plain
func declared(p *plain)       { p.b = 1 }
func instance(p *pair[string]) { p.y = "" }
func (p *pair[T]) general(v T) { p.y = v }
func read() int               { return make2().b }
func variable()               { global = 1 }
func element(s []int)         { s[0] = 1 }
`)
	place := func(fn string) string {
		if v := ssax.Place(instrs[*ssa.Store](p.fn(fn))[0].Addr); v != nil {
			return v.Name()
		}
		return ""
	}
	for fn, want := range map[string]string{"declared": "b", "instance": "y", "general": "y", "variable": "global", "element": ""} {
		equal(t, fn, place(fn), want)
	}
	field := func(fn string) any { return ssax.FieldOf(instrs[*ssa.FieldAddr](p.fn(fn))[0]) }
	if field("instance") != field("general") {
		t.Error("the field of an instance is another than that of the generic type")
	}
	equal(t, "the field of a value", ssax.FieldOf(instrs[*ssa.Field](p.fn("read"))[0]).Name(), "b")
	if ssax.Field(p.fn("element").Params[0].Type(), 0) != nil || ssax.FieldOf(p.fn("declared").Params[0]) != nil {
		t.Error("there is a field of what has none")
	}
}

func TestUses(t *testing.T) {
	p := build(t, `
func keep(*int)
func show(int)
func plain()    { n := 1; func() { show(n) }(); n = 2; show(n) }
func captured() { n := 1; func() { n = 2; func() { n = 3 }() }(); show(n) }
func escaping() { n := 1; keep(&n); show(n) }
func stored()   { n := 1; p := &n; func() { keep(p); p = nil }(); show(n) }
func once()     { n := 1; func() { show(n) }() }
`)
	type uses struct {
		Stores, Loads, Closures int
		Escapes                 bool
	}
	for fn, want := range map[string]uses{
		"plain": {2, 2, 1, false}, "captured": {3, 1, 2, false}, "escaping": {1, 1, 0, true}, "stored": {1, 1, 0, true}, "once": {1, 1, 1, false},
	} {
		u := ssax.UsesOf(instrs[*ssa.Alloc](p.fn(fn))[0])
		_, only := u.Only()
		equal(t, fn+" holds one value", only, want.Stores == 1 && !want.Escapes)
		equal(t, fn, uses{len(u.Stores), len(u.Loads), len(u.Closures), u.Escapes}, want)
	}
	equal(t, "stores without those of literals", len(ssax.StoresTo(instrs[*ssa.Alloc](p.fn("captured"))[0])), 1)
	u := ssax.UsesOf(p.pkg.Func("init").Blocks[0].Instrs[0].(*ssa.UnOp).X) // of the package
	equal(t, "a package variable, whose uses are not kept", u.Escapes, true)
}

func TestBindings(t *testing.T) {
	p := build(t, `
type tool struct{}
func (*tool) do() {}
func deep()   { n := 1; func() { func() { n++ }() }() }
func plain()  { func() {}() }
func bound(t *tool) func() { return t.do }
`)
	inner := p.fn("deep$1$1")
	cell, ok := ssax.Variable(inner.FreeVars[0])
	if !ok || cell.Parent() != p.fn("deep") {
		t.Errorf("the variable is %v", cell)
	}
	if ssax.Outermost(inner) != p.fn("deep") {
		t.Errorf("%v is written in %v", inner, ssax.Outermost(inner))
	}
	if mc := ssax.MakerOf(inner); mc == nil || mc.Parent() != p.fn("deep$1") {
		t.Errorf("the closure is made by %v", mc)
	}
	if ssax.MakerOf(p.fn("plain$1")) != nil || ssax.MakerOf(p.fn("plain")) != nil {
		t.Error("what captures nothing has a maker")
	}
	bound := instrs[*ssa.MakeClosure](p.fn("bound"))[0].Fn.(*ssa.Function)
	if ssax.Binding(bound.FreeVars[0]) != nil {
		t.Error("the receiver of a method value is known")
	}
	for _, fn := range []string{"deep$1", "deep$1$1", "plain$1"} {
		refs := ssax.References(p.fn(fn))
		if len(refs) != 1 {
			t.Fatalf("%s has the references %v", fn, refs)
		}
		if _, ok := refs[0].(*ssa.Call); !ok {
			t.Errorf("%s is referred to by %v", fn, refs[0])
		}
	}
}

func TestElements(t *testing.T) {
	p := build(t, `
func keep(s ...int)
func literal()      { keep([]int{1, 2}...) }
func variadic()     { keep(1, 2, 3) }
func passed(s []int) { s[0] = 1; keep(s...) }
func array()        { var a [2]int; a[0] = 1; keep(a[:]...) }
`)
	for fn, want := range map[string]int{"literal": 2, "variadic": 3, "array": 1} {
		v := p.call(fn, "keep").Common().Args[0]
		stores, ok := ssax.Elements(v)
		if !ok || len(stores) != want {
			t.Errorf("%s: %d elements, %t", fn, len(stores), ok)
		}
		for _, st := range stores {
			if s := ssax.SlicesOf(st); len(s) != 1 || s[0] != v {
				t.Errorf("%s: a store goes into %v", fn, s)
			}
		}
	}
	if _, ok := ssax.Elements(p.call("passed", "keep").Common().Args[0]); ok {
		t.Error("the elements of a parameter are known")
	}
	if s := ssax.SlicesOf(instrs[*ssa.Store](p.fn("passed"))[0]); s != nil {
		t.Errorf("a store into a parameter goes into %v", s)
	}
}
