package ctxreset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// onlyLooksAt reports whether a call gives its context to a copy of a request which then
// goes to nothing that could send or answer it: to no call that gives a response or an
// error, or takes a ResponseWriter, or gives nothing. A router that matches the copy does not wait.
func onlyLooksAt(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok || !isCopyOfRequest(&call.Call) {
		return false
	}
	for _, alias := range purpose.Aliases(call) {
		for _, ref := range *alias.Referrers() {
			switch ref := ref.(type) {
			case ssa.CallInstruction:
				if mayServe(ref.Common().Signature()) {
					return false
				}
			case *ssa.Store:
				if _, local := ssax.Variable(ref.Addr); ref.Val == alias && !local {
					return false
				}
			case *ssa.FieldAddr, *ssa.DebugRef, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			default:
				return false // returned, sent, captured: somebody else has it
			}
		}
	}
	return true
}

func isCopyOfRequest(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Name() != "Clone" && fn.Name() != "WithContext" || fn.Signature().Recv() == nil {
		return false
	}
	return ctxlib.TypeName(fn.Signature().Recv().Type()) == "net/http.Request"
}

// mayServe reports whether a function with that signature may send, answer or keep a
// request: without results, it is there for what it does to something else.
func mayServe(sig *types.Signature) bool {
	if sig.Results().Len() == 0 {
		return true
	}
	for v := range sig.Results().Variables() {
		if ctxlib.IsError(v.Type()) || ctxlib.TypeName(v.Type()) == "net/http.Response" {
			return true
		}
	}
	for v := range sig.Params().Variables() {
		if ctxlib.TypeName(v.Type()) == "net/http.ResponseWriter" {
			return true
		}
	}
	return false
}
