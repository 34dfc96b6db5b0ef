package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Nameable returns a context that the code of fn can name, whoever made it: a
// parameter, of fn or of a function around it, that is a context or carries
// one, or a field of the receiver. It returns nil if there is none that can end.
// Unlike a context at hand, it may be the receiver's own, which is good enough for
// a loop that could listen to it.
func Nameable(fn *ssa.Function, lives *ctxlife.Result) *types.Var {
	for ; fn != nil; fn = fn.Parent() {
		if v := contextParam(fn, lives); v != nil {
			return v
		}
	}
	return nil
}

// contextParam returns a context that is, or is carried by, one of fn's own
// parameters, and can end.
func contextParam(fn *ssa.Function, lives *ctxlife.Result) *types.Var {
	var carrier *types.Var
	sig := fn.Signature
	for _, p := range fn.Params[len(fn.Params)-sig.Params().Len():] {
		v, ok := named(p)
		if !ok {
			continue
		}
		if ctxlib.IsContextual(v.Type()) && !lives.OfParameter(p).Endless() {
			return v
		}
		if _, ok := ctxlib.CarrierOf(v.Type()); ok && !ctxlib.IsTesting(v.Type()) && carrier == nil && !lives.OfParameter(p).Endless() {
			carrier = v
		}
	}
	if carrier != nil || sig.Recv() == nil {
		return carrier
	}
	t := sig.Recv().Type()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			if ctxlib.IsContext(f.Type()) && !lives.OfField(sig.Recv().Type(), f).Endless() {
				return f
			}
		}
	}
	return nil
}
