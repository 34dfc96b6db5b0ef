package goroutineleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// many stands for a number of sends that nothing bounds.
const many = concurrency.Many

// A delivery is a channel through which goroutines hand something to the function
// that made the channel and started them.
type delivery struct {
	ch       *concurrency.Channel
	fn       *ssa.Function // the function that makes, starts and receives
	capacity int
	sends    map[ssa.Instruction]int    // how many sends a go statement leads to, at most many
	bare     map[ssa.Instruction]sender // by go statement: a send that blocks
	receives map[ssa.Instruction]bool   // receives of fn that block
	cases    map[ssax.Edge]bool         // the ways out of select statements after a receive
	drains   map[ssa.Instruction]bool   // calls, defers and go statements that receive
	settles  map[ssax.Edge]bool         // paths on which everything is received, or nothing is sent
	closes   bool                       // fn closes the channel when it returns
	single   bool                       // of all goroutines only the last one sends
}

// A sender is a send in a goroutine.
type sender struct {
	op concurrency.Op
	in *ssa.Function // what the go statement runs
}

// delivery returns what is known of ch, nil if that is not everything.
func (c *checker) delivery(ch *concurrency.Channel, capacity int) *delivery {
	d := &delivery{
		ch: ch, fn: ch.Makes[0].Parent(), capacity: capacity,
		sends:    make(map[ssa.Instruction]int),
		bare:     make(map[ssa.Instruction]sender),
		receives: make(map[ssa.Instruction]bool),
		cases:    make(map[ssax.Edge]bool),
		drains:   make(map[ssa.Instruction]bool),
		settles:  make(map[ssax.Edge]bool),
	}
	for _, op := range ch.Of(concurrency.Close) {
		if _, deferred := op.Instr.(*ssa.Defer); op.Fn() != d.fn {
			continue
		} else if !deferred {
			return nil // a later send panics, which cannot be overlooked
		}
		d.closes = true
	}
	for _, op := range ch.Of(concurrency.Send) {
		if !c.addSend(d, op) {
			return nil
		}
	}
	for site, s := range d.bare {
		if d.sends[site] = c.pkg.Sends(s.in, ch); d.sends[site] == 0 {
			return nil // it is not understood
		}
	}
	if len(d.bare) == 0 {
		return nil
	}
	for site := range d.sends {
		if loop := c.pkg.Loops(d.fn).Around(site.Block()); loop != nil && !loop.Contains(ch.Makes[0]) && loop.Counts() {
			return nil // there may be one receive for each, without a loop
		}
	}
	for _, op := range ch.Of(concurrency.Recv) {
		if !c.addReceive(d, op) {
			return nil
		}
	}
	if c.agree(d) {
		return nil
	}
	c.settle(d)
	return d
}

// addSend finds the go statements of d.fn that lead to a send. It reports whether
// nothing else does.
func (c *checker) addSend(d *delivery, op concurrency.Op) bool {
	sites, ok := c.startedFrom(d.fn, op.Fn(), make(map[*ssa.Function]bool))
	if !ok || len(sites) == 0 {
		return false
	}
	if !op.Bare() {
		return true // it does not wait, or has another case
	}
	for _, site := range sites {
		if stopsTimer(site.instr) {
			return false
		}
		d.single = d.single || !c.looped(op.Instr) && depends(op.Instr, op.Fn().Blocks[0], isCount)
		if prev, ok := d.bare[site.instr]; !ok || prev.op.Fn() != site.fn && op.Fn() == site.fn {
			d.bare[site.instr] = sender{op, site.fn}
		}
	}
	return true
}

// stopsTimer reports whether what starts a goroutine later returns how to keep it
// from starting, and somebody is interested in that.
func stopsTimer(site ssa.Instruction) bool {
	call, ok := site.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssax.Callee(&call.Call)
	return (ctxlib.IsFunc(fn, "time", "AfterFunc") || ctxlib.IsFunc(fn, "context", "AfterFunc")) && len(*call.Referrers()) > 0
}

// depends reports whether control gets from block from, which dominates it, to the
// instruction only by a branch whose condition want accepts.
func depends(instr ssa.Instruction, from *ssa.BasicBlock, want func(ssa.Value) bool) bool {
	for b := instr.Block(); b != nil && b != from; b = b.Idom() {
		branch := ssax.BranchOf(b.Idom())
		if branch != nil && len(b.Preds) == 1 && want(branch.Cond) {
			return true
		}
	}
	return false
}

// isCount reports whether the condition compares the result of a call, such as
// that of an atomic counter, with a number: "if left.Add(-1) == 0".
func isCount(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL || !isInteger(cmp.X.Type()) {
		return false
	}
	_, ok = cmp.X.(*ssa.Call)
	return ok
}

// A start is a go statement that leads to a function.
type start struct {
	instr ssa.Instruction
	fn    *ssa.Function // what it runs
}

// startedFrom returns the go statements of from that lead to fn. ok is false if fn
// may run in another way, as it may if it calls itself. The functions in seen are
// on the way to it.
func (c *checker) startedFrom(from, fn *ssa.Function, seen map[*ssa.Function]bool) (starts []start, ok bool) {
	if fn == from || seen[fn] || c.pkg.Hidden(fn) {
		return nil, false
	}
	seen[fn] = true
	defer delete(seen, fn)
	for _, s := range c.pkg.StartsOf(fn) {
		if s.Site.Parent() != from {
			return nil, false
		}
		starts = append(starts, start{s.Site, fn})
	}
	for _, call := range c.pkg.CallsOf(fn) {
		outer, ok := c.startedFrom(from, call.Parent(), seen)
		if !ok {
			return nil, false
		}
		starts = append(starts, outer...)
	}
	return starts, true
}

// addReceive adds a receive. It reports whether d.fn is where it is made.
func (c *checker) addReceive(d *delivery, op concurrency.Op) bool {
	if op.Fn() == d.fn {
		if op.Bare() {
			d.receives[op.Instr] = true
			return true
		}
		sel, ok := ssax.SelectOf(op.Instr.(*ssa.Select))
		if ok && c.switched(sel) {
			return false
		}
		if ok {
			d.cases[sel.Cases[op.State]] = true
		}
		return ok
	}
	// A function that d.fn calls or defers receives whatever comes after.
	if c.pkg.Hidden(op.Fn()) || len(c.pkg.StartsOf(op.Fn())) > 0 {
		return false
	}
	calls := c.pkg.CallsOf(op.Fn())
	for _, call := range calls {
		if call.Parent() != d.fn {
			return false
		}
		d.drains[call] = true
	}
	return len(calls) > 0
}

// switched reports whether the loop around a select switches one of its cases off
// and on, by replacing its channel with nil: then the cases come in an order that
// their conditions do not show.
func (c *checker) switched(sel ssax.Select) bool {
	loop := c.pkg.Loops(sel.Parent()).Around(sel.Block())
	if loop == nil {
		return false
	}
	for _, st := range sel.States {
		switch ch := st.Chan.(type) {
		case *ssa.Phi:
			if loop.Blocks[ch.Block()] {
				return true
			}
		case *ssa.UnOp:
			cell, ok := ch.X.(*ssa.Alloc)
			if ok && !loop.Contains(cell) && slices.ContainsFunc(ssax.StoresTo(cell), func(st *ssa.Store) bool { return loop.Contains(st) }) {
				return true
			}
		}
	}
	return false
}

// settle finds the paths on which no goroutine is left behind: the regular end of a
// loop that receives, and a select case for what a goroutine itself signals when it
// does not send.
func (c *checker) settle(d *delivery) {
	for loop := range c.receivingLoops(d) {
		for _, e := range loop.Exits() {
			if c.isRegular(loop, e) {
				d.settles[e] = true
			}
		}
		if e := loop.Guard(); e.From != nil {
			d.settles[e] = true
		}
	}
	for _, ch := range c.said(d) {
		for _, op := range ch.Of(concurrency.Recv) {
			sel, ok := op.Instr.(*ssa.Select)
			if !ok || op.Fn() != d.fn {
				continue
			}
			if s, ok := ssax.SelectOf(sel); ok {
				d.settles[s.Cases[op.State]] = true
			}
		}
	}
}

// receivingLoops returns the loops of d.fn in which something is received.
func (c *checker) receivingLoops(d *delivery) map[*ssax.Loop]bool {
	all := make(map[*ssax.Loop]bool)
	add := func(b *ssa.BasicBlock) {
		for loop := c.pkg.Loops(d.fn).Around(b); loop != nil; loop = loop.Parent {
			all[loop] = true
		}
	}
	for r := range d.receives {
		add(r.Block())
	}
	for e := range d.cases {
		add(e.From)
	}
	for r := range d.drains {
		add(r.Block())
	}
	return all
}

// isRegular reports whether a loop ends by an exit because its work is done: the
// condition or range in its header, or a count that was reached.
func (c *checker) isRegular(loop *ssax.Loop, e ssax.Edge) bool {
	branch := ssax.BranchOf(e.From)
	if branch == nil || ssax.IsDispatch(branch) {
		return false
	}
	if e.From == loop.Header {
		return true
	}
	// if n++; n == total { break }, pending--, closed channel
	switch cond := branch.Cond.(type) {
	case *ssa.BinOp:
		return cond.Op != token.EQL && cond.Op != token.NEQ || isInteger(cond.X.Type())
	case *ssa.Extract:
		return cond.Index == 1
	}
	return false
}

// said returns the other channels that the goroutines of d send on or close: hearing of
// one may mean that nothing else will come.
func (c *checker) said(d *delivery) (others []*concurrency.Channel) {
	seen := map[*concurrency.Channel]bool{d.ch: true}
	says := func(instr ssa.Instruction) bool {
		for _, ch := range c.pkg.Told(instr) {
			if !seen[ch] {
				seen[ch] = true
				others = append(others, ch)
			}
		}
		return false
	}
	for _, s := range d.bare {
		c.pkg.Runs(s.in, says)
		for _, lit := range s.in.AnonFuncs {
			c.pkg.Runs(lit, says)
		}
	}
	return others
}

// within reports whether fn is a literal inside outer.
func within(fn, outer *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == outer {
			return true
		}
	}
	return false
}
