package cancelleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// minds reports whether it may matter to the function called that ctx, one of its
// arguments, is done. It does not if the function leaves the parameter without a name,
// in whatever package, or if its body is in view and at most reads values of it.
func minds(call *ssa.CallCommon, ctx ssa.Value) bool {
	i := slices.Index(call.Args, ctx)
	fn := ssax.Callee(call)
	if i < 0 || fn == nil || call.IsInvoke() {
		return true
	}
	if p := paramAt(fn, i-(len(call.Args)-fn.Signature().Params().Len())); p != nil && (p.Name() == "" || p.Name() == "_") {
		return false
	}
	body := ssax.Body(call.StaticCallee())
	return body == nil || len(body.Params) != len(call.Args) || slices.ContainsFunc(*body.Params[i].Referrers(), func(ref ssa.Instruction) bool {
		use, isCall := ref.(*ssa.Call)
		_, debug := ref.(*ssa.DebugRef)
		return !debug && !(isCall && ctxlib.IsMethod(ssax.Callee(&use.Call), "context", "Context", "Value"))
	})
}

// paramAt returns parameter i of a function, or nil.
func paramAt(fn *types.Func, i int) *types.Var {
	params := fn.Signature().Params()
	if i < 0 || i >= params.Len() {
		return nil
	}
	return params.At(i)
}
