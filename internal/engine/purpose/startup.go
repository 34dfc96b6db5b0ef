package purpose

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Work that belongs to the process rather than to a caller could end with the process:
// that is worth less than the end of a request, and often not worth a parameter. The
// findings about it are likely.

// newStartups returns the solver for which functions run once, when the process
// starts: those that main or an initializer calls, itself or through others, outside of
// loops and goroutines, and that nothing else is seen to use.
func (f *Finder) newStartups() *fixpoint.Solver[*ssa.Function, bool] {
	return fixpoint.NewBool(false, false, func(fn *ssa.Function) bool {
		switch {
		case ssax.IsInit(fn), ssax.IsMain(fn):
			return true
		case fn.Parent() != nil:
			return (f.atHand.LiteralMode(fn) == athand.Inline && !athand.Escapes(fn) || isStartHook(fn)) && f.startups.Get(fn.Parent())
		case fn.Object() == nil || fn.Object().Exported() && fn.Pkg.Pkg.Name() != "main":
			return false
		}
		calls := 0
		for _, ref := range f.builder.SSA().Index().References(fn) {
			if ssax.InstrInTest(ref) {
				continue
			}
			call, ok := ref.(*ssa.Call)
			if !ok || ssax.Static(&call.Call) != fn || slices.Contains(call.Call.Args, ssa.Value(fn)) || !f.RunsAtStart(call) {
				return false
			}
			calls++
		}
		return calls > 0
	})
}

// isStartHook reports whether a literal of main, outside of loops, is given nothing but
// a context, and so nothing to work on: it is not for one event or request among many.
func isStartHook(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	if !ssax.IsMain(fn.Parent()) || params.Len() != 1 || !ctxlib.IsContextual(params.At(0).Type()) {
		return false
	}
	return !slices.ContainsFunc(ssax.References(fn), func(ref ssa.Instruction) bool {
		_, started := ref.(*ssa.Go)
		return started || ssax.Reaches(ref, ref)
	})
}

// RunsAtStart reports whether a call is made once, when the process starts.
func (f *Finder) RunsAtStart(call ssa.CallInstruction) bool {
	return !ssax.Reaches(call, call) && f.startups.Get(call.Parent())
}

// IsPeriodic reports whether an instruction runs again and again, whenever a timer
// says so, as what keeps replicas in step does.
func IsPeriodic(instr ssa.Instruction) bool {
	for _, b := range instr.Parent().Blocks {
		for _, tick := range b.Instrs {
			if awaits(tick, instr) && ssax.Reaches(instr, tick) {
				return true
			}
		}
	}
	return false
}

// awaits reports whether control gets to next only when tick has received from a timer.
func awaits(tick, next ssa.Instruction) bool {
	switch tick := tick.(type) {
	case *ssa.UnOp:
		return tick.Op == token.ARROW && concurrency.IsTick(tick.X) && ssax.Dominates(tick, next)
	case *ssa.Select:
		sel, ok := ssax.SelectOf(tick)
		if !ok {
			return false
		}
		for i, st := range sel.States {
			if e := sel.Cases[i]; concurrency.IsTick(st.Chan) && ssax.OnlyBy(next.Block(), ssax.BranchOf(e.From), e.Succ) {
				return true
			}
		}
	}
	return false
}
