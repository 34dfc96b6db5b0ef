package mustcall

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// mayRunInVain reports whether a call runs a literal, if at all, before it returns, and
// the literal meets the obligation on some of its paths only, which it does not tell:
// it assigns nothing to what it captures. So the call may have met it, or not, whatever
// comes after.
func (f *Flow) mayRunInVain(instr ssa.CallInstruction, mc *ssa.MakeClosure) bool {
	call, ok := instr.(*ssa.Call)
	if !ok || f.p.RunsNow == nil || f.o == nil || !f.p.RunsNow(&call.Call, mc) {
		return false
	}
	fn := mc.Fn.(*ssa.Function)
	var held []ssa.Value
	for i, b := range mc.Bindings {
		if f.Holds(b) {
			held = append(held, fn.FreeVars[i])
		}
	}
	meets := func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		return ok && slices.Contains(held, ssax.LoadedFrom(call.Call.Value))
	}
	some := false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if _, captured := instr.Addr.(*ssa.Alloc); !captured {
					return false
				}
			case *ssa.Send, *ssa.MapUpdate, *ssa.Defer, *ssa.Go, *ssa.MakeClosure:
				return false
			case *ssa.Call:
				some = some || meets(instr)
			}
		}
	}
	return some && f.p.missesSome(fn, meets)
}

// missesSome reports whether some path through fn to a return passes no instruction for
// which meets holds.
func (p *Protocol) missesSome(fn *ssa.Function, meets func(ssa.Instruction) bool) bool {
	work := ssax.NewWork(fn.Blocks[0])
	for b := range work.All() {
		met := false
		for _, instr := range b.Instrs {
			call, isCall := instr.(*ssa.Call)
			if met = meets(instr) || isCall && p.Ends != nil && p.Ends(&call.Call); met {
				break
			}
			if _, ok := instr.(*ssa.Return); ok {
				return true
			}
		}
		if !met {
			work.Add(b.Succs...)
		}
	}
	return false
}
