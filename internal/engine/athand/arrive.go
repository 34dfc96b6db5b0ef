package athand

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// comesEnded is the Step of the solver that tells whether the package calls the function
// of a parameter also where the context that it passes has ended: then what the function
// does, be it to record how the work came out, has to be done nevertheless.
func (f *Finder) comesEnded(p *ssa.Parameter) bool {
	fn := p.Parent()
	for _, call := range f.builder.SSA().Index().Callers(fn) {
		arg := ssax.Argument(call.Common(), p)
		if arg == nil {
			continue
		}
		ctx := only(arg)
		if passed, ok := ctx.(*ssa.Parameter); ok && f.arrivals.Get(passed) {
			return true
		}
		if f.sawEndOf(ctx, call) {
			return true
		}
	}
	return false
}

// only returns the value that v always is: that of the variable from which it is loaded,
// if the variable has no other.
func only(v ssa.Value) ssa.Value {
	v = ssax.Strip(v)
	if cell, ok := ssax.Variable(ssax.LoadedFrom(v)); ok {
		if val, ok := ssax.UsesOf(cell).Only(); ok {
			return ssax.Strip(val)
		}
	}
	if free, ok := v.(*ssa.FreeVar); ok {
		if bound := ssax.Binding(free); bound != nil && ctxlib.IsContextual(bound.Type()) {
			return only(bound)
		}
	}
	return v
}

// A seenEnd is the liveness of one context in particular, in one function.
type seenEnd struct {
	fn  *ssa.Function
	ctx ssa.Value
}

// sawEndOf reports whether some path to an instruction has seen the end of the context,
// in the same function.
func (f *Finder) sawEndOf(ctx ssa.Value, instr ssa.Instruction) bool {
	key := seenEnd{instr.Parent(), ctx}
	l, ok := f.seen[key]
	if !ok {
		if l = newLiveness(); asksForEnd(key.fn, ctx) {
			l.one = ctx
			l.findEnds(key.fn, func(ssa.Instruction) bool { return false })
		}
		f.seen[key] = l
	}
	return l.endedBefore(instr)
}

// asksForEnd reports whether fn asks for the end of a context: most never do, and need
// no search.
func asksForEnd(fn *ssa.Function, ctx ssa.Value) bool {
	l := &Liveness{one: ctx}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if v := askedForEnd(&call.Call); v != nil && l.stands(v) {
					return true
				}
			}
		}
	}
	return false
}

// askedForEnd returns the context whose Done, Err or Cause a call asks for, nil if it is
// another call.
func askedForEnd(call *ssa.CallCommon) ssa.Value {
	if call.IsInvoke() {
		if name := call.Method.Name(); (name == "Done" || name == "Err") && ctxlib.IsContextual(call.Value.Type()) {
			return call.Value
		}
	} else if ctxlib.IsFunc(ssax.Callee(call), "context", "Cause") {
		return call.Args[0]
	}
	return nil
}
