package selectdefault

import (
	"go/token"
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
// Everything that can come between must be known to be quick, and no exit of the
// loop on that path may depend on what the iteration computes.
func (c *checker) checkSpin(s *statement) bool {
	if s.loop == nil {
		return false
	}
	iteration := iterationOf(s)
	if iteration == nil {
		return false
	}
	for _, b := range iteration {
		for _, instr := range b.Instrs {
			if !c.quick(instr) {
				return false
			}
		}
		branch := ssax.BranchOf(b)
		if branch != nil && b != s.Default.From && !ssax.IsDispatch(branch) && leavesIteration(b, iteration) {
			return false // it makes progress, or tests something else
		}
	}
	d := analysis.Diagnostic{
		Pos:      s.node.Pos(),
		End:      s.node.Select + token.Pos(len("select")),
		Category: spin,
		Message:  "the loop polls without a pause and burns a CPU until a channel is ready; drop the default, or wait in it",
		Related:  []analysis.RelatedInformation{{Pos: s.defaultClause().Pos(), Message: "this leads straight back to the poll"}},
	}
	if fix := c.dropDefault(s); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.Report(d)
	return true
}

// iterationOf returns the blocks between the default and the next poll, including
// that of the poll; nil if the default does not lead back.
func iterationOf(s *statement) []*ssa.BasicBlock {
	start, poll := s.Default.To(), s.Select.Select.Block()
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
	if start != poll && len(iteration) == 1 {
		return nil
	}
	return iteration
}

// leavesIteration reports whether b has a successor outside of the iteration.
func leavesIteration(b *ssa.BasicBlock, iteration []*ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Succs, func(succ *ssa.BasicBlock) bool { return !slices.Contains(iteration, succ) })
}

// quick reports whether an instruction neither waits nor has an effect that another
// goroutine, or a later iteration, could wait for.
func (c *checker) quick(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Select:
		return !instr.Blocking
	case *ssa.UnOp:
		return instr.Op != token.ARROW
	case *ssa.Call:
		return quickCall(&instr.Call)
	case *ssa.Phi, *ssa.BinOp, *ssa.If, *ssa.Jump, *ssa.Extract, *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.Index,
		*ssa.DebugRef, *ssa.ChangeType, *ssa.Convert, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.TypeAssert, *ssa.Slice, *ssa.Alloc:
		return true
	case *ssa.Store:
		_, local := instr.Addr.(*ssa.IndexAddr) // of the arguments of a variadic call
		return local
	}
	return false
}

// quickCall reports whether a call is known to return at once: reading a clock, a
// context, an atomic or a length, and printing.
func quickCall(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap"
	}
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "time":
		return fn.Name() == "Now" || fn.Name() == "Since" || fn.Name() == "Until"
	case "context":
		return fn.Name() == "Done" || fn.Name() == "Err"
	case "fmt":
		return fn.Name() == "Println" || fn.Name() == "Printf" || fn.Name() == "Print"
	}
	return false
}

// checkDoneIgnored reports a case for the end of a context, or for a channel that
// is closed, after which the loop goes on: from then on the case is always ready,
// and the loop spins.
//
// Where the loop forever holds a goroutine that its context or its owner should
// end, the defect is goroutineleak's (unstoppable), whether that is enabled or not.
func (c *checker) checkDoneIgnored(s *statement) bool {
	if s.loop == nil {
		return false
	}
	for i, st := range s.States {
		if !c.pkg.HearsEnd(st) || c.renewed(st.Chan, s.loop) || !c.idle(s, i) {
			continue
		}
		if c.pkg.KeepsGoroutine(s.loop) { // asked last: it looks at all goroutines of the package
			return false
		}
		d := analysis.Diagnostic{
			Pos:      st.Pos,
			End:      st.Pos + token.Pos(len("<-")),
			Category: doneIgnored,
			Message:  "the loop goes on after this case and chooses it again and again, because a closed channel stays ready; return from it",
			Related:  []analysis.RelatedInformation{{Pos: s.node.Pos(), Message: "the select is entered again without a pause"}},
		}
		if fix := c.returnFix(s, i); fix != nil {
			d.SuggestedFixes = []analysis.SuggestedFix{*fix}
		}
		c.report.Report(d)
		return true
	}
	return false
}

// renewed reports whether the loop may put another channel in place of this one,
// or nil.
func (c *checker) renewed(v ssa.Value, loop *ssax.Loop) bool {
	switch v := v.(type) {
	case *ssa.Phi:
		return true
	case *ssa.ChangeType:
		return c.renewed(v.X, loop)
	case *ssa.Call:
		// The Done channel of a context that each iteration makes is a new one.
		for _, op := range v.Operands(nil) {
			if c.renewed(*op, loop) {
				return true
			}
		}
		return false
	case *ssa.UnOp:
		return v.Op != token.MUL || c.stored(v.X, loop)
	case *ssa.Extract:
		instr, ok := v.Tuple.(ssa.Instruction)
		return ok && loop.Contains(instr)
	case ssa.Instruction:
		return loop.Contains(v)
	}
	return false
}

// stored reports whether the variable or field at addr may change in the loop. A
// captured variable, or a field, that only calls could change counts as constant
// unless the package stores to it elsewhere than where it is made.
func (c *checker) stored(addr ssa.Value, loop *ssax.Loop) bool {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		changes := false
		loop.Instructions(func(instr ssa.Instruction) bool {
			if st, ok := instr.(*ssa.Store); ok && ssax.FieldOf(st.Addr) == ssax.FieldOf(addr) {
				changes = true
			}
			return !changes
		})
		return changes
	case *ssa.Alloc, *ssa.FreeVar:
		return slices.ContainsFunc(ssax.StoresTo(addr), func(st *ssa.Store) bool { return loop.Contains(st) })
	case *ssa.Global:
		return false
	}
	return true
}

// idle reports whether a case leads back to the statement, without any way out
// and without doing anything that takes time or changes what the loop does.
func (c *checker) idle(s *statement, state int) bool {
	poll := s.Select.Select.Block()
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{s.Cases[state].To()}
	if !s.loop.Blocks[s.Cases[state].To()] {
		return false
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		if !s.loop.Blocks[b] {
			return false // a way out
		}
		for _, instr := range b.Instrs {
			if instr == ssa.Instruction(s.Select.Select) {
				break
			}
			if !c.quick(instr) && !isLog(instr) {
				return false
			}
		}
		if b == poll {
			continue
		}
		work = append(work, b.Succs...)
	}
	return seen[poll] && !changesState(s, state, seen)
}

// changesState reports whether the iteration that begins with the case, made up of
// the given blocks, sets a variable of the loop, on which another iteration may
// act.
func changesState(s *statement, state int, iteration map[*ssa.BasicBlock]bool) bool {
	from := func(b *ssa.BasicBlock) bool { return iteration[b] || b == s.Cases[state].From }
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
				if def, ok := phi.Edges[i].(ssa.Instruction); ok && iteration[def.Block()] && def.Block() != s.Select.Select.Block() {
					return true
				}
			}
		}
	}
	return false
}

// isLog reports whether an instruction is a call that logs.
func isLog(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssax.Callee(&call.Call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "log", "log/slog", "fmt":
		return true
	}
	return false
}
