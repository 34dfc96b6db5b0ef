package goroutineleak

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkReceives reports goroutines that wait for what nobody sends: a receive or
// range over a channel that is not closed and not sent on, a range that goes on
// after the last send because nobody closes the channel, and the second receive
// of the one value that is sent.
func (c *checker) checkReceives(ch *concurrency.Channel) {
	switch {
	case len(ch.Of(concurrency.Close)) > 0:
		c.silentOps(blockedRecv, ch.Of(concurrency.Recv), isClosed)
		return
	case c.pkg.ProcessLifetime(ch.Makes[0].Parent()):
		c.silentOps(blockedRecv, ch.Of(concurrency.Recv), longLived)
		return
	}
	sends := ch.Of(concurrency.Send)
	for _, op := range ch.Of(concurrency.Recv) {
		if !op.Bare() || !c.inGoroutine(op.Fn()) {
			continue
		}
		made := analysis.RelatedInformation{Pos: ch.Makes[0].Pos(), Message: "the channel is made here"}
		switch {
		case len(sends) == 0:
			c.reportReceive(op, "nobody sends on this channel or closes it, so the goroutine waits forever; close the channel to let it go on", made)
		case isRange(op) && !(c.onlyEndsClosed(op) && c.sendsEnd(ch)):
			c.report.Silent(blockedRecv, opPos(op), goesOn)
		case isRange(op):
			c.reportReceive(op, "nobody closes this channel, so the range never ends and the goroutine waits forever after the last value; close it after the last send",
				made, analysis.RelatedInformation{Pos: sends[len(sends)-1].Pos(), Message: "nothing closes the channel after the last send"})
		}
	}
	c.checkSecondReceive(ch, sends)
}

func (c *checker) reportReceive(op concurrency.Op, message string, related ...analysis.RelatedInformation) {
	pos := op.Pos()
	if u := op.Instr.(*ssa.UnOp); !pos.IsValid() {
		pos = u.X.Pos() // of a range
	}
	if !pos.IsValid() {
		return
	}
	c.found(analysis.Diagnostic{Pos: pos, End: pos + token.Pos(len("<-")), Category: blockedRecv, Message: message, Related: related})
}

// inGoroutine reports whether fn runs in goroutines that the package starts, and
// in no other way.
func (c *checker) inGoroutine(fn *ssa.Function) bool {
	return len(c.pkg.StartsOf(fn)) > 0 && len(c.pkg.CallsOf(fn)) == 0 && !c.pkg.Hidden(fn)
}

// isRange reports whether the receive is one of a range over the channel.
func isRange(op concurrency.Op) bool {
	return op.Bare() && op.Instr.Block().Comment == "rangechan.loop"
}

// onlyEndsClosed reports whether a range has no way out but the end of the channel: a
// break at a value that says that it is the last is another.
func (c *checker) onlyEndsClosed(op concurrency.Op) bool {
	loop := c.pkg.Loops(op.Fn()).Around(op.Instr.Block())
	return loop != nil && len(loop.Exits()) == 1
}

// sendsEnd reports whether the sends on ch come to an end: each is in a function
// that ends and that nobody can call later, and so is the make.
func (c *checker) sendsEnd(ch *concurrency.Channel) bool {
	for _, op := range ch.Of(concurrency.Send) {
		if c.pkg.Hidden(op.Fn()) || c.pkg.Endless(op.Fn()) != nil {
			return false
		}
	}
	return c.pkg.Endless(ch.Makes[0].Parent()) == nil
}

// checkSecondReceive reports a receive that follows another when one value is all
// that is ever sent.
func (c *checker) checkSecondReceive(ch *concurrency.Channel, sends []concurrency.Op) {
	made := ch.Makes[0]
	if len(sends) != 1 || c.looped(made) || c.looped(sends[0].Instr) {
		return
	}
	starts := c.pkg.StartsOf(sends[0].Fn())
	if len(starts) != 1 || starts[0].Site.Parent() != made.Parent() || c.looped(starts[0].Site) || len(c.pkg.CallsOf(sends[0].Fn())) > 0 || c.pkg.Hidden(sends[0].Fn()) {
		return
	}
	receives := ch.Of(concurrency.Recv)
	for _, second := range receives {
		if !second.Bare() || second.Fn() != made.Parent() || c.looped(second.Instr) {
			continue
		}
		for _, first := range receives {
			if first.Instr != second.Instr && first.Bare() && first.Fn() == second.Fn() && ssax.Dominates(first.Instr, second.Instr) {
				c.reportReceive(second, fmt.Sprintf("the only value sent on this channel has been received already, so %s waits forever; keep the first result", functionName(second.Fn())),
					analysis.RelatedInformation{Pos: sends[0].Pos(), Message: "the only send"},
					analysis.RelatedInformation{Pos: first.Pos(), Message: "the first receive"})
				return
			}
		}
	}
}

// looped reports whether the instruction may run more than once in one call.
func (c *checker) looped(instr ssa.Instruction) bool {
	return c.pkg.Loops(instr.Parent()).Around(instr.Block()) != nil
}
