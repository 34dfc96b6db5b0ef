package goroutineleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// many stands for a number of sends that nothing bounds.
const many = concurrency.Many

// A delivery is a channel through which goroutines hand something to a function that
// has made the channel, or has been given it, and to what that calls.
type delivery struct {
	concurrency.Holder
	made     ssa.Instruction // the make, or the call that returns the channel; nil for a parameter
	capacity int
	sends    map[ssa.Instruction]int    // how many sends an instruction of Fn leads to, at most many
	bare     map[ssa.Instruction]sender // for the same: a send that blocks
	receives map[ssa.Instruction]bool   // receives of Fn that block
	cases    map[ssax.Edge]bool         // the ways out of select statements after a receive
	calls    map[ssa.Instruction]bool   // calls of what receives
	drains   map[ssa.Instruction]bool   // closes, and of what receives, defers and calls that may run it several times
	settles  map[ssax.Edge]bool         // paths on which everything is received, or nothing is sent
	others   []*concurrency.Channel     // what the goroutines also send on or close
	closes   bool                       // Fn closes the channel when it returns
	single   bool                       // of all goroutines only the last one sends
	agreed   bool                       // perhaps nothing is sent where Fn does not receive
	given    *producer                  // what has returned the channel, nil if Fn has made it
	remains  *fixpoint.Solver[handover, remainder]
}

// root returns the make of the channel.
func (d *delivery) root() *ssa.MakeChan {
	if d.given != nil {
		return d.given.made
	}
	return d.made.(*ssa.MakeChan)
}

// A sender is a send in a goroutine.
type sender struct {
	op concurrency.Op
	in *ssa.Function // what the go statement runs
}

// newDelivery returns what is known of a channel of a holder, nil if that is not
// everything: Fn itself sends nothing, and nothing but Fn, and what it calls, receives.
func (c *checker) newDelivery(h concurrency.Holder, made ssa.Instruction, capacity int) *delivery {
	deeds := c.pkg.Deeds(h)
	if deeds&concurrency.Unknown != 0 || deeds.Inline()&concurrency.Sends != 0 || deeds.Started()&concurrency.Receives != 0 {
		return nil
	}
	d := &delivery{
		Holder: h, made: made, capacity: capacity,
		sends:    make(map[ssa.Instruction]int),
		bare:     make(map[ssa.Instruction]sender),
		receives: make(map[ssa.Instruction]bool),
		cases:    make(map[ssax.Edge]bool),
		calls:    make(map[ssa.Instruction]bool),
		drains:   make(map[ssa.Instruction]bool),
		settles:  make(map[ssax.Edge]bool),
	}
	for _, op := range h.Held.Ops {
		if op.Fn() == h.Fn && !c.addOp(d, op) {
			return nil
		}
	}
	for _, site := range h.Held.Sites(h.Fn) {
		if !c.addSite(d, site) {
			return nil
		}
	}
	return d
}

// delivery returns what is known of a channel that goroutines send on, which a holder
// has made or been given; nil if that is not everything.
func (c *checker) delivery(h concurrency.Holder, made ssa.Instruction, capacity int, given *producer) *delivery {
	d := c.newDelivery(h, made, capacity)
	if d == nil {
		return nil
	}
	if d.given = given; given != nil {
		d.sends[made], d.bare[made] = given.sends, given.sender
	}
	if len(d.bare) == 0 {
		return nil
	}
	for site := range d.sends {
		if loop := c.pkg.Loops(d.Fn).Around(site.Block()); loop != nil && !loop.Contains(made) && loop.Counts() {
			if _, ok := loop.Trips(); !ok {
				return nil // there may be one receive for each, without a loop
			}
		}
	}
	if given == nil || given.far == nil {
		d.agreed = c.agree(d)
		d.others = c.said(d)
	}
	c.settle(d)
	return d
}

// addOp adds an operation of d.Fn. It reports whether it is understood.
func (c *checker) addOp(d *delivery, op concurrency.Op) bool {
	switch op.Kind {
	case concurrency.Close:
		if _, deferred := op.Instr.(*ssa.Defer); deferred {
			d.closes = true
		} else {
			d.drains[op.Instr] = true // a later send panics, which cannot be overlooked
		}
		return true
	case concurrency.Recv:
		if op.Bare() {
			d.receives[op.Instr] = true
			return true
		}
		sel, ok := ssax.SelectOf(op.Instr.(*ssa.Select))
		if !ok || c.switched(sel) {
			return false
		}
		d.cases[sel.Cases[op.State]] = true
		return true
	}
	return false
}

// addSite adds a call, defer or go statement of d.Fn. It reports whether it is
// understood.
func (c *checker) addSite(d *delivery, site ssa.Instruction) bool {
	var inline, spawned concurrency.Deeds
	for _, to := range c.pkg.Handed(site, d.Held) {
		deeds := c.pkg.Deeds(to.Holder)
		spawned |= deeds.Started()
		if concurrency.Starts(site) {
			spawned |= deeds.Inline()
		} else {
			inline |= deeds.Inline()
		}
	}
	_, later := site.(*ssa.Defer)
	callback := slices.ContainsFunc(c.pkg.Handed(site, d.Held), func(to concurrency.Run) bool { return to.Callback })
	switch {
	case spawned&concurrency.Sends != 0:
		return inline == 0 && c.addSender(d, site)
	case inline&concurrency.Closes != 0 && !later:
		return false
	case inline&concurrency.Closes != 0:
		d.closes = true
	}
	if inline&concurrency.Receives == 0 {
		return true
	}
	if later || callback {
		d.drains[site] = true
	} else {
		d.calls[site] = true
	}
	return true
}

// addSender adds an instruction that starts goroutines that send. It reports whether
// they are understood.
func (c *checker) addSender(d *delivery, site ssa.Instruction) bool {
	ops, first := c.senders(d.Held, site)
	if len(ops) == 0 {
		return true // they do not wait, or have another case
	}
	if stopsTimer(site) {
		return false
	}
	for _, op := range ops {
		d.single = d.single || !c.looped(op.Instr) && depends(op.Instr, op.Fn().Blocks[0], isCount)
	}
	d.bare[site] = first
	d.sends[site] = c.pkg.SendsFrom(site, d.Held)
	return d.sends[site] > 0
}

// senders returns the sends that block in goroutines that an instruction of a holder
// starts, and the one of them to show.
func (c *checker) senders(h *concurrency.Held, site ssa.Instruction) (ops []concurrency.Op, first sender) {
	return c.sendersBelow(h, site, concurrency.Starts(site))
}

// sendersBelow is senders for an instruction that starts a goroutine, or that counts as if
// it did.
func (c *checker) sendersBelow(h *concurrency.Held, site ssa.Instruction, starts bool) (ops []concurrency.Op, first sender) {
	seen := make(map[concurrency.Holder]bool)
	var look func(h concurrency.Holder, from *ssa.Function, spawned bool)
	look = func(h concurrency.Holder, from *ssa.Function, spawned bool) {
		if seen[h] {
			return
		}
		seen[h] = true
		for _, op := range h.Held.Of(concurrency.Send) {
			if spawned && op.Bare() && op.Fn() == h.Fn {
				ops = append(ops, op)
				if first.in == nil {
					first = sender{op, from}
				}
			}
		}
		for _, site := range h.Held.Sites(h.Fn) {
			for _, to := range c.pkg.Handed(site, h.Held) {
				if concurrency.Starts(site) {
					look(to.Holder, to.Fn, true)
				} else {
					look(to.Holder, from, spawned)
				}
			}
		}
	}
	for _, to := range c.pkg.Handed(site, h) {
		look(to.Holder, to.Fn, starts)
	}
	return ops, first
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
	for _, ch := range d.others {
		for _, op := range ch.Of(concurrency.Recv) {
			sel, ok := op.Instr.(*ssa.Select)
			if !ok || op.Fn() != d.Fn {
				continue
			}
			if s, ok := ssax.SelectOf(sel); ok {
				d.settles[s.Cases[op.State]] = true
			}
		}
	}
}

// receivingLoops returns the loops of d.Fn in which something is received.
func (c *checker) receivingLoops(d *delivery) map[*ssax.Loop]bool {
	all := make(map[*ssax.Loop]bool)
	add := func(b *ssa.BasicBlock) {
		for loop := c.pkg.Loops(d.Fn).Around(b); loop != nil; loop = loop.Parent {
			all[loop] = true
		}
	}
	for r := range d.receives {
		add(r.Block())
	}
	for e := range d.cases {
		add(e.From)
	}
	for _, calls := range []map[ssa.Instruction]bool{d.calls, d.drains} {
		for r := range calls {
			add(r.Block())
		}
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
	if rejects(e) {
		return false
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
	seen := map[*concurrency.Channel]bool{c.pkg.OfValue(d.Held.Origin): true}
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
