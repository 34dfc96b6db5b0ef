package ssax_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

func TestReaching(t *testing.T) {
	p := build(t, `
type doer interface{ do() }
type tool struct{}
func (tool) do()       { begin() }
type other struct{}
func (other) rest()    {}
func begin()           { println() }
func direct()          { begin() }
func nested()          { func() { func() { direct() }() }() }
func deferred()        { defer begin(); go begin() }
func invokes(d doer)   { d.do() }
func concrete(t tool)  { t.do() }
func byValue()         { f := direct; f() }
func generic[T any]()  { direct() }
func instance()        { generic[int]() }
func even(n int)       { if n > 0 { odd(n - 1) } }
func odd(n int)        { even(n - 1); begin() }
func idle(o other)     { o.rest() }
func names()           { _ = direct }
func called(f func())  { f() }
`)
	found := ssax.Reaching(p.funcs, func(fn *ssa.Function) bool {
		return ssax.Any(fn, func(instr ssa.Instruction) bool {
			call, ok := instr.(*ssa.Call)
			if !ok {
				return false
			}
			b, ok := call.Call.Value.(*ssa.Builtin)
			return ok && b.Name() == "println"
		})
	}, func(call *ssa.CallCommon) *ssa.Function {
		if fn := ssax.Static(call); fn != nil {
			return fn
		}
		return ssax.Origin(ssax.Target(call.Value))
	})
	for name, want := range map[string]bool{
		"begin": true, "direct": true, "nested": true, "deferred": true, "do": true, "invokes": true, "concrete": true,
		"byValue": true, "generic": true, "instance": true, "even": true, "odd": true,
		"idle": false, "rest": false, "names": false, "called": false,
	} {
		equal(t, name, found[ssax.FuncOf(p.fn(name))], want)
	}
}
