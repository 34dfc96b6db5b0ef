package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Nameable returns a context that the code of fn can name, whoever made it: a
// parameter, of fn or of a function around it, that is a context or carries
// one, or a field of the receiver. It returns nil if there is none. Unlike a
// context at hand, it may be the receiver's own, which is good enough for a
// loop that could listen to it.
func Nameable(fn *ssa.Function) *types.Var {
	for ; fn != nil; fn = fn.Parent() {
		if v := contextParam(fn); v != nil {
			return v
		}
	}
	return nil
}

// contextParam returns a context that is, or is carried by, one of fn's own
// parameters.
func contextParam(fn *ssa.Function) *types.Var {
	var carrier *types.Var
	sig := fn.Signature
	for v := range sig.Params().Variables() {
		if v.Name() == "_" || v.Name() == "" {
			continue
		}
		if ctxlib.IsContextual(v.Type()) {
			return v
		}
		if _, ok := ctxlib.CarrierOf(v.Type()); ok && !ctxlib.IsTesting(v.Type()) && carrier == nil {
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
			if ctxlib.IsContext(f.Type()) {
				return f
			}
		}
	}
	return nil
}
