package selectdefault

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkDoneIgnored reports a case for the end of a context, or for a channel that
// is closed, after which the loop goes on.
//
// Where the loop forever holds a goroutine that its context or its owner should
// end, the defect is goroutineleak's (unstoppable), whether that is enabled or not.
func (c *checker) checkDoneIgnored(s *statement) bool {
	if s.loop == nil {
		return false
	}
	for i := range s.States {
		why := c.staysIn(s, i)
		st := s.States[i]
		if why == nil {
			c.report.Silent(doneIgnored, st.Pos, c.staysRightly(s, i))
			continue
		}
		if c.pkg.KeepsGoroutine(s.loop) { // asked last: it looks at all goroutines of the package
			c.report.Silent(doneIgnored, st.Pos, othersSay)
			return false
		}
		d := analysis.Diagnostic{
			Pos:      st.Pos,
			End:      st.Pos + token.Pos(len("<-")),
			Category: doneIgnored,
			Message:  why.message,
			Related:  []analysis.RelatedInformation{why.related},
		}
		if fix := c.returnFix(s, i); fix != nil && why.ends {
			d.SuggestedFixes = []analysis.SuggestedFix{*fix}
		}
		c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: why.confidence})
		return true
	}
	return false
}

// A stay is why a case that should leave the loop is wrong to stay in it.
type stay struct {
	message    string
	related    analysis.RelatedInformation
	ends       bool // the case is for the end of everything, so that a return is right
	confidence catalog.Confidence
}

// leaving says how to leave a loop that a closed channel is to end, which may have to
// drain something before.
func leaving(ch ssa.Value) string {
	if _, ok := ssax.Strip(ch).(*ssa.Call); ok {
		return "return from it"
	}
	return "return from it, or set the channel to nil to go on"
}

// staysIn returns why the case is wrong to stay in the loop, nil if it is not known to
// be.
func (c *checker) staysIn(s *statement, state int) *stay {
	st := s.States[state]
	again := analysis.RelatedInformation{Pos: s.node.Pos(), Message: "the select is entered again without a pause"}
	renewed := c.renewed(st.Chan, s.loop)
	switch {
	case c.pkg.HearsEnd(st) && !renewed:
		if c.idle(s, state, false) {
			return &stay{"the loop goes on after this case and chooses it again and again, because a closed channel stays ready; " + leaving(st.Chan), again, true, catalog.High}
		}
		if _, _, certain := c.endOf(s, state); certain && stays(s, state) && c.pkg.IsEndless(s.loop) {
			return &stay{"the loop hears of the end here and goes on, because nothing leaves it; return from this case", analysis.RelatedInformation{Pos: s.node.Pos(), Message: "the loop around this select has no way out"}, true, catalog.High}
		}
	case c.pkg.HearsEnd(st):
		parent := derivedAnew(st.Chan, s.loop)
		if parent == nil {
			return nil
		}
		known, can := c.pkg.CanEnd(parent)
		if !can || c.renewed(parent, s.loop) || !c.idle(s, state, false) && !(stays(s, state) && c.pkg.IsEndless(s.loop)) {
			return nil
		}
		confidence := catalog.Medium
		if known {
			confidence = catalog.High
		}
		return &stay{"the loop goes on when the outer context is done, and spins, because the one that it derives is then done at once; check the outer one", again, false, confidence}
	case !renewed && c.closedAfterValues(s, state) && c.idle(s, state, true):
		return &stay{"the loop chooses this case again and again after its channel has been closed, because that stays ready; set the channel to nil, or return", again, false, catalog.High}
	}
	return nil
}

// stays reports whether the case does not leave the loop at once.
func stays(s *statement, state int) bool {
	b, _ := s.CaseStart(state)
	return s.loop.Blocks[b]
}

// derivedAnew returns the context from which each iteration derives the one whose
// Done channel ch is, nil if it does not.
func derivedAnew(ch ssa.Value, loop *ssax.Loop) ssa.Value {
	done, ok := ch.(*ssa.Call)
	if !ok {
		return nil
	}
	ctx, _ := ssax.Receiver(&done.Call)
	var parent ssa.Value
	for {
		if x, ok := ctx.(*ssa.Extract); ok {
			ctx = x.Tuple
		}
		call, ok := ctx.(*ssa.Call)
		if !ok || !loop.Contains(call) {
			return parent
		}
		i := ctxlib.DerivesFrom(ssax.Callee(&call.Call))
		if i < 0 {
			return nil
		}
		parent = call.Call.Args[i]
		ctx = parent
	}
}

// idle reports whether a case leads back to the statement, without any way out
// and without doing anything that takes time or changes what the loop does. If closed
// is set, the case has been chosen because its channel is closed, so that what it
// received is the zero value.
func (c *checker) idle(s *statement, state int, closed bool) bool {
	poll := s.Select.Select.Block()
	start, before := s.CaseStart(state)
	if !s.loop.Blocks[start] {
		return false
	}
	next := func(b *ssa.BasicBlock) []*ssa.BasicBlock {
		if closed {
			return s.nextIfClosed(b, state)
		}
		return b.Succs
	}
	work := ssax.NewWork(start)
	if before > 0 {
		if !c.idleInstrs(s, start.Instrs[before:]) {
			return false
		}
		work = ssax.NewWork(next(start)...)
	}
	for b := range work.All() {
		if !s.loop.Blocks[b] || !c.idleInstrs(s, b.Instrs) {
			return false // a way out, or something else happens
		}
		if b != poll {
			work.Add(next(b)...)
		}
	}
	return work.Seen(poll) && !changesState(s, state, work.Seen)
}

// idleInstrs reports whether the instructions before the statement, if it is among
// them, neither take time nor do anything but log.
func (c *checker) idleInstrs(s *statement, instrs []ssa.Instruction) bool {
	for _, instr := range instrs {
		if instr == ssa.Instruction(s.Select.Select) {
			return true
		}
		if !c.quick(instr) && !isLog(instr) {
			return false
		}
	}
	return true
}

// changesState reports whether the iteration that begins with the case, made up of
// the given blocks, sets a variable of the loop, on which another iteration may
// act.
func changesState(s *statement, state int, iteration func(*ssa.BasicBlock) bool) bool {
	start, before := s.CaseStart(state)
	entry := s.Cases[state].From
	if before > 0 {
		entry = start
	}
	from := func(b *ssa.BasicBlock) bool { return iteration(b) || b == entry }
	for b := range s.loop.Blocks {
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			for i, pred := range b.Preds {
				if !from(pred) {
					continue
				}
				if _, constant := phi.Edges[i].(*ssa.Const); constant {
					return true
				}
				if def, ok := phi.Edges[i].(ssa.Instruction); ok && iteration(def.Block()) && def.Block() != s.Select.Select.Block() {
					return true
				}
			}
		}
	}
	return false
}
