package cancelleak

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// effect is the Protocol.Effect of cancel functions.
func (c *checker) effect(call *ssa.CallCommon, v ssa.Value) mustcall.Effect {
	if call.Value == v && !call.IsInvoke() {
		return mustcall.Releases
	}
	if call.IsInvoke() {
		return mustcall.Escapes
	}
	callee := call.StaticCallee()
	if callee == nil {
		return mustcall.Escapes
	}
	// The receiver, if any, comes first, also of a method expression's wrapper.
	shift := 0
	if fn := ssax.FuncOf(callee); fn != nil {
		shift = len(call.Args) - fn.Signature().Params().Len()
	}
	for i, arg := range call.Args {
		if arg == v && !c.ignores(callee, i-shift, i) {
			return mustcall.Escapes
		}
	}
	return mustcall.Ignores
}

// ignores reports whether callee does nothing with its parameter: number param
// of its signature, number arg of its SSA form (where the receiver counts).
func (c *checker) ignores(callee *ssa.Function, param, arg int) bool {
	if fn := ssax.FuncOf(callee); fn != nil {
		return param >= 0 && c.summary.ignores(fn.Origin(), param)
	}
	// A literal that is called or started on the spot.
	if len(callee.Blocks) == 0 || arg >= len(callee.Params) {
		return false
	}
	return c.summary.ignoresLiteral(callee.Params[arg])
}

// deadStore is the Protocol.DeadStore of cancel functions: addr is an unexported
// field of a type of this package, or an unexported variable of it, that nothing
// reads, or only what replaces it.
func (c *checker) deadStore(addr ssa.Value) bool {
	v := ssax.Place(addr)
	if v == nil || v.Exported() || v.Pkg() != c.pass.Pkg || c.reads.has(v) && !c.renewals().only(v) {
		return false
	}
	// A struct that holds the function may be read as a whole, and the fields of
	// an unnamed struct type through another one that is identical.
	if _, isFunc := v.Type().Underlying().(*types.Signature); !isFunc {
		return false
	}
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return true
	}
	if _, variable := fa.X.(*ssa.Global); variable {
		return true
	}
	_, named := types.Unalias(fa.X.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
	return named
}

// groupEffect is the Protocol.Effect of errgroup.Group.
func groupEffect(call *ssa.CallCommon, v ssa.Value) mustcall.Effect {
	if recv, _ := ssax.Receiver(call); recv == v {
		fn := ssax.Callee(call)
		switch {
		case ctxlib.IsMethod(fn, errgroupPath, "Group", "Wait"):
			return mustcall.Releases
		case ctxlib.IsMethod(fn, errgroupPath, "Group", "Go", "TryGo", "SetLimit"):
			return mustcall.Ignores
		}
	}
	return mustcall.Escapes
}

const errgroupPath = "golang.org/x/sync/errgroup"
