package selectdefault

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
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// carriesError reports whether values of type t are errors, or structs with a
// field for one.
func carriesError(t types.Type) bool {
	if ctxlib.IsError(t) {
		return true
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if ctxlib.IsError(f.Type()) {
			return true
		}
	}
	return false
}

// checkErrorRecv reports a poll of a channel of errors whose senders may not have
// run yet, and whose default goes on as if there were none:
//
//	go func() { errc <- work() }()
//	select {
//	case err := <-errc:
//		return err
//	default:
//	}
//	return nil
//
// All senders must be goroutines that the same function started, nothing between
// may wait for them, and nobody may receive from the channel later.
func (c *checker) checkErrorRecv(s *statement) bool {
	if s.loop != nil || len(s.States) != 1 || s.States[0].Dir != types.RecvOnly {
		return false
	}
	ch := c.pkg.OfValue(s.States[0].Chan)
	if !ch.Visible() || !ch.Local || !carriesError(chanElem(s.States[0].Chan.Type())) || !c.carriesOn(s) {
		return false
	}
	sends := ch.Of(concurrency.Send)
	if len(sends) == 0 {
		return false
	}
	var started []ssa.Instruction
	for _, op := range sends {
		from := c.startOf(s.fn, op.Fn(), make(map[*ssa.Function]bool))
		if from == nil {
			return false
		}
		started = append(started, from)
	}
	for _, from := range started {
		if !ssax.Reaches(from, s.Select.Select) || c.waitsBetween(from, s) {
			return false
		}
	}
	for _, op := range ch.Of(concurrency.Recv) {
		if op.Instr != ssa.Instruction(s.Select.Select) && (op.Fn() != s.fn || ssax.Reaches(s.Select.Select, op.Instr)) {
			return false
		}
	}
	c.report.Report(analysis.Diagnostic{
		Pos:      s.node.Pos(),
		End:      s.node.Select + token.Pos(len("select")),
		Category: errorRecv,
		Message:  "the error is lost when the goroutine has not sent it yet, because the default goes on without it; wait for the senders first, or receive without a default",
		Related: []analysis.RelatedInformation{
			{Pos: sends[0].Pos(), Message: "the error is sent here"},
			{Pos: started[0].Pos(), Message: "by the goroutine that is started here; nothing waits for it"},
		},
	})
	return true
}

func chanElem(t types.Type) types.Type {
	if ch, ok := t.Underlying().(*types.Chan); ok {
		return ch.Elem()
	}
	return t
}

// startOf returns the go statement in from that is the only way to fn, nil if there
// is none or another way. Functions in seen are on the way already.
func (c *checker) startOf(from, fn *ssa.Function, seen map[*ssa.Function]bool) ssa.Instruction {
	if fn == from || seen[fn] || c.pkg.Hidden(fn) {
		return nil
	}
	seen[fn] = true
	starts, calls := c.pkg.StartsOf(fn), c.pkg.CallsOf(fn)
	switch {
	case len(starts) == 1 && len(calls) == 0 && starts[0].Site.Parent() == from:
		return starts[0].Site
	case len(starts) == 0 && len(calls) == 1:
		return c.startOf(from, calls[0].Parent(), seen)
	}
	return nil
}

// waitsBetween reports whether on some path from the start of a sender to the
// statement something may wait for it.
func (c *checker) waitsBetween(from ssa.Instruction, s *statement) bool {
	for _, b := range s.fn.Blocks {
		for _, instr := range b.Instrs {
			if instr != from && instr != ssa.Instruction(s.Select.Select) && c.pkg.Awaits(instr) &&
				ssax.Reaches(from, instr) && ssax.Reaches(instr, s.Select.Select) {
				return true
			}
		}
	}
	return false
}

// carriesOn reports whether the default clause does nothing about the error it
// did not find: it is empty, or returns without one.
func (c *checker) carriesOn(s *statement) bool {
	clause := s.defaultClause()
	if clause == nil {
		return false
	}
	switch len(clause.Body) {
	case 0:
		return true
	case 1:
		ret, ok := clause.Body[0].(*ast.ReturnStmt)
		return ok && c.returnsNoError(ret)
	}
	return false
}

// returnsNoError reports whether the statement returns nil for an error, or has
// no results.
func (c *checker) returnsNoError(ret *ast.ReturnStmt) bool {
	if len(ret.Results) == 0 {
		return true
	}
	last := ret.Results[len(ret.Results)-1]
	return c.pass.TypesInfo.Types[last].IsNil()
}

// checkErrorSend reports a send of an error that is dropped when the receiver is
// not waiting at that moment: into a channel without a buffer, or into one with
// less room than there are errors although all are collected.
func (c *checker) checkErrorSend(s *statement) bool {
	if len(s.States) != 1 || s.States[0].Dir != types.SendOnly || s.loop != nil && c.retries(s) {
		return false
	}
	ch := c.pkg.OfValue(s.States[0].Chan)
	if !ch.Visible() || !carriesError(chanElem(s.States[0].Chan.Type())) || !c.carriesOn(s) || len(ch.Of(concurrency.Recv)) == 0 {
		return false
	}
	capacity, ok := ch.Capacity()
	if !ok {
		return false
	}
	message := "the error is dropped unless the receiver is waiting at this very moment, because the channel has no buffer; give it one, or send without a default"
	if capacity > 0 {
		if !c.allHeard(ch) || !c.sendsExceed(ch, capacity) {
			return false
		}
		message = fmt.Sprintf("errors are dropped when more than %d come before the receiver gets to them, although it collects them all; make room for all, or send without a default", capacity)
	}
	pos := s.States[0].Pos
	f := diag.Finding{Diagnostic: analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len("<-")),
		Category: errorSend,
		Message:  message,
		Related: []analysis.RelatedInformation{
			{Pos: ch.Makes[0].Pos(), Message: "the channel is made here"},
			{Pos: ch.Of(concurrency.Recv)[0].Pos(), Message: "the receiver"},
		},
	}}
	if capacity == 0 && c.attentive(ch) {
		f.Confidence = catalog.Medium
	}
	c.report.ReportFinding(f)
	return true
}

// attentive reports whether every receiver comes back for the next error at once, so
// that one is dropped only while another is handled.
func (c *checker) attentive(ch *concurrency.Channel) bool {
	return !slices.ContainsFunc(ch.Of(concurrency.Recv), func(op concurrency.Op) bool {
		return c.pkg.Loops(op.Fn()).Around(op.Instr.Block()) == nil
	})
}

// retries reports whether the default leads back to the statement with the same
// error, so that the send is tried again.
func (c *checker) retries(s *statement) bool {
	if !s.whole {
		return true
	}
	to := s.Default.To()
	return s.loop.Blocks[to] && ssax.Reaches(to.Instrs[0], s.Select.Select) && !c.computedIn(s.States[0].Send, s.loop)
}

// computedIn reports whether each iteration of the loop computes v anew.
func (c *checker) computedIn(v ssa.Value, loop *ssax.Loop) bool {
	if call, ok := v.(*ssa.Call); ok {
		return loop.Contains(call)
	}
	return c.renewed(v, loop)
}

// allHeard reports whether the channel's errors are collected in a loop that goes
// on until all have come.
func (c *checker) allHeard(ch *concurrency.Channel) bool {
	for _, op := range ch.Of(concurrency.Recv) {
		if op.Bare() && op.Instr.Block().Comment == "rangechan.loop" && len(c.pkg.Loops(op.Fn()).Around(op.Instr.Block()).Exits()) == 1 {
			return true
		}
	}
	return false
}

// sendsExceed reports whether more sends than the capacity may come: a sender is
// started in a loop, or there are more of them.
func (c *checker) sendsExceed(ch *concurrency.Channel, capacity int64) bool {
	n := int64(0)
	for _, op := range ch.Of(concurrency.Send) {
		n++
		for _, start := range c.pkg.StartsOf(op.Fn()) {
			if loop := c.pkg.Loops(start.Site.Parent()).Around(start.Site.Block()); loop != nil && !loop.Contains(ch.Makes[0]) {
				return true
			}
		}
		if loop := c.pkg.Loops(op.Fn()).Around(op.Instr.Block()); loop != nil {
			return true
		}
	}
	return n > capacity
}
