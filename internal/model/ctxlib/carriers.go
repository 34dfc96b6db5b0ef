package ctxlib

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/model/web"
)

// A Carrier is a type that gives access to the context of the current work.
type Carrier struct {
	Expr string // Go expression for the context, with x standing for the carrier: "x.Context()"
}

// CarrierOf returns how to get the context from a value of type t, either from
// the table of frameworks or because t has a method Context() context.Context
// (http.Request, grpc.ServerStream, cobra.Command, testing.TB). ok is false if
// t carries none.
func CarrierOf(t types.Type) (c Carrier, ok bool) {
	if f, ok := web.Exactly(t); ok {
		return Carrier{f.Context}, f.Context != "" && f.Context != web.Itself
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Context")
	fn, isFunc := obj.(*types.Func)
	if !isFunc {
		return Carrier{}, false
	}
	sig := fn.Signature()
	if sig.Params().Len() == 0 && sig.Results().Len() == 1 && IsContext(sig.Results().At(0).Type()) {
		return Carrier{"x.Context()"}, true
	}
	return Carrier{}, false
}

// Carries reports whether a value of type t is a context, or carries one.
func Carries(t types.Type) bool {
	if IsContextual(t) {
		return true
	}
	_, ok := CarrierOf(t)
	return ok
}
