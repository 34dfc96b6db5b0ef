package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkWaits reports waits of fn, which has a context, for code out of view: it may
// leave when that context is done, and nobody knows whether it delivers first. A range
// is for its owner to close, and an empty value is a signal or a slot.
func (c *checker) checkWaits(fn *ssa.Function) {
	h := c.hands().Worthwhile(fn)
	if h == nil || h.Receiver || h.Func != fn && len(c.pkg.StartsOf(fn)) == 0 || c.livesOn(fn) || ssax.InTest(fn) || c.deferred(fn) {
		c.silentWaits(fn, h != nil)
		return
	}
	live := c.hands().Liveness(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			what, pos := c.uncertainWait(instr)
			if what == "" || c.stuckIn(instr) {
				continue
			}
			if !live.At(instr) {
				c.report.Silent(noDone, pos, notLive)
				continue
			}
			if ahead := c.pkg.Ahead(instr); ahead.LetGo || ahead.Polled != nil {
				if ahead.LetGo {
					c.report.Silent(noDone, pos, letGo)
				}
				continue
			}
			c.foundWith(catalog.Medium, analysis.Diagnostic{
				Pos:      pos,
				End:      pos + token.Pos(len("<-")),
				Category: noDone,
				Message:  fmt.Sprintf("this %s does not end when %s is done, and the other side is out of sight; select on %s.Done(), too", what, h.Expr, h.Expr),
				Related:  []analysis.RelatedInformation{{Pos: h.Var.Pos(), Message: "the context at hand"}},
			})
		}
	}
}

// stuckIn reports whether an instruction is in a loop that nothing ends, which is then
// the mistake.
func (c *checker) stuckIn(instr ssa.Instruction) bool {
	for loop := c.pkg.Loops(instr.Parent()).Around(instr.Block()); loop != nil; loop = loop.Parent {
		if c.pkg.IsEndless(loop) {
			return true
		}
	}
	return false
}

// hands returns what knows the contexts at hand.
func (c *checker) hands() *athand.Finder {
	if c.atHand == nil {
		c.atHand = athand.New(c.pass, c.pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder), c.pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result), nil)
	}
	return c.atHand
}

// uncertainWait returns what an instruction that waits for unknown code is called, ""
// if it does not.
func (c *checker) uncertainWait(instr ssa.Instruction) (what string, pos token.Pos) {
	switch instr := instr.(type) {
	case *ssa.Send:
		if ctxlib.IsError(elemOf(instr.Chan)) && !c.looped(instr) {
			return "", token.NoPos // whoever gives a channel for an error leaves room for one
		}
		if c.unknownSide(instr.Chan, types.SendOnly) {
			return "send", instr.Pos()
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW && !instr.CommaOk && c.unknownSide(instr.X, types.RecvOnly) {
			return "receive", instr.Pos()
		}
	case *ssa.Select:
		if !instr.Blocking || len(instr.States) == 0 {
			return "", token.NoPos
		}
		for _, st := range instr.States {
			if !c.unknownSide(st.Chan, st.Dir) {
				return "", token.NoPos
			}
		}
		return "select", instr.Pos()
	}
	return "", token.NoPos
}

// unknownSide reports whether code out of view has the other end of a channel, which
// nobody in the package has or which the function was given, and a value goes through it
// that somebody is interested in.
func (c *checker) unknownSide(v ssa.Value, dir types.ChanDir) bool {
	if _, ok := v.Type().Underlying().(*types.Chan); !ok || isSignal(elemOf(v)) {
		return false
	}
	ch := c.pkg.OfValue(v)
	if ch.Done || ch.Timer {
		return false
	}
	_, given := v.(*ssa.Parameter)
	if dir == types.SendOnly {
		capacity, known := ch.Capacity()
		return ch.UnknownRecv && (given || len(ch.Of(concurrency.Recv)) == 0) && (len(ch.Makes) == 0 || known && capacity == 0)
	}
	return (ch.UnknownSend || ch.UnknownClose) && (given || len(ch.Of(concurrency.Send))+len(ch.Of(concurrency.Close)) == 0)
}

// isSignal reports whether what goes through a channel of the type says only that
// something has happened: nothing, a time, a signal of the operating system.
func isSignal(elem types.Type) bool {
	return isEmpty(elem) || isTime(elem) || ctxlib.IsNamedOrPointer(elem, "os", "Signal")
}
