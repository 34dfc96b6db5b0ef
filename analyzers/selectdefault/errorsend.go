package selectdefault

import (
	"fmt"
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

// checkErrorSend reports a send of an error that is dropped when the receiver is
// not waiting at that moment: into a channel without a buffer, or into one with
// less room than there are errors although all are collected.
func (c *checker) checkErrorSend(s *statement) bool {
	if len(s.States) != 1 || s.States[0].Dir != types.SendOnly || !carriesError(chanElem(s.States[0].Chan.Type())) {
		return false
	}
	ch := c.pkg.OfValue(s.States[0].Chan)
	capacity, known := ch.Capacity()
	switch {
	case s.loop != nil && c.retries(s):
		return c.silentSend(s, triedAgain)
	case !ch.Visible() || len(ch.Of(concurrency.Recv)) == 0:
		return c.silentSend(s, unseenRecv)
	case !c.carriesOn(s):
		return c.silentSend(s, staysPut)
	case !known:
		return c.silentSend(s, unknownRoom)
	}
	message := "the error is dropped unless the receiver is waiting at this very moment, because the channel has no buffer; give it one, or send without a default"
	if capacity > 0 {
		switch {
		case !c.allHeard(ch):
			return c.silentSend(s, oneIsEnough)
		case !c.sendsExceed(ch, capacity):
			return c.silentSend(s, hasRoom)
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
	if capacity == 0 && (c.attentive(ch) || c.waitsFirst(s, ch)) {
		f.Confidence = catalog.Medium
	}
	c.report.ReportFinding(f)
	return true
}

// checkResultSend reports a send of a result or an event that is dropped when the one
// who waits for it has not come to wait yet, because the channel has no buffer:
//
//	go func() {
//		select {
//		case ch <- compute():
//		default:
//		}
//	}()
//	return <-ch
//
// Who waits once, in no loop, does not get another. A value without content is a
// wake-up call, which may be for nobody.
func (c *checker) checkResultSend(s *statement) bool {
	if len(s.States) != 1 || s.States[0].Dir != types.SendOnly {
		return false
	}
	ch := c.pkg.OfValue(s.States[0].Chan)
	why := c.unsentResult(s, ch)
	switch {
	case s.loop != nil:
		why = sentAgain
	case why == "" && !c.carriesOn(s):
		why = staysPut
	}
	if why != "" {
		return !carriesError(chanElem(s.States[0].Chan.Type())) && c.silentSend(s, why)
	}
	if slices.ContainsFunc(ch.Of(concurrency.Send), func(op concurrency.Op) bool {
		sel, ok := op.Instr.(*ssa.Select)
		return !ok || sel.Blocking
	}) {
		return c.silentSend(s, anotherWaits)
	}
	waiter, forever := c.waiter(ch)
	if waiter == nil {
		return c.silentSend(s, comesBack)
	}
	pos := s.States[0].Pos
	f := diag.Finding{Diagnostic: analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len("<-")),
		Category: errorSend,
		Message:  "the value is dropped unless its receiver is waiting already, because the channel has no buffer; give it room for one, or send without a default",
		Related: []analysis.RelatedInformation{
			{Pos: ch.Makes[0].Pos(), Message: "the channel is made here"},
			{Pos: waiter.Pos(), Message: "the receiver, which waits for it"},
		},
	}}
	start := c.startOf(s.fn, make(map[*ssa.Function]bool))
	if !forever || !ch.Local || start == nil || start.Parent() != waiter.Parent() {
		f.Confidence = catalog.Medium
	}
	c.report.ReportFinding(f)
	return true
}

// hasNoContent reports whether values of the channel are empty structs.
func hasNoContent(ch *concurrency.Channel) bool {
	st, ok := chanElem(ch.Makes[0].Type()).Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// waiter returns a receive that waits for one value, nil if any receive is repeated, or
// does not wait; and whether all of them wait for nothing else.
func (c *checker) waiter(ch *concurrency.Channel) (first ssa.Instruction, forever bool) {
	forever = true
	for _, op := range ch.Of(concurrency.Recv) {
		sel, ok := op.Instr.(*ssa.Select)
		if c.pkg.Loops(op.Fn()).Around(op.Instr.Block()) != nil || ok && !sel.Blocking {
			return nil, false
		}
		forever = forever && !ok
		if first == nil {
			first = op.Instr
		}
	}
	return first, forever
}

// attentive reports whether every receiver comes back for the next error at once, so
// that one is dropped only while another is handled.
func (c *checker) attentive(ch *concurrency.Channel) bool {
	return !slices.ContainsFunc(ch.Of(concurrency.Recv), func(op concurrency.Op) bool {
		return c.pkg.Loops(op.Fn()).Around(op.Instr.Block()) == nil
	})
}

// waitsFirst reports whether whoever receives has started the sender, and waits before that
// can have done its work: it does nothing in between, and the sender something first. It may
// leave at an end or a timer, for which the default is there.
func (c *checker) waitsFirst(s *statement, ch *concurrency.Channel) bool {
	start, ok := c.startOf(s.fn, make(map[*ssa.Function]bool)).(*ssa.Go)
	if !ok || !c.worksBefore(s) {
		return false
	}
	return !slices.ContainsFunc(ch.Of(concurrency.Recv), func(op concurrency.Op) bool {
		sel, ok := op.Instr.(*ssa.Select)
		if !ok || !sel.Blocking || !ssax.Dominates(start, sel) || !c.mayLeave(sel) {
			return true
		}
		between := ssax.Search{Goal: func(instr ssa.Instruction) bool { return instr != op.Instr && c.delays(instr) }, Barrier: func(instr ssa.Instruction) bool { return instr == op.Instr }}
		return between.After(start)
	})
}

// worksBefore reports whether something takes time on every way to the statement in its
// function.
func (c *checker) worksBefore(s *statement) bool {
	return ssax.Any(s.fn, func(instr ssa.Instruction) bool { return c.delays(instr) && ssax.Dominates(instr, s.Select.Select) })
}

// mayLeave reports whether a select has a case for a timer, or for the end of something.
func (c *checker) mayLeave(sel *ssa.Select) bool {
	return slices.ContainsFunc(sel.States, func(st *ssa.SelectState) bool {
		ch := c.pkg.OfValue(st.Chan)
		return ch.Timer || ch.Done || ch.Signal()
	})
}

// delays reports whether an instruction may take time: it waits, or calls what is not known
// to return at once.
func (c *checker) delays(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		if fn := ssax.Callee(&instr.Call); ctxlib.IsFunc(fn, "time", "After") || ctxlib.IsFunc(fn, "time", "NewTimer") {
			return false
		}
		return !c.quick(instr)
	case *ssa.Send:
		return true
	case *ssa.Select, *ssa.UnOp:
		return !c.quick(instr)
	}
	return false
}

// retries reports whether the default leads back to the statement with the same
// error, so that the send is tried again.
func (c *checker) retries(s *statement) bool {
	if !s.whole {
		return true
	}
	to, before := s.DefaultStart()
	return s.loop.Blocks[to] && ssax.Reaches(to.Instrs[before], s.Select.Select) && !c.computedIn(s.States[0].Send, s.loop)
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
