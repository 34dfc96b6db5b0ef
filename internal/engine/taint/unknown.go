package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// unknown records v, which is or holds values of type t of whose origin nothing is known, if
// that is asked for. It does not add this guess to another one.
func (w *walk) unknown(v ssa.Value, t types.Type, st state) {
	if w.Unknown && !st.loose && isOpen(t) {
		w.source(v, metriclib.Strict, st)
	}
}

// isOpen reports whether values of type t may be text or numbers of any kind.
func isOpen(t types.Type) bool {
	if IsEnum(t) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsString|types.IsInteger) != 0
	case *types.Slice:
		return isOpen(u.Elem())
	case *types.Map:
		return isOpen(u.Elem())
	case *types.Interface:
		return u.Empty()
	}
	return false
}

// ofProcess reports whether the results of fn are few for all that is known: the standard
// library tells about the process, its host and its settings, or maps codes to text. A value
// of a context is not of the process.
func ofProcess(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && scope.IsStandardPath(fn.Pkg().Path()) && !ctxlib.IsMethod(fn, "context", "Context", "Value")
}

// uncalled reports whether nobody is in view who passes arguments to fn, and its callers are
// not told what becomes of them, as those of exported functions are.
func (w *walk) uncalled(fn *ssa.Function) bool {
	obj, declared := fn.Object().(*types.Func)
	return len(w.Callers(fn)) == 0 && (!declared || !obj.Exported())
}
