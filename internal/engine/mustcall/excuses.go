package mustcall

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// excuses reports whether the given outcome of a branch means that there is
// nothing to meet: the call that should have made the obligation failed (its
// error is not nil, its bool is false, its other result is nil), or the context
// is already done, which releases everything that the obligation stands for.
func (c *conditions) excuses(cond *condition, outcome bool, p *pathState) bool {
	is := outcome != cond.negated // whether the normal form holds
	x := p.resolve(cond.x)
	if slices.Contains(c.siblings, x) {
		switch {
		case cond.op == token.ILLEGAL:
			return !is // ok == false
		case cond.op == token.EQL && ssax.IsNil(cond.y):
			if ctxlib.IsError(x.Type()) {
				return !is
			}
			return is && !ctxlib.IsContext(x.Type())
		}
		return false
	}
	// errors.Is(err, …), status.Code(err) == …: the error is not nil.
	if call, ok := x.(*ssa.Call); ok && is && (cond.op == token.ILLEGAL || cond.op == token.EQL) && !call.Call.IsInvoke() {
		for _, arg := range call.Call.Args {
			if arg = p.resolve(arg); ctxlib.IsError(arg.Type()) && slices.Contains(c.siblings, arg) {
				return true
			}
		}
	}
	// ctx.Err() != nil
	if call, ok := x.(*ssa.Call); ok && cond.op == token.EQL && ssax.IsNil(cond.y) && !is {
		return call.Call.IsInvoke() && call.Call.Method.Name() == "Err" && c.isContext(call.Call.Value, p)
	}
	// case <-ctx.Done(): of a select
	if ext, ok := cond.x.(*ssa.Extract); ok && ext.Index == 0 && cond.op == token.EQL && is {
		sel, isSelect := ext.Tuple.(*ssa.Select)
		n, isConst := cond.y.(*ssa.Const)
		if isSelect && isConst && n.Int64() >= 0 && int(n.Int64()) < len(sel.States) {
			st := sel.States[n.Int64()]
			return st.Dir == types.RecvOnly && c.isDone(st.Chan, p)
		}
	}
	return false
}

// contextDone reports whether instr waits for the end of the context.
func (c *conditions) contextDone(instr ssa.Instruction, p *pathState) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW && c.isDone(instr.X, p)
	case *ssa.Select: // a select with one case has no branch on its outcome
		return instr.Blocking && len(instr.States) == 1 && instr.States[0].Dir == types.RecvOnly && c.isDone(instr.States[0].Chan, p)
	}
	return false
}

func (c *conditions) isDone(ch ssa.Value, p *pathState) bool {
	call, ok := p.resolve(ch).(*ssa.Call)
	return ok && call.Call.IsInvoke() && call.Call.Method.Name() == "Done" && c.isContext(call.Call.Value, p)
}

// isContext reports whether v is the context made along with the obligation, or
// one whose end ends that context.
func (c *conditions) isContext(v ssa.Value, p *pathState) bool {
	v = p.resolve(v)
	same := func(w ssa.Value) bool {
		return w != nil && (v == w || p.resolve(w) == v || holdsOnly(v, w))
	}
	return same(c.o.Context) || c.o.Parents != nil && slices.ContainsFunc(c.o.Parents(), same)
}

// holdsOnly reports whether v is loaded from a variable into which w is stored.
// If other contexts are stored there, too, v may be one of those; taking it for
// w keeps the analysis quiet.
func holdsOnly(v, w ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	if wl, ok := w.(*ssa.UnOp); ok && wl.Op == token.MUL && wl.X == load.X {
		return true
	}
	cell, ok := load.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	return slices.ContainsFunc(ssax.StoresTo(cell), func(s *ssa.Store) bool { return s.Val == w })
}
