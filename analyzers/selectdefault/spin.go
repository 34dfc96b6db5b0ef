package selectdefault

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkSpin reports a poll in a loop that does nothing between two polls, so that
// it burns a CPU until the channel is ready:
//
//	for {
//		select {
//		case <-done:
//			return
//		default:
//		}
//	}
//
// Everything that can come between must be known to be quick. An exit of the loop on
// that path may only depend on what others change, such as whether a context is done:
// that is one more poll.
func (c *checker) checkSpin(s *statement) bool {
	if s.loop == nil {
		return false
	}
	iteration := iterationOf(s)
	if iteration == nil {
		c.report.Silent(spin, s.node.Pos(), leavesByElse)
		return false
	}
	if exchanges(iteration) {
		c.report.Silent(spin, s.node.Pos(), progresses)
		return false
	}
	polled := false // the loop has a condition that is a poll, too
	for _, b := range iteration {
		for _, instr := range b.Instrs {
			if !c.quick(instr) {
				c.report.Silent(spin, s.node.Pos(), takesTime)
				return false
			}
		}
		branch := ssax.BranchOf(b)
		if branch == nil || b == s.Default.From || ssax.IsDispatch(branch) || !leavesIteration(b, iteration) {
			continue
		}
		if !c.askedOfOthers(branch.Cond) {
			c.report.Silent(spin, s.node.Pos(), progresses)
			return false // it makes progress, or tests something else
		}
		polled = true
	}
	d := analysis.Diagnostic{
		Pos:      s.node.Pos(),
		End:      s.node.Select + token.Pos(len("select")),
		Category: spin,
		Message:  "the loop polls without a pause and burns a CPU until a channel is ready; drop the default, or wait in it",
		Related:  []analysis.RelatedInformation{{Pos: s.defaultClause().Pos(), Message: "this leads straight back to the poll"}},
	}
	if polled {
		d.Message = "the loop polls without a pause and burns a CPU until somebody ends it; wait in the default, or receive from a channel that says when"
	} else if fix := c.dropDefault(s); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.Report(d)
	return true
}

// iterationOf returns the blocks between the default and the next poll, including
// that of the poll; nil if the default does not lead back.
func iterationOf(s *statement) []*ssa.BasicBlock {
	poll := s.Select.Select.Block()
	start, before := s.DefaultStart()
	if !s.loop.Blocks[start] {
		return nil
	}
	back := make(map[*ssa.BasicBlock]bool) // from which control gets to the poll
	work := []*ssa.BasicBlock{poll}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range b.Preds {
			if s.loop.Blocks[p] && !back[p] && p != poll {
				back[p] = true
				work = append(work, p)
			}
		}
	}
	iteration := []*ssa.BasicBlock{poll}
	seen := map[*ssa.BasicBlock]bool{poll: true}
	work = []*ssa.BasicBlock{start}
	straight := start == poll
	if straight && before > 0 {
		work = slices.Clone(start.Succs)
		straight = slices.Contains(start.Succs, poll)
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] || !s.loop.Blocks[b] {
			continue
		}
		if !back[b] {
			return nil // an inner loop, or a path that ends
		}
		seen[b] = true
		iteration = append(iteration, b)
		work = append(work, b.Succs...)
	}
	if !straight && len(iteration) == 1 {
		return nil
	}
	return iteration
}

// leavesIteration reports whether b has a successor outside of the iteration.
func leavesIteration(b *ssa.BasicBlock, iteration []*ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Succs, func(succ *ssa.BasicBlock) bool { return !slices.Contains(iteration, succ) })
}

// exchanges reports whether the polls of an iteration send on a channel and receive from it:
// each makes the other possible, so that the loop ends by what it does itself, as where it
// replaces what is in a channel that keeps the latest value.
func exchanges(iteration []*ssa.BasicBlock) bool {
	var sent, received []ssa.Value
	for _, b := range iteration {
		for _, instr := range b.Instrs {
			sel, ok := instr.(*ssa.Select)
			if !ok {
				continue
			}
			for _, state := range sel.States {
				if state.Dir == types.SendOnly {
					sent = append(sent, state.Chan)
				} else {
					received = append(received, state.Chan)
				}
			}
		}
	}
	return slices.ContainsFunc(sent, func(s ssa.Value) bool {
		return slices.ContainsFunc(received, func(r ssa.Value) bool { return ssax.Same(s, r, nil) })
	})
}
