package ctxuse

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// Unseen returns what a function of which no body is in view does with its context, as
// far as its signature tells. One that gives something, and has no way to say that it was
// cut short, perhaps does not wait, and one that gives a logger does not; one that gives nothing, and is given a function to
// call, starts it.
func Unseen(sig *types.Signature) Use {
	if sig.Results().Len() == 0 {
		for v := range sig.Params().Variables() {
			if f, ok := v.Type().Underlying().(*types.Signature); ok && f.Params().Len() == 0 && f.Results().Len() == 0 {
				return Keeps
			}
		}
		return Observes
	}
	if sig.Results().Len() == 1 && isLogger(sig.Results().At(0).Type()) {
		return Inert
	}
	for v := range sig.Results().Variables() {
		if tellsOfFailure(v.Type()) {
			return Observes
		}
	}
	return Perhaps
}

// isLogger reports whether t is a type of a library for logs: what gives one takes values from
// the context.
func isLogger(t types.Type) bool {
	named := typename.Of(t)
	return named != nil && named.Obj().Pkg() != nil && loglib.IsLibrary(named.Obj().Pkg().Path())
}

// tellsOfFailure reports whether a result of a type can say that work was cut short: it
// is an error, or has a method that gives one, or the work goes on when it is used.
func tellsOfFailure(t types.Type) bool {
	if ctxlib.IsError(t) || ctxlib.IsContextual(t) {
		return true
	}
	switch t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	}
	methods := types.NewMethodSet(t)
	for i := range methods.Len() {
		sig, ok := methods.At(i).Type().(*types.Signature)
		if !ok {
			continue
		}
		for v := range sig.Results().Variables() {
			if ctxlib.IsError(v.Type()) {
				return true
			}
		}
	}
	return false
}
