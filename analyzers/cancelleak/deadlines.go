package cancelleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// onlyWithoutDeadline reports whether the call other, which overwrites the cancel function
// of s, is only made where a context has no deadline, while that of s has one: it cannot be
// that context, and so what is overwritten is no cancel function of it.
//
//	if ctx == nil {
//		ctx, cancel = context.WithTimeout(context.Background(), wait)
//	}
//	if _, ok := ctx.Deadline(); !ok {
//		ctx, cancel = context.WithTimeout(ctx, wait)
//	}
func onlyWithoutDeadline(other *ssa.Call, s *site) bool {
	if s.Context == nil || !ctxlib.IsDeadline(s.callee) {
		return false
	}
	for branch, i := range ssax.Guards(other.Block(), nil) {
		if ctx := withoutDeadline(branch.Cond, i == 0); ctx != nil && mayBe(ctx, s.Context) {
			return true
		}
	}
	return false
}

// withoutDeadline returns the context that has no deadline when a test has come out as
// holds, nil if the test is about something else.
func withoutDeadline(test ssa.Value, holds bool) ssa.Value {
	if not, ok := test.(*ssa.UnOp); ok && not.Op == token.NOT {
		return withoutDeadline(not.X, !holds)
	}
	ext, ok := test.(*ssa.Extract)
	if !ok || ext.Index != 1 || holds {
		return nil
	}
	call, ok := ext.Tuple.(*ssa.Call)
	if !ok || !call.Call.IsInvoke() || call.Call.Method.Name() != "Deadline" || !ctxlib.IsContextual(call.Call.Value.Type()) {
		return nil
	}
	return call.Call.Value
}

// mayBe reports whether v is the context ctx on the paths that come from where ctx is made:
// one of the values that v is chosen from, or what the field that v is loaded from is given.
func mayBe(v, ctx ssa.Value) bool {
	v = ssax.Strip(v)
	if v == ctx {
		return true
	}
	if phi, ok := v.(*ssa.Phi); ok {
		return slices.Contains(phi.Edges, ctx)
	}
	addr := ssax.LoadedFrom(v)
	if addr == nil {
		return false
	}
	return slices.ContainsFunc(*ctx.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		return ok && st.Val == ctx && ssax.Same(st.Addr, addr, nil)
	})
}
