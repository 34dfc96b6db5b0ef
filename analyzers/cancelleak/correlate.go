package cancelleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// dependsOnArguments reports whether the function that makes the obligation of s
// does so for some arguments only, and the caller tests one of them itself: the
// paths on which it does not call the result may be those on which it need not.
func (c *checker) dependsOnArguments(s *site) bool {
	if s.callee == nil || !c.summary.sometimes(s.callee.Origin(), s.result) {
		return false
	}
	var args []ssa.Value
	for _, arg := range s.Site.Call.Args {
		if _, constant := arg.(*ssa.Const); !constant && !ctxlib.IsContext(arg.Type()) {
			args = append(args, arg)
		}
	}
	for _, b := range s.fn().Blocks {
		if instr, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && dependsOn(instr.Cond, args, 6) {
			return true
		}
	}
	return false
}

// dependsOn reports whether v is computed from one of the given values, looking
// depth steps back.
func dependsOn(v ssa.Value, args []ssa.Value, depth int) bool {
	if slices.ContainsFunc(args, func(a ssa.Value) bool { return ssax.Same(v, a, nil) }) {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || depth == 0 {
		return false
	}
	for _, op := range instr.Operands(nil) {
		if *op != nil && dependsOn(*op, args, depth-1) {
			return true
		}
	}
	return false
}

// firesOnce reports whether s is in a case of a select that receives from the
// channel of a time.Timer. In a loop around the select it is executed once for
// each time that the timer is set, which is hardly ever once a turn.
func firesOnce(s *site) bool {
	for d := s.Site.Block().Idom(); d != nil; d = d.Idom() {
		instr, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || !d.Succs[0].Dominates(s.Site.Block()) {
			continue
		}
		if ch := selectedChan(instr.Cond); ch != nil && isTimerChan(ch) {
			return true
		}
	}
	return false
}

// selectedChan returns the channel of the select case for whose choice cond tests.
func selectedChan(cond ssa.Value) ssa.Value {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL {
		return nil
	}
	index, ok1 := cmp.X.(*ssa.Extract)
	n, ok2 := cmp.Y.(*ssa.Const)
	if !ok1 || !ok2 || index.Index != 0 {
		return nil
	}
	sel, ok := index.Tuple.(*ssa.Select)
	if !ok || n.Int64() < 0 || int(n.Int64()) >= len(sel.States) {
		return nil
	}
	return sel.States[n.Int64()].Chan
}

func isTimerChan(ch ssa.Value) bool {
	load, ok := ch.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	return ok && ctxlib.IsNamedOrPointer(addr.X.Type(), "time", "Timer")
}

// replaces reports whether the call other, which overwrites the cancel function
// of s, comes before anything was done under the context of s, and nothing but
// the cancel function holds that context: it has neither a timer nor a parent.
// Then nothing of it is left.
//
//	ctx, cancel := context.WithCancel(context.Background())
//	if d > 0 {
//		ctx, cancel = context.WithTimeout(ctx, d)
//	}
//	defer cancel()
func replaces(other *ssa.Call, s *site) bool {
	if !ctxlib.IsFunc(s.callee, "context", "WithCancel") && !ctxlib.IsFunc(s.callee, "context", "WithCancelCause") {
		return false
	}
	rooted := slices.ContainsFunc(s.Parents, func(p ssa.Value) bool {
		call, ok := p.(*ssa.Call)
		return ok && ctxlib.IsRoot(ssax.Callee(&call.Call))
	})
	return rooted && s.Context != nil && !usedBefore(s.Context, other)
}
