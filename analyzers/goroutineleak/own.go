package goroutineleak

import (
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkOwn reports an operation with which a function blocks on a channel that it has
// made, while nobody else has it:
//
//	ch := make(chan error)
//	if err := check(); err != nil {
//		ch <- err // the caller gets the channel only afterwards
//		return ch
//	}
//
// On no path to it may anybody else have got the channel: a loop that starts goroutines
// is taken to have an iteration. It reports whether there is such an operation.
func (c *checker) checkOwn(made *ssa.MakeChan) bool {
	h := c.pkg.Held(made)
	capacity, ok := capacityOf(made)
	if !ok || !slices.ContainsFunc(h.Ops, func(op concurrency.Op) bool { return op.Fn() == h.Fn && op.Bare() && op.Kind != concurrency.Close }) || h.Unknown && len(h.Leaks) == 0 || c.sharedBefore(h, made) {
		return false
	}
	alone := &alone{held: h, made: made, capacity: capacity, published: publications(h)}
	alone.tally = concurrency.Tally{Pkg: c.pkg, From: made, Each: make(map[ssa.Instruction]int)}
	for _, op := range h.Of(concurrency.Send) {
		if op.Bare() && op.Fn() == h.Fn {
			alone.tally.Each[op.Instr] = 1
		}
	}
	ops := make(map[ssa.Instruction]int)
	for _, op := range h.Ops {
		if op.Fn() == h.Fn {
			ops[op.Instr]++
		}
	}
	alone.past = c.pkg.After(h.Fn, ops)
	if !c.pkg.Walk(h.Fn, made, 0, &concurrency.Walk{Step: alone.step, Cross: alone.cross}) {
		return false
	}
	for _, op := range h.Ops {
		if op.Instr == alone.blocks {
			c.reportOwn(op, h, capacity)
			return true
		}
	}
	return false
}

// publications returns the instructions that give a channel to somebody else.
func publications(h *concurrency.Held) []ssa.Instruction {
	all := slices.Clone(h.Leaks)
	for _, site := range h.Sites(h.Fn) {
		if _, deferred := site.(*ssa.Defer); !deferred {
			all = append(all, site)
		}
	}
	return all
}

// sharedBefore reports whether a literal that has been made before the channel may get
// it from a variable.
func (c *checker) sharedBefore(h *concurrency.Held, made *ssa.MakeChan) bool {
	loop := c.pkg.Loops(h.Fn).Around(made.Block())
	for _, cell := range h.Cells() {
		if cell.Parent() != h.Fn || loop != nil && !loop.Contains(cell) {
			return true
		}
	}
	return slices.ContainsFunc(h.Captures, func(mc *ssa.MakeClosure) bool {
		return mc.Parent() == h.Fn && !ssax.Dominates(made, mc)
	})
}

// alone is the walk over a function as long as nobody else has a channel of its. It
// counts what is in the buffer.
type alone struct {
	held      *concurrency.Held
	made      *ssa.MakeChan
	capacity  int
	published []ssa.Instruction
	tally     concurrency.Tally
	past      func(*ssa.BasicBlock) bool // nothing that matters comes after a block
	blocks    ssa.Instruction            // the first operation in the source that blocks
}

func (a *alone) step(instr ssa.Instruction, n int) (int, bool) {
	if instr == ssa.Instruction(a.made) || slices.Contains(a.published, instr) {
		return 0, true
	}
	if !a.held.Has(instr) {
		if sel, ok := instr.(*ssa.Select); ok && slices.ContainsFunc(sel.States, func(s *ssa.SelectState) bool { return a.held.Is(s.Chan) }) {
			return 0, true
		}
		return n, false
	}
	switch instr.(type) {
	case *ssa.Send:
		if n = a.tally.Add(instr, n); n <= a.capacity {
			return n, false
		}
		if n >= many && a.capacity > 0 {
			return 0, true // perhaps there are never more than there is room for
		}
	case *ssa.UnOp:
		if n > 0 {
			return received(n), false
		}
	default:
		_, deferred := instr.(*ssa.Defer)
		return n, !deferred // what is closed does not block
	}
	if (a.blocks == nil || instr.Pos() < a.blocks.Pos()) && !a.shared(instr) {
		a.blocks = instr
	}
	return 0, true
}

func (a *alone) cross(e ssax.Edge, n int) (int, bool) { return a.tally.Enter(e, n), a.past(e.To()) }

// shared reports whether there is a path to the instruction on which somebody gets the
// channel.
func (a *alone) shared(instr ssa.Instruction) bool {
	return slices.ContainsFunc(a.published, func(by ssa.Instruction) bool { return ssax.ReachesWithout(by, instr, a.made) })
}

func (c *checker) reportOwn(op concurrency.Op, h *concurrency.Held, capacity int) {
	made := analysis.RelatedInformation{Pos: h.Origin.Pos(), Message: "the channel is made here" + capacityText(capacity)}
	if op.Kind == concurrency.Send {
		c.found(analysis.Diagnostic{
			Pos: op.Pos(), End: op.Pos() + 2, Category: blockedSend,
			Message: "this send blocks forever: it is more than the channel has room for, and nobody else has the channel yet; give it a buffer, or send in a goroutine",
			Related: []analysis.RelatedInformation{made},
		})
		return
	}
	if len(h.Ops) == len(h.Of(concurrency.Recv)) && len(h.Captures)+len(h.Given)+len(h.Leaks)+len(h.Returns) == 0 {
		return // who has a channel only for that wants to block
	}
	c.reportReceive(op, "this receive blocks forever: nothing is in the channel, and nobody else has it yet; start what sends or closes first", made)
}
