package ssax

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Reaching returns the functions and methods from which calls may lead to something that
// only few functions have: begins holds for them or for one of their literals, or they call
// one for which it does. funcs are all functions of a package and their literals. target
// says which function a call runs, nil if that is not known; a call through an interface
// may run each method of the package with that name.
//
// A search for the way itself has to look closely. With this, it looks at few functions.
func Reaching(funcs []*ssa.Function, begins func(*ssa.Function) bool, target func(*ssa.CallCommon) *ssa.Function) map[*types.Func]bool {
	r := &reach{found: make(map[*types.Func]bool), callers: make(map[*types.Func][]*types.Func), invokers: make(map[string][]*types.Func)}
	for _, fn := range funcs {
		from := FuncOf(Outermost(fn))
		if from == nil {
			continue
		}
		if begins(fn) {
			r.add(from)
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					r.call(from, call.Common(), target)
				}
			}
		}
	}
	for len(r.work) > 0 {
		fn := r.work[len(r.work)-1]
		r.work = r.work[:len(r.work)-1]
		r.add(r.callers[fn]...)
		if fn.Signature().Recv() != nil {
			r.add(r.invokers[fn.Name()]...)
		}
	}
	return r.found
}

// reach is the state of one [Reaching].
type reach struct {
	found    map[*types.Func]bool
	work     []*types.Func // those in found whose callers are not
	callers  map[*types.Func][]*types.Func
	invokers map[string][]*types.Func // by the name of the method that they call through an interface
}

func (r *reach) add(fns ...*types.Func) {
	for _, fn := range fns {
		if !r.found[fn] {
			r.found[fn] = true
			r.work = append(r.work, fn)
		}
	}
}

func (r *reach) call(from *types.Func, call *ssa.CallCommon, target func(*ssa.CallCommon) *ssa.Function) {
	if call.IsInvoke() {
		name := call.Method.Name()
		r.invokers[name] = append(r.invokers[name], from)
		return
	}
	callee := target(call)
	if callee == nil {
		return
	}
	if to := FuncOf(callee); to != nil && to.Pkg() == from.Pkg() {
		r.callers[to] = append(r.callers[to], from)
	}
}

// Any reports whether a predicate holds for an instruction of fn itself.
func Any(fn *ssa.Function, holds func(ssa.Instruction) bool) bool {
	for _, b := range fn.Blocks {
		if slices.ContainsFunc(b.Instrs, holds) {
			return true
		}
	}
	return false
}
