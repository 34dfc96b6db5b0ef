package selectdefault

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

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
// All senders must be goroutines on the way to the poll, nothing between may wait for
// them, and nobody may receive from the channel later.
func (c *checker) checkErrorRecv(s *statement) bool {
	state := c.errorCase(s)
	if state < 0 {
		return false
	}
	ch := c.pkg.OfValue(s.States[state].Chan)
	ways, why := c.waysTo(s, ch)
	if why != "" {
		c.report.Silent(errorRecv, s.node.Pos(), why)
		return false
	}
	sends := ch.Of(concurrency.Send)
	f := diag.Finding{Diagnostic: analysis.Diagnostic{
		Pos:      s.node.Pos(),
		End:      s.node.Select + token.Pos(len("select")),
		Category: errorRecv,
		Message:  "the error is lost when the goroutine has not sent it yet, because the default goes on without it; wait for the senders first, or receive without a default",
		Related: []analysis.RelatedInformation{
			{Pos: sends[0].Pos(), Message: "the error is sent here"},
			{Pos: ways[0].start.Pos(), Message: "by the goroutine that is started here; nothing waits for it"},
		},
	}}
	if !c.madeOn(ch, ways[0]) || s.loop != nil && ways[0].fn == s.fn && s.loop.Contains(ways[0].from) && !s.loop.Contains(ch.Makes[0]) {
		f.Confidence = catalog.Medium // another object's channel, or the next poll may find it
	}
	if purpose.AfterFailure(s.Select.Select.Block()) {
		f.Confidence = catalog.Low // there is an error in any case, if not the one that says more
	}
	c.report.ReportFinding(f)
	return true
}

// errorCase returns the only case of the statement that receives errors, if all others
// hear that something is over; -1 if there is none.
func (c *checker) errorCase(s *statement) int {
	state := -1
	for i, st := range s.States {
		elem := chanElem(st.Chan.Type())
		switch {
		case c.pkg.HearsEnd(st):
		case st.Dir == types.RecvOnly && state < 0 && (carriesError(elem) || s.becomesError(i)):
			state = i
		default:
			return -1
		}
	}
	return state
}

// heardLater reports whether somebody may receive from the channel after the poll.
func (c *checker) heardLater(s *statement, ch *concurrency.Channel) bool {
	poll := ssa.Instruction(s.Select.Select)
	return slices.ContainsFunc(ch.Of(concurrency.Recv), func(op concurrency.Op) bool {
		return op.Instr != poll && (op.Fn() != s.fn || ssax.Reaches(poll, op.Instr))
	})
}

// pollsOnce reports whether the statement is not repeated until the error has come: it
// is in no loop, in one each iteration of which makes the channel, or in one that waits
// for nothing and ends whatever comes.
func (c *checker) pollsOnce(s *statement, ch *concurrency.Channel) bool {
	for loop := s.loop; loop != nil; loop = loop.Parent {
		if loop.Contains(ch.Makes[0]) {
			return ssax.Dominates(ch.Makes[0], s.Select.Select)
		}
		if !loop.Lists() {
			return false
		}
		waits := false
		loop.Instructions(func(instr ssa.Instruction) bool {
			waits = c.pkg.Awaits(instr)
			return !waits
		})
		if waits {
			return false
		}
	}
	return true
}

// A way leads from the start of a goroutine to the statement, through the function
// that both are called from.
type way struct {
	start ssa.Instruction // the go statement
	fn    *ssa.Function   // what the way goes through
	from  ssa.Instruction // of fn: the go statement, or a call that leads to it
	to    ssa.Instruction // of fn: the statement, or a call that leads to it
	below []leg           // in the functions that are called
}

// A leg is the part of a way in a function that fn calls: after an instruction, or, if
// that is nil, from its entry, to another, or to its end.
type leg struct {
	fn       *ssa.Function
	from, to ssa.Instruction
}

// wayFrom returns the only way from the start of the goroutine that makes a send to the
// statement. ok is false if there is none or another.
func (c *checker) wayFrom(op concurrency.Op, s *statement) (w way, ok bool) {
	w.start = c.startOf(op.Fn(), make(map[*ssa.Function]bool))
	if w.start == nil {
		return w, false
	}
	polls, starts := c.callersOf(s.Select.Select), c.callersOf(w.start)
	for i, to := range polls {
		for j, from := range starts {
			if from.Parent() != to.Parent() {
				continue
			}
			w.fn, w.from, w.to = to.Parent(), from, to
			for _, below := range polls[:i] {
				w.below = append(w.below, leg{fn: below.Parent(), to: below})
			}
			for _, below := range starts[:j] {
				w.below = append(w.below, leg{fn: below.Parent(), from: below})
			}
			return w, from != to && ssax.Reaches(from, to)
		}
	}
	return w, false
}

// startOf returns the go statement that is the only way to fn, nil if there is none or
// another way. Functions in seen are on the way already.
func (c *checker) startOf(fn *ssa.Function, seen map[*ssa.Function]bool) ssa.Instruction {
	if seen[fn] || c.pkg.Hidden(fn) {
		return nil
	}
	seen[fn] = true
	starts, calls := c.pkg.StartsOf(fn), c.pkg.CallsOf(fn)
	switch {
	case len(starts) == 1 && len(calls) == 0:
		return starts[0].Site
	case len(starts) == 0 && len(calls) == 1:
		return c.startOf(calls[0].Parent(), seen)
	}
	return nil
}

// callersOf returns an instruction, the only call of its function, the only call of
// the function with that, and so on.
func (c *checker) callersOf(instr ssa.Instruction) []ssa.Instruction {
	var chain []ssa.Instruction
	seen := make(map[*ssa.Function]bool)
	for {
		fn := instr.Parent()
		if seen[fn] {
			return chain
		}
		seen[fn] = true
		chain = append(chain, instr)
		calls := c.pkg.CallsOf(fn)
		if len(calls) != 1 || len(c.pkg.StartsOf(fn)) > 0 || c.pkg.Hidden(fn) {
			return chain
		}
		if _, ok := calls[0].(*ssa.Call); !ok {
			return chain
		}
		instr = calls[0]
	}
}

// madeOn reports whether the channel is made on the way, so that it is that of one
// object only.
func (c *checker) madeOn(ch *concurrency.Channel, w way) bool {
	if ch.Local {
		return true
	}
	return !slices.ContainsFunc(ch.Makes, func(m *ssa.MakeChan) bool {
		return m.Parent() != w.fn && !slices.ContainsFunc(c.pkg.CallsOf(m.Parent()), func(call ssa.CallInstruction) bool { return call.Parent() == w.fn })
	})
}

// waitsOn reports whether on some path of the way something may wait for the send.
func (c *checker) waitsOn(w way, send concurrency.Op) bool {
	for _, leg := range append(w.below, leg{w.fn, w.from, w.to}) {
		if c.waitsBetween(leg, send) {
			return true
		}
	}
	return false
}

// waitsBetween reports whether something on the leg may wait for the send. What comes
// before a wait for something that the sender does before it sends cannot have
// waited for that, unless it says that it waits.
func (c *checker) waitsBetween(l leg, send concurrency.Op) bool {
	var waits, earlier []ssa.Instruction
	for _, instr := range l.instructions() {
		switch {
		case !c.pkg.Awaits(instr):
		case c.precedes(instr, send):
			earlier = append(earlier, instr)
		default:
			waits = append(waits, instr)
		}
	}
	return slices.ContainsFunc(waits, func(wait ssa.Instruction) bool {
		return !isDynamic(wait) || l.to == nil || !slices.ContainsFunc(earlier, func(e ssa.Instruction) bool {
			return !ssax.ReachesWithout(wait, l.to, e)
		})
	})
}

// instructions returns those on the paths of the leg, none if there is no path. It
// looks at nothing beyond the end of the leg, so that many short legs in one function
// cost no more than one long one.
func (l leg) instructions() []ssa.Instruction {
	type part struct {
		b     *ssa.BasicBlock
		after int
	}
	first := part{l.fn.Blocks[0], 0}
	if l.from != nil {
		first = part{l.from.Block(), slices.Index(l.from.Block().Instrs, l.from) + 1}
	}
	var parts []part
	seen := make(map[*ssa.BasicBlock]bool) // those that are passed from their beginning
	for work := []part{first}; len(work) > 0; {
		p := work[len(work)-1]
		work = work[:len(work)-1]
		if p.after == 0 {
			if seen[p.b] {
				continue
			}
			seen[p.b] = true
		}
		parts = append(parts, p)
		if l.to != nil && slices.Contains(p.b.Instrs[p.after:], l.to) {
			continue
		}
		for _, succ := range p.b.Succs {
			work = append(work, part{succ, 0})
		}
	}
	var out []ssa.Instruction
	back := l.leadsOn(seen)
	for _, p := range parts {
		instrs := p.b.Instrs[p.after:]
		if l.to != nil {
			if i := slices.Index(instrs, l.to); i >= 0 {
				instrs = instrs[:i]
			} else if !back[p.b] {
				continue
			}
		}
		out = append(out, instrs...)
	}
	return out
}

// leadsOn returns the blocks from which control gets to the end of the leg: those
// before it among the ones given, and the first.
func (l leg) leadsOn(among map[*ssa.BasicBlock]bool) map[*ssa.BasicBlock]bool {
	back := make(map[*ssa.BasicBlock]bool)
	if l.to == nil {
		return back
	}
	for work := []*ssa.BasicBlock{l.to.Block()}; len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range b.Preds {
			if !back[p] && (among[p] || l.from != nil && p == l.from.Block()) {
				back[p] = true
				work = append(work, p)
			}
		}
	}
	return back
}

// isDynamic reports whether the instruction calls a function value.
func isDynamic(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && ssax.Callee(&call.Call) == nil && !call.Call.IsInvoke()
}

// precedes reports whether a wait ends by what the sender does before it sends: it
// receives from channels on which the function of the send, and nobody else, says so,
// before the send and not after it.
func (c *checker) precedes(wait ssa.Instruction, send concurrency.Op) bool {
	received := c.pkg.Received(wait)
	if sel, ok := wait.(*ssa.Select); ok && len(sel.States) != len(received) || len(received) == 0 {
		return false
	}
	ranges := wait.Block().Comment == "rangechan.loop"
	return !slices.ContainsFunc(received, func(ch *concurrency.Channel) bool {
		return !ch.Visible() || slices.ContainsFunc(ch.Ops, func(op concurrency.Op) bool {
			if op.Kind == concurrency.Recv || ranges && op.Kind == concurrency.Send {
				return false
			}
			return !before(op.Instr, send.Instr)
		})
	})
}

// before reports whether an instruction comes before another of the same function, and
// not after it.
func before(first, second ssa.Instruction) bool {
	if _, deferred := first.(*ssa.Defer); deferred || first.Parent() != second.Parent() {
		return false
	}
	return ssax.Reaches(first, second) && !ssax.Reaches(second, first)
}
