package ssax_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

const callees = `
type doer interface{ do(n int) }
type box[T any] struct{ v T }
func (b *box[T]) put(v T) {}
type tool struct{}
func (*tool) do(n int) {}
func run(n int) {}
func generic[T any](v T) {}

func static()               { run(1) }
func instance()             { generic(1) }
func method(t *tool)        { t.do(1) }
func ofInstance(b *box[int]) { b.put(1) }
func iface(d doer)          { d.do(1) }
func deferred()             { defer run(1) }
func started()              { go run(1) }
func builtin(c chan int)    { close(c) }
func value(f func(int))     { f(1) }
func literal()              { func(n int) {}(1) }
func methodValue(t *tool)   { f := t.do; f(1) }
func expression(t *tool)    { f := (*tool).do; f(t, 1) }
`

func TestCallee(t *testing.T) {
	p := build(t, callees)
	for fn, want := range map[string]string{
		"static": "run", "instance": "generic", "method": "(*tool).do", "ofInstance": "(*box).put", "iface": "doer.do",
		"deferred": "run", "started": "run", "builtin": "", "value": "", "literal": "",
		"methodValue": "(*tool).do", "expression": "(*tool).do",
	} {
		got := ""
		callee := ssax.Callee(p.calls(fn)[0].Common())
		if callee != nil {
			got = symbol.Of(callee).String()
			if callee != callee.Origin() {
				t.Errorf("%s: the callee is an instance", fn)
			}
		}
		equal(t, fn, got, want)
	}
}

func TestReceiver(t *testing.T) {
	p := build(t, callees)
	for fn, want := range map[string]string{
		"static": "", "method": "t", "ofInstance": "b", "iface": "d", "value": "", "literal": "", "builtin": "", "methodValue": "t", "expression": "t",
	} {
		call := p.calls(fn)[0].Common()
		recv, args := ssax.Receiver(call)
		got := ""
		if recv != nil {
			got = recv.Name()
		}
		equal(t, "receiver in "+fn, got, want)
		equal(t, "arguments in "+fn, len(args), 1)
		if ssax.Explicit(call, -1) != recv || ssax.Explicit(call, 0) != args[0] || ssax.Explicit(call, 1) != nil || ssax.Explicit(call, -2) != nil {
			t.Errorf("%s: Explicit disagrees with Receiver", fn)
		}
	}
}

func TestStatic(t *testing.T) {
	p := build(t, callees)
	for fn, want := range map[string]string{"instance": "generic", "literal": "literal$1", "ofInstance": "put"} {
		if got := ssax.Body(ssax.Static(p.calls(fn)[0].Common())); got != p.fn(want) {
			t.Errorf("%s runs %v, want %s", fn, got, want)
		}
	}
	for _, fn := range []string{"value", "iface", "builtin"} {
		if got := ssax.Static(p.calls(fn)[0].Common()); got != nil {
			t.Errorf("%s is sure to run %v", fn, got)
		}
	}
	if ssax.Body(nil) != nil {
		t.Error("nil has a body")
	}
}

func TestTarget(t *testing.T) {
	p := build(t, `
type tool struct{}
func (*tool) do() {}
func run()  {}
func keep(*func())
func literal(n int)    { f := func() { _ = n }; f() }
func declared()        { f := run; f() }
func value(t *tool)    { f := t.do; f() }
func captured()        { f := run; func() { f() }() }
func assigned(c bool)  { f := run; if c { f = func() {} }; func() { f() }() }
func escaping()        { f := run; keep(&f); f() }
func param(f func())   { f() }
`)
	target := func(fn *ssa.Function) *ssa.Function {
		calls := instrs[*ssa.Call](fn)
		return ssax.Target(calls[len(calls)-1].Call.Value)
	}
	for fn, want := range map[string]string{
		"literal": "literal$1", "declared": "run", "value": "do", "captured$1": "run", "assigned$2": "", "escaping": "", "param": "",
	} {
		got := ""
		if f := target(p.fn(fn)); f != nil {
			got = f.Name()
		}
		equal(t, fn, got, want)
	}
}

func TestParameters(t *testing.T) {
	p := build(t, callees+`
func variadic(s string, rest ...int) {}
func several()      { variadic("", 1, 2) }
func pair() (int, error)
func first() int    { n, _ := pair(); return n }
func neither()      { pair() }
`)
	typeOf := func(call *ssa.CallCommon, i int) string {
		if typ := ssax.ParamType(call, i); typ != nil {
			return typ.String()
		}
		return ""
	}
	method, variadic, iface := p.calls("method")[0].Common(), p.calls("several")[0].Common(), p.calls("iface")[0].Common()
	equal(t, "the type of a receiver", typeOf(method, 0), "")
	equal(t, "the type of a method's argument", typeOf(method, 1), "int")
	equal(t, "beyond the last", typeOf(method, 2), "")
	equal(t, "through an interface", typeOf(iface, 0), "int")
	equal(t, "the variadic parameter", typeOf(variadic, 1), "[]int")

	do := p.fn("do")
	equal(t, "the argument of a method", ssax.Argument(method, do.Params[1]).Name(), "1:int")
	equal(t, "the receiver that is passed", ssax.Argument(method, do.Params[0]).Name(), "t")
	equal(t, "the receiver through an interface", ssax.Argument(iface, do.Params[0]).Name(), "d")
	equal(t, "the argument through an interface", ssax.Argument(iface, do.Params[1]).Name(), "1:int")
	if ssax.Argument(p.calls("static")[0].Common(), do.Params[1]) != nil {
		t.Error("there is an argument for a parameter that the call has not")
	}

	call := p.calls("first")[0].(*ssa.Call)
	if x, ok := ssax.Result(call, 0).(*ssa.Extract); !ok || x.Index != 0 {
		t.Errorf("result 0 is %v", ssax.Result(call, 0))
	}
	if ssax.Result(p.calls("neither")[0].(*ssa.Call), 1) != nil {
		t.Error("a result that nothing uses is a value")
	}
}
