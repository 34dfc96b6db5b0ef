package taint

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// fixed reports whether v is one value for the whole life of the process: it is
// read from a package variable.
func fixed(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Global:
		return true
	case *ssa.UnOp:
		return v.Op == token.MUL && fixed(v.X)
	case *ssa.FieldAddr:
		return fixed(v.X)
	}
	return false
}

// fixedError reports whether the text of err, used at u, is one of few: err is
// nil, an error that a package variable holds, one made from a constant text,
// that of a context, or of a type that is an enumeration. Phis in seen add no
// other text.
func (w *walk) fixedError(err ssa.Value, u use, fr *frame, seen map[ssa.Value]bool) bool {
	if w.guarded(err, u) {
		return true
	}
	switch v := err.(type) {
	case *ssa.Const, *ssa.Global:
		return true
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.Global:
			return true
		case *ssa.Alloc:
			stores := ssax.StoresTo(addr)
			for _, s := range stores {
				if w.survives(s, stores, v) && !w.fixedError(s.Val, at(s), fr, seen) {
					return false
				}
			}
			return len(stores) > 0
		}
	case *ssa.MakeInterface:
		return IsEnum(v.X.Type())
	case *ssa.ChangeInterface:
		return w.fixedError(v.X, at(v), fr, seen)
	case *ssa.Phi:
		if seen[v] {
			return true
		}
		seen[v] = true
		for i, e := range v.Edges {
			if !w.fixedError(e, use{v.Block().Preds[i], v.Block()}, fr, seen) {
				return false
			}
		}
		return true
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return w.fixedErrorOf(call, v.Index, fr, seen)
		}
	case *ssa.Call:
		return w.fixedErrorOf(v, 0, fr, seen)
	}
	return false
}

// isSystemCall reports whether fn calls the operating system, whose errors are numbers that
// have a text each.
func isSystemCall(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "syscall", "golang.org/x/sys/unix", "golang.org/x/sys/windows":
		return true
	}
	return false
}

// fixedErrorOf answers fixedError for a result of a call.
func (w *walk) fixedErrorOf(call *ssa.Call, result int, fr *frame, seen map[ssa.Value]bool) bool {
	fn := ssax.Callee(&call.Call)
	switch {
	case fn == nil:
	case ctxlib.IsFunc(fn, "errors", "New"):
		_, ok := call.Call.Args[0].(*ssa.Const)
		return ok
	case ctxlib.IsMethod(fn, "context", "Context", "Err"), isSystemCall(fn):
		return true
	case ctxlib.IsFunc(fn, "fmt", "Errorf"):
		args, ok := call.Call.Args[1].(*ssa.Const)
		return ok && args.IsNil()
	}
	callee := w.inView(call.Call.StaticCallee())
	if callee == nil {
		return false
	}
	inner := w.enter(call, callee, fr)
	if inner == nil {
		return false
	}
	for _, ret := range ssax.Returns(callee) {
		if result >= len(ret.Results) || !w.fixedError(ret.Results[result], at(ret), inner, seen) {
			return false
		}
	}
	return true
}
