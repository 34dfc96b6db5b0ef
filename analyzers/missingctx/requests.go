package missingctx

import (
	"go/constant"
	"go/types"
	"net/http"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxforms"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// isSent reports whether the request that a call makes is sent as it is, by the function
// or by one of the package that it is given to. On its way through WithContext or Clone
// it gets a context.
func (c *checker) isSent(made *ssa.Call) bool {
	req := ssax.Result(made, 0)
	return req != nil && !isBound(req) && c.sendsValue(req, make(map[ssa.Value]bool))
}

// isBound reports whether a request gets a context on some path: if ctx != nil.
func isBound(req ssa.Value) bool {
	return slices.ContainsFunc(*req.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(*ssa.Call)
		return ok && ctxlib.IsMethod(ssax.Callee(&call.Call), "net/http", "Request", "WithContext", "Clone")
	})
}

// sendsParameter is the Step of sends.
func (c *checker) sendsParameter(p *ssa.Parameter) bool {
	return c.sendsValue(p, make(map[ssa.Value]bool))
}

// sendsValue reports whether a request is sent. Values in seen have been followed.
func (c *checker) sendsValue(req ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[req] || req.Referrers() == nil {
		return false
	}
	seen[req] = true
	return slices.ContainsFunc(*req.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Phi:
			return c.sendsValue(ref, seen)
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			return ok && ref.Val == req && slices.ContainsFunc(ssax.UsesOf(cell).Loads, func(load *ssa.UnOp) bool {
				return load.Parent() == ref.Parent() && ssax.StoreReaches(ref, load, ssax.UsesOf(cell).Stores) && c.sendsValue(load, seen)
			})
		case *ssa.Call:
			return c.sendsIn(&ref.Call, req)
		}
		return false
	})
}

// sendsIn reports whether a call that is given a request sends it.
func (c *checker) sendsIn(call *ssa.CallCommon, req ssa.Value) bool {
	recv, args := ssax.Receiver(call)
	i := slices.Index(args, req)
	if recv == req || i < 0 || slices.ContainsFunc(args, func(arg ssa.Value) bool { return ctxlib.IsContextual(arg.Type()) }) {
		return false // its own method, or a callee that binds it to the context beside it
	}
	fn := ssax.Callee(call)
	if ctxforms.Sends(fn) || call.IsInvoke() && sendsBySignature(fn) {
		return true
	}
	body := ssax.Body(call.StaticCallee())
	if body == nil || body.Pkg != c.builder.SSA().Pkg {
		return false
	}
	i += len(body.Params) - len(args)
	return i >= 0 && i < len(body.Params) && c.sends.Get(body.Params[i])
}

// sendsBySignature reports whether a method of an interface has the signature of
// (*http.Client).Do: nothing else turns requests into responses.
func sendsBySignature(fn *types.Func) bool {
	sig := fn.Signature()
	return sig.Params().Len() == 1 && sig.Results().Len() == 2 && ctxlib.IsNamedOrPointer(sig.Params().At(0).Type(), "net/http", "Request") &&
		ctxlib.IsNamedOrPointer(sig.Results().At(0).Type(), "net/http", "Response") && ctxlib.CanFail(sig)
}

// asksForChange reports whether a request that a call makes is one that changes something,
// by its method.
func asksForChange(made *ssa.Call) bool {
	return anyText(made.Call.Args, func(method string) bool {
		return slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}, method)
	})
}

// anyText reports whether one of the arguments is a constant text for which is holds.
func anyText(args []ssa.Value, is func(string) bool) bool {
	return slices.ContainsFunc(args, func(arg ssa.Value) bool {
		k, ok := arg.(*ssa.Const)
		return ok && k.Value != nil && k.Value.Kind() == constant.String && is(constant.StringVal(k.Value))
	})
}
