package goroutineleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkLoops reports loops of fn that wait on channels without listening to the
// context at hand.
func (c *checker) checkLoops(fn *ssa.Function) {
	if c.pkg.ProcessLifetime(fn) {
		return
	}
	for _, loop := range c.pkg.Loops(fn).All {
		if !c.pkg.IsEndless(loop) {
			c.checkInner(loop)
		} else if end := c.pkg.AtHand(loop.Header.Instrs[0]); end != nil {
			c.checkDeaf(loop, end)
			c.checkHeedless(loop, end)
		} else {
			c.silentLoop(loop, noSignal)
		}
	}
}

// checkDeaf reports a loop without a way out that waits on channels, none of which
// signals the end.
func (c *checker) checkDeaf(loop *ssax.Loop, end *concurrency.Ending) {
	pos := c.loopPos(loop)
	fn := loop.Header.Parent()
	switch {
	case c.seen[pos]:
		return
	case ssax.InTest(fn):
		c.silentLoop(loop, inTest)
		return
	case c.hears(loop) != nil:
		c.silentLoop(loop, hearsEnd)
		return
	}
	wait := waitIn(loop)
	if wait == nil {
		return
	}
	at := wait.Pos()
	if !at.IsValid() {
		at = pos // of a range
	}
	c.seen[pos] = true
	c.foundUnder(end, fn, catalog.Grade(!end.Doubtful), analysis.Diagnostic{
		Pos:      at,
		Category: noDone,
		Message:  fmt.Sprintf("the loop waits here forever when %s, because nothing in it listens for that; add a case for %s and return", when(end), signal(end)),
		Related:  []analysis.RelatedInformation{{Pos: pos, Message: "this loop has no way out"}, {Pos: declared(end).Pos(), Message: atHand(end)}},
	})
}

// waitIn returns the operation on a channel for which a loop waits, nil if it waits for
// none.
func waitIn(loop *ssax.Loop) (wait ssa.Instruction) {
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
	return wait
}

// checkInner reports a send in a loop whose own select listens to the context while
// the send does not: when the receiver, which listens too, leaves first, the send
// blocks forever.
func (c *checker) checkInner(loop *ssax.Loop) {
	aware, state := c.awareSelect(loop)
	if aware == nil {
		return
	}
	name, expr := c.listensTo(aware.States[state])
	loop.Instructions(func(instr ssa.Instruction) bool {
		send, ok := instr.(*ssa.Send)
		if !ok || ssax.InTest(send.Parent()) || !aware.Blocking && c.inSelect(aware, send.Pos()) {
			return true // what a poll does by default is selectdefault's
		}
		ch := c.pkg.OfValue(send.Chan)
		receiver, gone := c.receiversLeave(ch, send.Parent())
		if !gone {
			c.silent(noDone, send, staysThere)
			return true
		}
		c.foundWith(catalog.Grade(c.sameEnd(aware, receiver)), analysis.Diagnostic{
			Pos:      send.Pos(),
			End:      send.Pos() + token.Pos(len("<-")),
			Category: noDone,
			Message:  fmt.Sprintf("this send blocks forever when its receiver leaves first, although the loop listens to %s; make it a case of a select with %s", name, expr),
			Related: []analysis.RelatedInformation{
				{Pos: aware.Pos(), Message: "the loop listens here"},
				{Pos: receiver.Pos(), Message: "the receiver leaves by another case of this select"},
			},
		})
		return true
	})
}

// inSelect reports whether a position is in the statement of a select.
func (c *checker) inSelect(sel *ssa.Select, pos token.Pos) bool {
	return c.syntax.NodeAt(pos, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectStmt)
		return ok && s.Select == sel.Pos()
	}) != nil
}

// listensTo returns what a case listens to that hears that something is over, and how
// the code names the channel.
func (c *checker) listensTo(st *ssa.SelectState) (name, expr string) {
	if !c.pkg.OfValue(st.Chan).Done {
		if f := fieldLoaded(st.Chan); f != nil {
			return f.Name(), f.Name()
		}
		return "a channel that is closed", "that"
	}
	if ctx := c.pkg.Nameable(st.Chan.Parent()); ctx != nil {
		return contextExpr(ctx), doneExpr(ctx)
	}
	return "a context", "its Done"
}

// sameEnd reports whether two select statements listen to one context, or one channel,
// so that what ends one side ends the other.
func (c *checker) sameEnd(a, b *ssa.Select) bool {
	for _, st := range a.States {
		for _, other := range b.States {
			if !c.pkg.HearsEnd(st) || !c.pkg.HearsEnd(other) {
				continue
			}
			if ch := c.pkg.OfValue(st.Chan); !ch.Done && ch == c.pkg.OfValue(other.Chan) {
				return true
			}
			if ctx := contextOf(st.Chan); ctx != nil && ctx == contextOf(other.Chan) {
				return true
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

// awareSelect returns a select of the loop one of whose cases hears that something is
// over and leaves the loop, and the case.
func (c *checker) awareSelect(loop *ssax.Loop) (aware *ssa.Select, state int) {
	loop.Instructions(func(instr ssa.Instruction) bool {
		if sel, ok := instr.(*ssa.Select); ok {
			if i := c.leavesOnEnd(sel, loop); i >= 0 {
				aware, state = sel, i
			}
		}
		return aware == nil
	})
	return aware, state
}

// leavesOnEnd returns a case of sel that hears that something is over and leads out of
// the loop, or out of the function if loop is nil; -1 if there is none.
func (c *checker) leavesOnEnd(sel *ssa.Select, loop *ssax.Loop) int {
	s, ok := ssax.SelectOf(sel)
	if !ok {
		return -1
	}
	return slices.IndexFunc(sel.States, func(st *ssa.SelectState) bool {
		if !c.pkg.HearsEnd(st) {
			return false
		}
		i := slices.Index(sel.States, st)
		return loop == nil || !loop.Blocks[s.Cases[i].To()]
	})
}

// receiversLeave reports whether ch has no buffer and each of its receivers, all
// of which are seen, may go away when something is over, without emptying it, and other
// than because the sender has returned. It returns the last of them.
func (c *checker) receiversLeave(ch *concurrency.Channel, sender *ssa.Function) (last *ssa.Select, leave bool) {
	if capacity, ok := ch.Capacity(); !ok || capacity > 0 || !ch.Visible() {
		return nil, false
	}
	for _, op := range ch.Of(concurrency.Recv) {
		sel, ok := op.Instr.(*ssa.Select)
		if !ok || !sel.Blocking {
			return nil, false
		}
		i := c.leavesOnEnd(sel, c.pkg.Loops(op.Fn()).Around(sel.Block()))
		if i < 0 || c.tellsReturn(c.pkg.OfValue(sel.States[i].Chan), sender) {
			return nil, false
		}
		last = sel
	}
	return last, last != nil
}

// tellsReturn reports whether a channel is closed by nothing but the return of fn, or of a
// function that calls it: by then fn sends no more.
func (c *checker) tellsReturn(ch *concurrency.Channel, fn *ssa.Function) bool {
	if ch == nil || ch.Done || !ch.Visible() {
		return false
	}
	closes := ch.Of(concurrency.Close)
	return len(closes) > 0 && !slices.ContainsFunc(closes, func(op concurrency.Op) bool {
		_, deferred := op.Instr.(*ssa.Defer)
		return !deferred || op.Fn() != fn && !c.calls(op.Fn(), fn)
	})
}

// calls reports whether caller calls fn and waits for it.
func (c *checker) calls(caller, fn *ssa.Function) bool {
	return slices.ContainsFunc(c.pkg.SSA().Index().Callers(fn), func(call ssa.CallInstruction) bool {
		_, waits := call.(*ssa.Call)
		return waits && call.Parent() == caller
	})
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

// declared returns the context or channel that is at hand.
func declared(e *concurrency.Ending) *types.Var {
	if e.Quit != nil {
		return e.Quit
	}
	return e.Context
}

// when says when what is at hand ends.
func when(e *concurrency.Ending) string {
	if e.Quit != nil {
		return e.Quit.Name() + " is closed"
	}
	return contextExpr(e.Context) + " is done"
}

// signal returns how the code would name the channel by which it hears of that.
func signal(e *concurrency.Ending) string {
	if e.Quit != nil {
		return e.Quit.Name()
	}
	return doneExpr(e.Context)
}

// atHand says what is at hand.
func atHand(e *concurrency.Ending) string {
	if e.Quit != nil {
		return "the channel at hand"
	}
	return "the context at hand"
}
