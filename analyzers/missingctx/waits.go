package missingctx

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkWaits reports what a function waits for without its context, although it watches
// that in other waits, or takes one and never looks at it.
func (c *checker) checkWaits(fn *ssa.Function, h *athand.Context) {
	if !c.report.Enabled(wait) {
		return
	}
	ignored := c.ignores(fn, h)
	if !ignored && !c.watches(fn) {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			what := c.waitOf(instr)
			if ignored {
				what = c.openWait(instr)
			}
			if what == "" || !c.atHand.Liveness(fn).At(instr) || inDefault(instr) || c.isEndless(c.pkg.Loops(fn).Around(b)) {
				continue
			}
			near := c.atHand.Nearest(h, instr)
			if near == nil {
				continue
			}
			c.reportWait(instr, what, near, ignored)
			if ignored {
				return
			}
		}
	}
}

// reportWait reports a wait of a function that watches its context elsewhere, or ignores it.
func (c *checker) reportWait(instr ssa.Instruction, what string, near *athand.Context, ignored bool) {
	why, confidence := "other waits of the function watch", catalog.Low
	if ignored {
		why, confidence = "the function takes and never looks at", catalog.High // as far as the category goes
	}
	d := analysis.Diagnostic{
		Category: wait,
		Message:  fmt.Sprintf("%s goes on after %s has ended, which %s; select on %s.Done(), too", what, near.Expr, why, near.Expr),
	}
	d.Pos, d.End = c.span(instr)
	found := diag.Finding{Diagnostic: d, Confidence: confidence}
	found.Doubt(near.Doubt())
	c.report.ReportFinding(found)
}

// ignores reports whether a function takes a context and never uses it, although it could say
// that it has been cut short. What runs as a goroutine has another end.
func (c *checker) ignores(fn *ssa.Function, h *athand.Context) bool {
	if h.Func != fn || h.Receiver || !ctxlib.CanFail(fn.Signature) || len(c.pkg.StartsOf(fn)) > 0 {
		return false
	}
	i := slices.IndexFunc(fn.Params, func(p *ssa.Parameter) bool { return p.Object() == h.Var })
	return i >= 0 && len(*fn.Params[i].Referrers()) == 0
}

// openWait returns what an instruction waits for that others do when they like, as the subject
// of a sentence, "" if it does not. Time comes by itself, and what the function has made a
// channel for mostly answers.
func (c *checker) openWait(instr ssa.Instruction) string {
	switch instr := instr.(type) {
	case *ssa.Select:
		if !instr.Blocking || slices.ContainsFunc(instr.States, func(st *ssa.SelectState) bool { return !c.isOpen(st.Chan) }) {
			return ""
		}
		if slices.ContainsFunc(instr.States, func(st *ssa.SelectState) bool { return !c.pkg.OfValue(st.Chan).Signal() }) {
			return "the select"
		}
	case *ssa.Send:
		if n, known := c.pkg.OfValue(instr.Chan).Capacity(); known && n == 0 && c.isOpen(instr.Chan) {
			return "the send"
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW && c.isOpen(instr.X) {
			return "the receive"
		}
	}
	return ""
}

// isOpen reports whether nobody says when the other side of a channel comes.
func (c *checker) isOpen(v ssa.Value) bool {
	ch := c.pkg.OfValue(v)
	return !ch.Done && !ch.Timer && !ch.Local && timerOf(ssax.Strip(v)) == nil
}

// watches reports whether a select statement of fn, beside what else it waits for,
// receives the end of a context.
func (c *checker) watches(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			sel, ok := instr.(*ssa.Select)
			if ok && sel.Blocking && len(sel.States) > 1 && slices.ContainsFunc(sel.States, isDone) {
				return true
			}
		}
	}
	return false
}

// isDone reports whether a case receives the end of a context.
func isDone(st *ssa.SelectState) bool {
	done, ok := ssax.Strip(st.Chan).(*ssa.Call)
	return ok && st.Dir == types.RecvOnly && done.Call.IsInvoke() && done.Call.Method.Name() == "Done" && ctxlib.IsContextual(done.Call.Value.Type())
}

// waitOf returns what an instruction waits for, as the subject of a sentence, "" if it
// does not, or only for a goroutine that the function has started and that ends.
func (c *checker) waitOf(instr ssa.Instruction) string {
	switch instr := instr.(type) {
	case *ssa.Call:
		fn := ssax.Callee(&instr.Call)
		if ctxlib.IsMethod(fn, "sync", "Cond", "Wait") {
			return "the wait for the condition"
		}
	case *ssa.Send:
		if c.mayBlock(instr.Chan, concurrency.Recv, instr) {
			return "the send"
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW && timerOf(ssax.Strip(instr.X)) == nil && c.mayBlock(instr.X, concurrency.Send, instr) {
			return "the receive"
		}
	}
	return ""
}

// mayBlock reports whether the other side of a channel is in view, is in another
// function, and is in a loop, so that it need not come again.
func (c *checker) mayBlock(v ssa.Value, other concurrency.OpKind, at ssa.Instruction) bool {
	ch := c.pkg.OfValue(v)
	if !ch.Visible() || ch.Done || ch.Signal() {
		return false
	}
	if n, ok := ch.Capacity(); !ok || n > 0 && c.pkg.Loops(at.Parent()).Around(at.Block()) == nil {
		return false // what it has room for does not wait
	}
	ops := ch.Of(other)
	return len(ops) > 0 && !slices.ContainsFunc(ops, func(op concurrency.Op) bool { return op.Fn() == at.Parent() || op.Bare() })
}
