package selectdefault

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// A wait is a statement of a default clause that blocks.
type wait struct {
	stmt ast.Stmt
	pos  token.Pos
	what string // "this send"
	long bool   // it is seen that it may last
}

// checkUncancellable reports a poll of a context, or of a channel that says by being
// closed that something is over, whose default goes on to wait for something that could
// have been a case of the same statement:
//
//	select {
//	case <-ctx.Done():
//		return ctx.Err()
//	default:
//		ch <- v
//	}
//
// The context is only checked before the wait, not during it.
func (c *checker) checkUncancellable(s *statement) bool {
	done := c.endCase(s)
	clause := s.defaultClause()
	if done < 0 || clause == nil {
		return false
	}
	for i, stmt := range clause.Body {
		if c.lets(clause.Body[:i]) {
			c.report.Silent(uncancellable, stmt.Pos(), letsGo)
			return false
		}
		w := c.waitIn(s, stmt)
		if w == nil {
			c.silentWait(stmt)
			continue
		}
		what, end, certain := c.endOf(s, done)
		d := analysis.Diagnostic{
			Pos:      w.pos,
			Category: uncancellable,
			Message:  fmt.Sprintf("%s is not interrupted when %s, which is only checked before it; make both cases of one select", w.what, end),
			Related:  []analysis.RelatedInformation{{Pos: s.States[done].Pos, Message: what + " is checked here"}},
		}
		if !w.long || !certain && !c.endsReceiver(s, stmt, done) {
			c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: catalog.Medium})
			return true
		}
		if fix := c.joinFix(s, clause, w); fix != nil {
			d.SuggestedFixes = []analysis.SuggestedFix{*fix}
		}
		c.report.Report(d)
		return true
	}
	return false
}

// endsReceiver reports whether a statement sends to a receiver that listens to the same
// channel as a case: then, whatever its name says, that ends the one who would receive.
func (c *checker) endsReceiver(s *statement, stmt ast.Stmt, state int) bool {
	send, ok := stmt.(*ast.SendStmt)
	if !ok {
		return false
	}
	op, ok := c.opAt(s.fn, send.Arrow).(*ssa.Send)
	if !ok {
		return false
	}
	end := c.pkg.OfValue(s.States[state].Chan)
	return slices.ContainsFunc(c.pkg.OfValue(op.Chan).Of(concurrency.Recv), func(recv concurrency.Op) bool {
		return slices.Contains(c.pkg.Received(recv.Instr), end)
	})
}

// endCase returns the last case that hears that something is over, and does not just
// go on; -1 if there is none.
func (c *checker) endCase(s *statement) int {
	for i, st := range slices.Backward(s.States) {
		if c.pkg.HearsEnd(st) && !(s.loop != nil && c.idle(s, i, false)) {
			return i
		}
	}
	return -1
}

// endOf returns what the case listens to, and what it hears; and whether that is
// certainly an end: a channel that is closed may say that something can begin, which its
// name tells.
func (c *checker) endOf(s *statement, state int) (what, end string, certain bool) {
	if c.pkg.OfValue(s.States[state].Chan).Done {
		return "the context", "the context is done", true
	}
	name := s.channelName(state)
	if name == "" {
		return "the channel", "the channel is closed", false
	}
	return name, name + " is closed", words.Over.In(name)
}

// channelName returns the last name in the expression of the channel from which a case
// receives, "" if there is none.
func (s *statement) channelName(state int) string {
	name := ""
	if clause := s.clause(state); clause != nil {
		ast.Inspect(clause.Comm, func(n ast.Node) bool {
			recv, ok := n.(*ast.UnaryExpr)
			if !ok || recv.Op != token.ARROW {
				return true
			}
			switch x := ast.Unparen(recv.X).(type) {
			case *ast.Ident:
				name = x.Name
			case *ast.SelectorExpr:
				name = x.Sel.Name
			case *ast.CallExpr:
				if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok {
					name = sel.Sel.Name
				}
			}
			return false
		})
	}
	return name
}

// lets reports whether statements before a wait let go what is waited for: they close a
// channel, call a cancel function, or close something else.
func (c *checker) lets(before []ast.Stmt) bool {
	if len(before) == 0 {
		return false
	}
	call := func(n ast.Node) bool {
		expr, ok := n.(*ast.ExprStmt)
		if !ok {
			return false
		}
		e, ok := ast.Unparen(expr.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		switch callee := typeutil.Callee(c.pass.TypesInfo, e).(type) {
		case *types.Builtin:
			return callee.Name() == "close"
		case *types.Func:
			return words.Closes.Leads(callee.Name())
		}
		return ctxlib.IsCancelFunc(c.pass.TypesInfo.TypeOf(e.Fun))
	}
	return call(before[len(before)-1])
}

// waitIn returns the wait that stmt is, nil if it is none, or one that ends by
// itself soon enough.
func (c *checker) waitIn(s *statement, stmt ast.Stmt) *wait {
	switch stmt := stmt.(type) {
	case *ast.SendStmt:
		if op := c.opAt(s.fn, stmt.Arrow); op != nil && c.maySuffer(op) {
			return &wait{stmt, stmt.Arrow, "this send", c.pkg.OfValue(op.(*ssa.Send).Chan).Visible()}
		}
	case *ast.ExprStmt:
		return c.waitOf(s, stmt, stmt.X)
	case *ast.AssignStmt:
		if len(stmt.Rhs) == 1 {
			return c.waitOf(s, stmt, stmt.Rhs[0])
		}
	case *ast.RangeStmt:
		if t := c.pass.TypesInfo.TypeOf(stmt.X); t != nil {
			if _, ok := t.Underlying().(*types.Chan); ok {
				if op := c.rangeAt(s.fn, stmt); op != nil && c.mayStarve(op) {
					return &wait{stmt, stmt.For, "this range", c.slowSenders(op)}
				}
			}
		}
	}
	return nil
}

func (c *checker) waitOf(s *statement, stmt ast.Stmt, e ast.Expr) *wait {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.ARROW {
			if op := c.opAt(s.fn, e.OpPos); op != nil && c.mayStarve(op) {
				return &wait{stmt, e.OpPos, "this receive", c.slowSenders(op)}
			}
		}
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(c.pass.TypesInfo, e).(*types.Func)
		switch {
		case ctxlib.IsFunc(fn, "time", "Sleep"):
			if len(e.Args) == 1 && c.isLong(e.Args[0]) {
				return &wait{stmt, e.Pos(), "this sleep", true}
			}
		case ctxlib.IsMethod(fn, "sync", "WaitGroup", "Wait"):
			if deaf, slow := c.deafGoroutines(s.fn); deaf {
				return &wait{stmt, e.Pos(), "this wait", slow}
			}
		}
	}
	return nil
}

// longSleep is the shortest sleep that is worth interrupting: whoever polls more
// often has decided how late to notice.
const longSleep = 5 * time.Second

// isLong reports whether e is a constant duration that is worth interrupting.
func (c *checker) isLong(e ast.Expr) bool {
	tv := c.pass.TypesInfo.Types[e]
	if tv.Value == nil {
		return false
	}
	n, ok := constant.Int64Val(constant.ToInt(tv.Value))
	return ok && time.Duration(n) >= longSleep
}

// opAt returns the send or receive of fn whose arrow is at pos.
func (c *checker) opAt(fn *ssa.Function, pos token.Pos) ssa.Instruction {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Send:
				if instr.Pos() == pos {
					return instr
				}
			case *ssa.UnOp:
				if instr.Op == token.ARROW && instr.Pos() == pos {
					return instr
				}
			}
		}
	}
	return nil
}

// rangeAt returns the receive of a range statement over a channel.
func (c *checker) rangeAt(fn *ssa.Function, stmt *ast.RangeStmt) ssa.Instruction {
	for _, b := range fn.Blocks {
		if b.Comment != "rangechan.loop" {
			continue
		}
		for _, instr := range b.Instrs {
			if u, ok := instr.(*ssa.UnOp); ok && u.Op == token.ARROW && u.X.Pos() >= stmt.X.Pos() && u.X.Pos() < stmt.X.End() {
				return u
			}
		}
	}
	return nil
}

// maySuffer reports whether a send may wait for a receiver that has gone. One that
// is seen to receive whatever comes does not leave; a value without content is a
// wake-up call or a slot of a semaphore.
func (c *checker) maySuffer(instr ssa.Instruction) bool {
	send, ok := instr.(*ssa.Send)
	if !ok {
		return false
	}
	if st, ok := chanElem(send.Chan.Type()).Underlying().(*types.Struct); ok && st.NumFields() == 0 {
		return false
	}
	ch := c.pkg.OfValue(send.Chan)
	if !ch.Visible() {
		return true
	}
	if n, ok := ch.Capacity(); !ok || n > 0 {
		return false // it may have room for what is sent
	}
	for _, op := range ch.Of(concurrency.Recv) {
		if !op.Bare() {
			return true
		}
		loop := c.pkg.Loops(op.Fn()).Around(op.Instr.Block())
		if loop == nil || len(loop.Exits()) > 1 {
			return true
		}
	}
	return len(ch.Of(concurrency.Recv)) == 0
}

// mayStarve reports whether a receive waits for senders that are all seen and do
// not listen to any context themselves.
func (c *checker) mayStarve(instr ssa.Instruction) bool {
	recv, ok := instr.(*ssa.UnOp)
	if !ok {
		return false
	}
	ch := c.pkg.OfValue(recv.X)
	if !ch.Visible() {
		return false
	}
	for _, op := range ch.Ops {
		if op.Kind != concurrency.Recv && c.pkg.Runs(op.Fn(), c.pkg.Observes) {
			return false
		}
	}
	return true
}

// slowSenders reports whether what a receive waits for is sent by a function that
// itself waits for something else, or never ends.
func (c *checker) slowSenders(instr ssa.Instruction) bool {
	ch := c.pkg.OfValue(instr.(*ssa.UnOp).X)
	return slices.ContainsFunc(ch.Ops, func(op concurrency.Op) bool {
		return op.Kind != concurrency.Recv && c.slow(op.Fn(), ch)
	})
}

// slow reports whether fn waits for something else than room in ch.
func (c *checker) slow(fn *ssa.Function, ch *concurrency.Channel) bool {
	return c.pkg.NeverEnds(fn) != nil || c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
		if send, ok := instr.(*ssa.Send); ok && c.pkg.OfValue(send.Chan) == ch {
			return false
		}
		return c.pkg.Awaits(instr)
	})
}

// deafGoroutines reports whether fn starts goroutines, all of which are seen and
// none of which listens to a context, and whether one of them waits for something.
func (c *checker) deafGoroutines(fn *ssa.Function) (deaf, slow bool) {
	for _, s := range c.pkg.Spawns() {
		if s.Site.Parent() != fn {
			continue
		}
		if s.Fn == nil || c.pkg.Runs(s.Fn, c.pkg.Observes) {
			return false, false
		}
		deaf = true
		slow = slow || c.slow(s.Fn, nil)
	}
	return deaf, slow
}
