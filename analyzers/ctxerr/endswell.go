package ctxerr

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// endsWell reports whether a function of the package that a call runs returns without an
// error in some place after it has heard that its context has ended: a loop that makes the
// call again when it fails then leaves.
func (c *checker) endsWell(call *ssa.CallCommon) bool {
	body := ssax.Body(ssax.Static(call))
	if body == nil || body.Pkg != c.builder.SSA().Pkg {
		return false
	}
	heard := heardIn(body)
	return slices.ContainsFunc(ssax.Returns(body), func(ret *ssa.Return) bool {
		n := len(ret.Results)
		return n > 0 && ssax.IsNil(ret.Results[n-1]) &&
			slices.ContainsFunc(heard, func(b *ssa.BasicBlock) bool { return b.Dominates(ret.Block()) })
	})
}

// heardIn returns the blocks of a function to which control only gets when a context that
// the function is given has ended.
func heardIn(fn *ssa.Function) (heard []*ssa.BasicBlock) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp: // <-ctx.Done()
				if isDone(fn, instr.X) {
					heard = append(heard, b)
				}
			case *ssa.Select:
				sel, ok := ssax.SelectOf(instr)
				if !ok {
					continue
				}
				for i, st := range sel.States {
					if to := sel.Cases[i].To(); isDone(fn, st.Chan) && len(to.Preds) == 1 {
						heard = append(heard, to)
					}
				}
			}
		}
	}
	return heard
}

// isDone reports whether a channel is closed by the end of a context that fn is given.
func isDone(fn *ssa.Function, ch ssa.Value) bool {
	done, ok := ch.(*ssa.Call)
	if !ok || !ctxlib.IsMethod(ssax.Callee(&done.Call), "context", "Context", "Done") {
		return false
	}
	param, ok := done.Call.Value.(*ssa.Parameter)
	return ok && param.Parent() == fn
}
