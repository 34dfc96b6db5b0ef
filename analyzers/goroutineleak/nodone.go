package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// checkLoops reports loops of fn that wait on channels without listening to the
// context at hand.
func (c *checker) checkLoops(fn *ssa.Function) {
	ctx := c.pkg.Nameable(fn)
	if ctx == nil || c.pkg.ProcessLifetime(fn) {
		return
	}
	for _, loop := range c.pkg.Loops(fn).All {
		if c.pkg.IsEndless(loop) {
			c.checkDeaf(loop, ctx)
			c.checkHeedless(loop, ctx)
		} else {
			c.checkInner(loop, ctx)
		}
	}
}

// checkDeaf reports a loop without a way out that waits on channels, none of which
// signals the end.
func (c *checker) checkDeaf(loop *ssax.Loop, ctx *types.Var) {
	pos := c.loopPos(loop)
	if c.seen[pos] || c.hears(loop) != nil || ssax.InTest(loop.Header.Parent()) {
		return
	}
	var wait ssa.Instruction
	loop.Instructions(func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.Select:
			if instr.Blocking && len(instr.States) > 0 {
				wait = instr
			}
		case *ssa.UnOp:
			if instr.Op == token.ARROW {
				wait = instr
			}
		case *ssa.Send:
			wait = instr
		}
		return wait == nil
	})
	if wait == nil {
		return
	}
	at := wait.Pos()
	if !at.IsValid() {
		at = pos // of a range
	}
	c.seen[pos] = true
	c.found(analysis.Diagnostic{
		Pos:      at,
		Category: noDone,
		Message:  fmt.Sprintf("the loop waits here forever when %s is done, because nothing in it listens for that; add a case for %s and return", contextExpr(ctx), doneExpr(ctx)),
		Related:  []analysis.RelatedInformation{{Pos: pos, Message: "this loop has no way out"}, {Pos: ctx.Pos(), Message: "the context at hand"}},
	})
}

// checkInner reports a send in a loop whose own select listens to the context while
// the send does not: when the receiver, which listens too, leaves first, the send
// blocks forever.
func (c *checker) checkInner(loop *ssax.Loop, ctx *types.Var) {
	aware := c.awareSelect(loop)
	if aware == nil {
		return
	}
	loop.Instructions(func(instr ssa.Instruction) bool {
		send, ok := instr.(*ssa.Send)
		if !ok || ssax.InTest(send.Parent()) {
			return true
		}
		ch := c.pkg.OfValue(send.Chan)
		receiver, gone := c.receiversLeave(ch)
		if !gone {
			return true
		}
		c.foundWith(confidence(c.sameEnd(aware, receiver)), analysis.Diagnostic{
			Pos:      send.Pos(),
			End:      send.Pos() + token.Pos(len("<-")),
			Category: noDone,
			Message:  fmt.Sprintf("this send blocks forever when its receiver leaves first, although the loop listens to %s; make it a case of a select with %s", contextExpr(ctx), doneExpr(ctx)),
			Related: []analysis.RelatedInformation{
				{Pos: aware.Pos(), Message: "the loop listens here"},
				{Pos: receiver.Pos(), Message: "the receiver leaves by another case of this select"},
			},
		})
		return true
	})
}

// sameEnd reports whether two select statements listen to one context, so that what
// ends one side ends the other.
func (c *checker) sameEnd(a, b *ssa.Select) bool {
	for _, st := range a.States {
		for _, other := range b.States {
			if c.pkg.OfValue(st.Chan).Done && c.pkg.OfValue(other.Chan).Done {
				ctx, same := contextOf(st.Chan), contextOf(other.Chan)
				if ctx != nil && ctx == same {
					return true
				}
			}
		}
	}
	return false
}

// contextOf returns the variable, or the only value, on which Done was called; nil if
// the channel comes from elsewhere.
func contextOf(ch ssa.Value) ssa.Value {
	call, ok := ch.(*ssa.Call)
	if !ok {
		return nil
	}
	v, _ := ssax.Receiver(&call.Call)
	if addr := ssax.LoadedFrom(v); addr != nil {
		v = addr
	}
	for {
		free, ok := v.(*ssa.FreeVar)
		if !ok {
			return v
		}
		v = ssax.Binding(free)
	}
}

// awareSelect returns a select of the loop one of whose cases hears of the end of
// a context and leaves the loop.
func (c *checker) awareSelect(loop *ssax.Loop) *ssa.Select {
	var aware *ssa.Select
	loop.Instructions(func(instr ssa.Instruction) bool {
		if sel, ok := instr.(*ssa.Select); ok && c.leavesOnDone(sel, loop) {
			aware = sel
		}
		return aware == nil
	})
	return aware
}

// leavesOnDone reports whether a case of sel for the end of a context leads out
// of the loop, or out of the function if loop is nil.
func (c *checker) leavesOnDone(sel *ssa.Select, loop *ssax.Loop) bool {
	s, ok := ssax.SelectOf(sel)
	if !ok {
		return false
	}
	for i, st := range sel.States {
		if st.Dir == types.RecvOnly && c.pkg.OfValue(st.Chan).Done {
			if loop == nil || !loop.Blocks[s.Cases[i].To()] {
				return true
			}
		}
	}
	return false
}

// receiversLeave reports whether ch has no buffer and each of its receivers, all
// of which are seen, may go away when a context is done without emptying it. It
// returns the last of them.
func (c *checker) receiversLeave(ch *concurrency.Channel) (last *ssa.Select, leave bool) {
	if capacity, ok := ch.Capacity(); !ok || capacity > 0 || !ch.Visible() {
		return nil, false
	}
	for _, op := range ch.Of(concurrency.Recv) {
		sel, ok := op.Instr.(*ssa.Select)
		if !ok || !sel.Blocking || !c.leavesOnDone(sel, c.pkg.Loops(op.Fn()).Around(sel.Block())) {
			return nil, false
		}
		last = sel
	}
	return last, last != nil
}

// contextExpr returns how the code would name the context that v is or carries.
func contextExpr(v *types.Var) string {
	if ctxlib.IsContextual(v.Type()) {
		return v.Name()
	}
	carrier, ok := ctxlib.CarrierOf(v.Type())
	if !ok || len(carrier.Expr) == 0 {
		return v.Name()
	}
	return v.Name() + carrier.Expr[len("x"):]
}

// doneExpr returns how the code would name the channel of the context.
func doneExpr(ctx *types.Var) string { return contextExpr(ctx) + ".Done()" }
