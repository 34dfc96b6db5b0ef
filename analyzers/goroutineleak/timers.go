package goroutineleak

import (
	"go/token"
	"go/types"
	"go/version"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// checkTimers reports receives from stopped timers, and tickers that nobody stops.
func (c *checker) checkTimers(fn *ssa.Function) {
	c.checkTickerLoops(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if recv, ok := instr.(*ssa.UnOp); ok && recv.Op == token.ARROW {
				c.checkNilChannel(recv)
				c.checkTimerWait(recv)
			}
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			callee := ssax.Callee(&call.Call)
			switch {
			case ctxlib.IsMethod(callee, "time", "Timer", "Stop"):
				c.checkDrain(call)
			case !c.collectsTimers():
				c.checkTicker(call, callee)
			case c.report.Explains() && (ctxlib.IsFunc(callee, "time", "NewTicker") || ctxlib.IsFunc(callee, "time", "Tick") || ctxlib.IsFunc(callee, "time", "After")):
				c.silent(ticker, call, collected)
			}
		}
	}
}

// checkDrain reports a receive from the channel of a timer after its Stop that may
// have nothing to receive:
//
//	t.Stop()
//	<-t.C
//
// and the old idiom "if !t.Stop() { <-t.C }" where the value may have been received
// before: Stop returns false for that reason, too. Where it has not, the idiom is
// unnecessary since Go 1.23, but correct.
func (c *checker) checkDrain(stop *ssa.Call) {
	timer := placeOf(stop.Call.Args[0])
	for _, d := range c.drainsAfter(stop, timer) {
		u := d.recv
		related := []analysis.RelatedInformation{{Pos: stop.Pos(), Message: "the timer is stopped here"}}
		switch outcome := stopOutcome(stop, d.at); {
		case outcome == unchecked:
			c.foundDrain(u, "this receive blocks forever, because nothing arrives after Stop; drop it", related)
		case outcome == failed:
			pos, ok := c.receivedBefore(stop, u, timer)
			if !ok {
				pos, ok = c.receivedByCaller(stop, timer)
			}
			if !ok {
				c.silent(drain, u, stillFull)
			} else {
				related = append(related, analysis.RelatedInformation{Pos: pos, Message: "the value may have been received here"})
				c.foundDrain(u, "this receive blocks forever when the timer's value has been received before; drop it, which is right since Go 1.23, or select with a default", related)
			}
		}
	}
}

func (c *checker) foundDrain(u *ssa.UnOp, message string, related []analysis.RelatedInformation) {
	c.found(analysis.Diagnostic{Pos: u.Pos(), End: u.Pos() + token.Pos(len("<-")), Category: drain, Message: message, Related: related})
}

// outcome is what is known of the result of Stop at a receive.
type outcome uint8

const (
	unclear   outcome = iota
	unchecked         // nothing looks at it
	failed            // it is false
)

func stopOutcome(stop *ssa.Call, recv ssa.Instruction) outcome {
	used := false
	for _, ref := range *stop.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.If:
			used = true
			if ssax.OnlyBy(recv.Block(), ref, 1) {
				return failed
			}
		case *ssa.UnOp:
			used = true
			for _, r := range *ref.Referrers() {
				if branch, ok := r.(*ssa.If); ok && ref.Op == token.NOT && ssax.OnlyBy(recv.Block(), branch, 0) {
					return failed
				}
			}
		default:
			used = true
		}
	}
	if used {
		return unclear
	}
	return unchecked
}

// A place is where a timer is kept: the variable or field from which it was
// loaded, or the timer itself. Field paths are compared by their base.
type place struct {
	base  ssa.Value
	field *types.Var
}

// placeOf returns the place from which v comes, through captured variables.
func placeOf(v ssa.Value) place {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return place{base: v}
	}
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		inner := placeOf(addr.X)
		if inner.field != nil {
			return place{base: v} // too deep to compare
		}
		return place{inner.base, ssax.FieldOf(addr)}
	case *ssa.FreeVar:
		if cell, ok := ssax.Variable(addr); ok {
			return place{base: cell}
		}
	}
	return place{base: load.X}
}

// receivedBefore searches for a path from another receive to stop on which the
// timer is not started again. If stop is deferred, that is any receive of the
// function around it.
func (c *checker) receivedBefore(stop *ssa.Call, recv *ssa.UnOp, timer place) (token.Pos, bool) {
	fn := stop.Parent()
	if c.deferred(fn) {
		for _, op := range c.timerUsesOf(fn.Parent()).receives[timer] {
			if c.reachesEnd(op, timer) {
				return op.Pos(), true
			}
		}
		return token.NoPos, false
	}
	for _, op := range c.timerUsesOf(fn).receives[timer] {
		if op.Instr != ssa.Instruction(recv) && c.reachesStop(op, stop, timer) {
			return op.Pos(), true
		}
	}
	return token.NoPos, false
}

// deferred reports whether fn is a literal that is deferred, and nothing else.
func (c *checker) deferred(fn *ssa.Function) bool {
	calls := c.pkg.CallsOf(fn)
	if fn.Parent() == nil || len(calls) != 1 || c.pkg.Hidden(fn) || len(c.pkg.StartsOf(fn)) > 0 {
		return false
	}
	_, ok := calls[0].(*ssa.Defer)
	return ok
}

func (c *checker) reachesStop(op concurrency.Op, stop *ssa.Call, timer place) bool {
	return c.walkFrom(op, timer, func(instr ssa.Instruction) bool { return instr == ssa.Instruction(stop) })
}

func (c *checker) reachesEnd(op concurrency.Op, timer place) bool {
	return c.walkFrom(op, timer, func(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Return); return ok })
}

// walkFrom reports whether a path from the receive gets to an instruction that
// want accepts before the timer is started again.
func (c *checker) walkFrom(op concurrency.Op, timer place, want func(ssa.Instruction) bool) bool {
	reached := false
	var sel ssax.Select
	if s, ok := op.Instr.(*ssa.Select); ok {
		if sel, ok = ssax.SelectOf(s); !ok {
			return false
		}
	}
	// The count tells whether the case of the receive has been entered.
	start := 0
	if op.Bare() {
		start = 1
	}
	w := &concurrency.Walk{
		Step: func(instr ssa.Instruction, n int) (int, bool) {
			if n == 1 && want(instr) {
				reached = true
			}
			return n, reached || c.restarts(instr, timer) || op.Bare() && instr == op.Instr
		},
		Cross: func(e ssax.Edge, n int) (int, bool) {
			for i, other := range sel.Cases {
				if other == e {
					// Afterwards any case may be chosen but that of the timer.
					return 1, (i == op.State) != (n == 0)
				}
			}
			return n, false
		},
	}
	return c.pkg.Walk(op.Fn(), op.Instr, start, w) && reached
}

// collectsTimers reports whether the runtime collects timers and tickers that
// nobody refers to, as it does since Go 1.23.
func (c *checker) collectsTimers() bool {
	v := c.pass.Pkg.GoVersion()
	return v == "" || version.Compare(version.Lang(v), "go1.23") >= 0
}
