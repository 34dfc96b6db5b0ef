package selectdefault

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkOperands reports a select that listens to a context although what it sends, or
// the channel of a case, is waited for before the select begins:
//
//	select {
//	case <-ctx.Done():
//		return ctx.Err()
//	case out <- <-in:
//	}
func (c *checker) checkOperands(s *statement) bool {
	done := c.endCase(s)
	if done < 0 {
		return false
	}
	for i, st := range s.States {
		if i == done {
			continue
		}
		for _, v := range []ssa.Value{st.Send, st.Chan} {
			pos, what, long := c.waitOfOperand(s, v)
			if !pos.IsValid() {
				continue
			}
			listens, end, certain := c.endOf(s, done)
			f := diag.Finding{Diagnostic: analysis.Diagnostic{
				Pos:      pos,
				Category: uncancellable,
				Message:  fmt.Sprintf("%s is not interrupted when %s, because operands are evaluated before the select waits; make it a case of its own", what, end),
				Related:  []analysis.RelatedInformation{{Pos: s.States[done].Pos, Message: listens + " is listened to here"}},
			}}
			if !long || !certain {
				f.Confidence = catalog.Medium
			}
			c.report.ReportFinding(f)
			return true
		}
	}
	return false
}

// waitOfOperand returns the wait that computes an operand of the statement. pos is
// invalid if there is none.
func (c *checker) waitOfOperand(s *statement, v ssa.Value) (pos token.Pos, what string, long bool) {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op != token.ARROW || !s.holds(v.Pos()) || concurrency.IsTick(v.X) {
			break
		}
		if ch := c.pkg.OfValue(v.X); ch.Visible() {
			if n, ok := ch.Capacity(); !ok || n > 0 || !c.mayStarve(v) {
				break // its senders listen, or have sent already
			}
			return v.Pos(), "this receive", c.slowSenders(v)
		}
		return v.Pos(), "this receive", false
	case *ssa.Call:
		if s.holds(v.Pos()) && c.waitsDeaf(&v.Call) {
			return v.Pos(), "the wait in this call", false
		}
	}
	return token.NoPos, "", false
}

// holds reports whether a position is in the statement.
func (s *statement) holds(pos token.Pos) bool { return s.node.Pos() <= pos && pos < s.node.End() }

// waitsDeaf reports whether a call runs a function of the package that waits for other
// goroutines or sleeps for long, and listens to nothing.
func (c *checker) waitsDeaf(call *ssa.CallCommon) bool {
	fn := c.pkg.Callee(call)
	if fn == nil || c.pkg.Runs(fn, c.pkg.Observes) {
		return false
	}
	return c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			return instr.Op == token.ARROW && !concurrency.IsTick(instr.X) && !c.pkg.OfValue(instr.X).Closed()
		case *ssa.Call:
			return ctxlib.IsFunc(ssax.Callee(&instr.Call), "time", "Sleep") && longValue(instr.Call.Args[0])
		}
		return false
	})
}

// longValue reports whether v is a constant duration that is worth interrupting.
func longValue(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil {
		return false
	}
	b, ok := k.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && k.Int64() >= int64(longSleep)
}
