package purpose

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A work queue that is shut down still hands out what it holds, so its workers go on
// after the context that they were started with has ended, until it is empty. Under
// that context, what they do with the last items would fail.

// newDrainers returns the solver for which functions of the package work off a queue:
// they take items from one, or call a function that does, or are called by such a
// function, or are passed to somebody together with a queue.
func (f *Finder) newDrainers() *fixpoint.Solver[*ssa.Function, bool] {
	return fixpoint.NewBool(false, false, func(fn *ssa.Function) bool {
		if ssax.Any(fn, func(instr ssa.Instruction) bool { return takesItem(instr) || callsTaker(instr) }) || slices.Contains(f.queued(), fn) {
			return true
		}
		if fn.Parent() != nil {
			return f.drainers.Get(fn.Parent())
		}
		return slices.ContainsFunc(f.builder.SSA().Index().Callers(fn), func(call ssa.CallInstruction) bool {
			return f.drainers.Get(call.Parent())
		})
	})
}

// takesItem reports whether an instruction takes an item from a work queue.
func takesItem(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	recv, _ := ssax.Receiver(&call.Call)
	return recv != nil && ssax.Callee(&call.Call).Name() == "Get" && isWorkQueue(recv.Type())
}

// callsTaker reports whether an instruction calls, again and again, a function of the
// package that takes an item from a work queue.
func callsTaker(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	target := ssax.Static(&call.Call)
	return target != nil && ssax.Any(target, takesItem) && ssax.Reaches(call, call)
}

// queued returns the functions that the package passes, as values, in one call with a
// work queue.
func (f *Finder) queued() []*ssa.Function {
	if f.handlers == nil {
		f.handlers = []*ssa.Function{}
		for _, fn := range f.builder.SSA().Funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if call, ok := instr.(ssa.CallInstruction); ok {
						f.handlers = append(f.handlers, besideQueue(call.Common())...)
					}
				}
			}
		}
	}
	return f.handlers
}

func besideQueue(call *ssa.CallCommon) (fns []*ssa.Function) {
	if !slices.ContainsFunc(call.Args, func(arg ssa.Value) bool { return isWorkQueue(arg.Type()) }) {
		return nil
	}
	for _, arg := range call.Args {
		if fn := ssax.Target(arg); fn != nil {
			fns = append(fns, ssax.Origin(fn))
		}
	}
	return fns
}

// isWorkQueue reports whether values of a type hand out items until somebody shuts them
// down: they have the methods Get() (item, shutdown), Done(item) and ShutDown() of
// k8s.io/client-go/util/workqueue, whatever else they have.
func isWorkQueue(t types.Type) bool {
	method := func(name string, params, results int) *types.Signature {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().Params().Len() != params || fn.Signature().Results().Len() != results {
			return nil
		}
		return fn.Signature()
	}
	if method("ShutDown", 0, 0) == nil || method("Done", 1, 0) == nil {
		return false
	}
	get := method("Get", 0, 2)
	return get != nil && types.Identical(get.Results().At(1).Type(), types.Typ[types.Bool])
}
