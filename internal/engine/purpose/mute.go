package purpose

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Mute reports whether a function gives its callers something, and cannot tell them that a
// call in it has failed: the call has a result for an error, the function has none, nor one
// that says whether there is something. What the end of a context cuts short would then
// read as if there were nothing, which is seldom wanted.
func Mute(fn *ssa.Function, instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	results := fn.Signature.Results()
	if !ok || results.Len() == 0 || !ctxlib.CanFail(call.Common().Signature()) {
		return false
	}
	for r := range results.Variables() {
		if ctxlib.IsError(r.Type()) || types.Identical(r.Type().Underlying(), types.Typ[types.Bool]) {
			return false
		}
	}
	return true
}
