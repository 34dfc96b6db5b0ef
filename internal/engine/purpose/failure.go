package purpose

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Compensates reports whether a call, judging by its name, undoes what was done or
// reports the failure, on a path that is only taken when something has failed:
// s.DeleteBucket(context.Background(), name) after err != nil. The failure may be
// that the context at hand has ended.
func Compensates(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	name := ""
	if fn := ssax.Callee(call.Common()); fn != nil {
		name = fn.Name()
	} else {
		name = ssax.ValueName(call.Common().Value)
	}
	return (words.Undoes.Leads(name) || words.Fails.In(name)) && AfterFailure(instr.Block())
}

// AfterFailure reports whether every path to b goes through a test that has found
// an error.
func AfterFailure(b *ssa.BasicBlock) bool {
	for ; b != nil; b = b.Idom() {
		if len(b.Preds) != 1 {
			continue
		}
		pred := b.Preds[0]
		branch := ssax.BranchOf(pred)
		if branch == nil {
			continue
		}
		if err, i := ssax.NotNil(branch.Cond); err != nil && ctxlib.IsError(err.Type()) && pred.Succs[i] == b {
			return true
		}
	}
	return false
}
