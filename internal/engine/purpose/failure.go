package purpose

import (
	"go/types"

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

// Fails reports whether a return tells the caller of an error (must): its last result is one,
// and is made there, or is returned after a test that has found one.
func Fails(ret *ssa.Return) bool {
	if len(ret.Results) == 0 {
		return false
	}
	err := ret.Results[len(ret.Results)-1]
	switch {
	case !ctxlib.IsError(err.Type()) || ssax.IsNil(err):
		return false
	case AfterFailure(ret.Block()):
		return true
	}
	switch err := err.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.UnOp:
		_, named := ssax.LoadedFrom(err).(*ssa.Global) // io.ErrUnexpectedEOF
		return named
	case *ssa.Call:
		return alwaysFails(ssax.Callee(&err.Call))
	}
	return false
}

// alwaysFails reports whether a function makes an error, or tells of the end of a context,
// for which nobody asks before it has come.
func alwaysFails(fn *types.Func) bool {
	return ctxlib.MakesError(fn) || ctxlib.IsFunc(fn, "context", "Cause") || ctxlib.IsMethod(fn, "context", "Context", "Err")
}
