package concurrency

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A Departure is a way on which a goroutine stops for good to make an operation of a
// channel that others count on.
type Departure struct {
	Op    Op            // what it stops to make
	Fn    *ssa.Function // that it leaves
	Pos   token.Pos     // of the select case that is chosen instead, or of the test for an error
	By    *Channel      // of that case; nil for an error
	End   ssa.Value     // the value of that channel; nil if By is
	Again bool          // a caller may come back in a loop
}

// These bound the search for departures. A function with more blocks, and a channel
// whose operations more functions or calls lead to, are not understood.
const (
	maxDepartureBlocks = 1000
	maxLeading         = 64
	maxLeadingCalls    = 256
)

// Departures returns, for each receive from ch or for each send on it, how its
// goroutine may leave, in the order of the names of functions. ok is false if there is none, or if one is not seen to leave: it
// may come back, or somebody else makes the operation afterwards. A close counts as a
// send, in a function that sends; others may come at any time.
func (p *Package) Departures(ch *Channel, kind OpKind) (ways []Departure, ok bool) {
	q := departing{ch, kind}
	ways, known := p.departures[q]
	if !known {
		ways = p.findDepartures(q)
		p.departures[q] = ways
	}
	return ways, len(ways) > 0
}

// departing is the question of [Package.Departures].
type departing struct {
	ch   *Channel
	kind OpKind
}

func (p *Package) findDepartures(q departing) (ways []Departure) {
	ops := q.ch.Of(q.kind)
	lead, ok := p.leading(ops)
	if !ok {
		return nil
	}
	if q.kind == Send {
		senders := make(map[*ssa.Function]bool)
		for _, op := range ops {
			senders[op.Fn()] = true
		}
		for _, op := range q.ch.Of(Close) {
			if !senders[op.Fn()] {
				return nil
			}
			lead[op.Instr] = true
		}
	}
	for _, op := range ops {
		d, ok := p.departure(q.ch, op, lead)
		if !ok {
			return nil
		}
		ways = append(ways, d)
	}
	// The order of declarations must not decide which is named.
	slices.SortStableFunc(ways, func(a, b Departure) int { return cmp.Compare(a.Fn.String(), b.Fn.String()) })
	return ways
}

// leading returns the operations and all calls and go statements that lead to them.
func (p *Package) leading(ops []Op) (lead map[ssa.Instruction]bool, ok bool) {
	lead = make(map[ssa.Instruction]bool)
	seen := make(map[*ssa.Function]bool)
	var work []*ssa.Function
	add := func(instr ssa.Instruction) {
		lead[instr] = true
		if fn := instr.Parent(); !seen[fn] {
			seen[fn] = true
			work = append(work, fn)
		}
	}
	for _, op := range ops {
		add(op.Instr)
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		if len(seen) > maxLeading || len(lead) > maxLeadingCalls {
			return nil, false
		}
		for _, call := range p.CallsOf(fn) {
			add(call)
		}
		for _, s := range p.StartsOf(fn) {
			add(s.Site)
		}
	}
	return lead, true
}

// departure finds a way from op out of its function, and out of the functions that
// call it, on which nothing of lead is met again.
func (p *Package) departure(ch *Channel, op Op, lead map[ssa.Instruction]bool) (Departure, bool) {
	d := Departure{Op: op, Fn: op.Fn()}
	if len(d.Fn.Blocks) > maxDepartureBlocks || !p.lasting(ch, op) {
		return d, false
	}
	if slices.ContainsFunc(p.exits(d.Fn).defers, func(instr ssa.Instruction) bool { return lead[instr] }) {
		return d, false // it is made on the way out
	}
	byCase := p.byCase(&d, ch, lead)
	if !byCase || d.By.Timer { // a time that comes again and again makes nobody leave: what fails then does
		byError := Departure{Op: op, Fn: op.Fn()}
		if p.byError(&byError, ch, lead) {
			d = byError
		} else if !byCase {
			return d, false
		}
	}
	again, ok := p.stays(d.Fn, lead, make(map[*ssa.Function]bool))
	d.Again = again
	return d, ok
}

// lasting reports whether a goroutine that leaves op leaves it for good: op is in a
// loop, or in a function that only goroutines run, or the channel is made for the call
// of the function. Otherwise the next caller may make it. So may the next caller of a
// method that has a result for whoever calls it, such as the Next of an iterator, although
// it loops until there is one; unless all callers make the object for one call.
func (p *Package) lasting(ch *Channel, op Op) bool {
	fn := op.Fn()
	if len(p.StartsOf(fn)) > 0 && len(p.CallsOf(fn)) == 0 || p.Loops(fn).Around(op.Instr.Block()) != nil && (!isAsked(fn) || p.askedOnce(fn)) {
		return true
	}
	for _, m := range ch.Makes {
		if m.Parent() != fn {
			return false
		}
	}
	return len(ch.Makes) > 0
}

// byCase finds another case of the select that op is in that leads out.
func (p *Package) byCase(d *Departure, ch *Channel, lead map[ssa.Instruction]bool) bool {
	sel, ok := d.Op.Instr.(*ssa.Select)
	if !ok {
		return false
	}
	s, ok := ssax.SelectOf(sel)
	if !ok {
		return false
	}
	best := -1
	for i, st := range sel.States {
		other := p.OfValue(st.Chan)
		if i == d.Op.State || st.Dir != types.RecvOnly || other == ch || !p.leadsOut(s.Cases[i], lead) {
			continue
		}
		if best < 0 || p.rank(other) < p.rank(p.OfValue(sel.States[best].Chan)) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	d.Pos, d.End = sel.States[best].Pos, sel.States[best].Chan
	d.By = p.OfValue(d.End)
	return true
}

// rank orders the channels of cases by how certain it is that they end what waits.
func (p *Package) rank(ch *Channel) int {
	switch {
	case ch.Done:
		return 0
	case ch.Signal():
		return 1
	case !ch.Timer:
		return 2
	}
	return 3
}

// byError finds a test for the error of a call that leads out of the function: in the
// loop around a receive, or before a send. Where others are told of the error, they may
// know what it means.
func (p *Package) byError(d *Departure, ch *Channel, lead map[ssa.Instruction]bool) bool {
	loop := p.Loops(d.Fn).Around(d.Op.Instr.Block())
	if loop == nil && d.Op.Kind == Recv {
		return false
	}
	for loop != nil && loop.Parent != nil {
		loop = loop.Parent
	}
	answers := p.answers(ch, d.Op, loop)
	quiet := func(instr ssa.Instruction) bool { return lead[instr] || p.tellsAnything(instr) }
	// Who goes on with the loop has not left because of the error.
	onward := func(instr ssa.Instruction) bool { return loop != nil && instr.Block() == loop.Header || quiet(instr) }
	for _, e := range p.exits(d.Fn).failures {
		b := e.From
		if loop != nil && !loop.Blocks[b] {
			continue
		}
		if loop == nil && !b.Dominates(d.Op.Instr.Block()) || loop != nil && d.Op.Kind == Recv && !d.Op.Instr.Block().Dominates(b) {
			continue
		}
		// Only an error on the way to the answer is one of the request that it is for.
		owed := answers && b.Dominates(d.Op.Instr.Block())
		left := owed && unanswered(loop, b, lead) && p.getsTo(e, loop.Header, quiet) || p.leavesBy(e, onward)
		if left && !p.alone(ch, d.Fn, ssax.BranchOf(b)) {
			d.Pos = ssax.BranchOf(b).Cond.Pos()
			return true
		}
	}
	return false
}

// unanswered reports whether an iteration may get to the end of a block without meeting
// an instruction of lead: what it owes has not been sent then.
func unanswered(loop *ssax.Loop, b *ssa.BasicBlock, lead map[ssa.Instruction]bool) bool {
	end := b.Instrs[len(b.Instrs)-1]
	s := ssax.Search{
		Goal:    func(instr ssa.Instruction) bool { return instr == end },
		Barrier: func(instr ssa.Instruction) bool { return lead[instr] },
	}
	return loop.Header == b || s.After(loop.Header.Instrs[0])
}

// getsTo reports whether control may get from an edge to a block without meeting an
// instruction that barrier accepts.
func (p *Package) getsTo(e ssax.Edge, to *ssa.BasicBlock, barrier func(ssa.Instruction) bool) bool {
	if e.To() == to {
		return true
	}
	s := ssax.Search{
		Goal:    func(instr ssa.Instruction) bool { return instr.Block() == to },
		Barrier: barrier,
	}
	return !barrier(e.To().Instrs[0]) && s.After(e.To().Instrs[0])
}

// answers reports whether an operation in a loop sends to whoever made the channel and
// has sent it: each iteration owes a value to another.
func (p *Package) answers(ch *Channel, op Op, loop *ssax.Loop) bool {
	if op.Kind != Send || loop == nil || len(ch.Makes) == 0 {
		return false
	}
	for _, m := range ch.Makes {
		if m.Parent() == op.Fn() {
			return false
		}
	}
	received := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		if instr != op.Instr && len(p.Received(instr)) > 0 && instr.Block().Dominates(op.Instr.Block()) {
			received = true
		}
		return !received
	})
	return received
}

// tellsAnything reports whether an instruction sends on a channel, closes one or cancels
// a context, or calls something of the package that does.
func (p *Package) tellsAnything(instr ssa.Instruction) bool {
	if len(p.Told(instr)) > 0 || tells(instr) {
		return true
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	callee := p.Callee(call.Common())
	return callee != nil && p.telling.Get(callee)
}

// tellsIn is the Step of Package.telling.
func (p *Package) tellsIn(fn *ssa.Function) bool {
	return ssax.Any(fn, p.tellsAnything)
}

// leadsOut reports whether control may get from an edge to a return without meeting
// an instruction of lead.
func (p *Package) leadsOut(e ssax.Edge, lead map[ssa.Instruction]bool) bool {
	return p.leavesBy(e, func(instr ssa.Instruction) bool { return lead[instr] })
}

func (p *Package) leavesBy(e ssax.Edge, barrier func(ssa.Instruction) bool) bool {
	seen := map[*ssa.BasicBlock]bool{e.To(): true}
	work := []*ssa.BasicBlock{e.To()}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		out, on := scan(b, barrier)
		if out {
			return true
		}
		for _, next := range b.Succs {
			if on && !seen[next] && !noCase(next) {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return false
}

// scan reports whether control returns at the end of a block, and whether it gets
// past it.
func scan(b *ssa.BasicBlock, barrier func(ssa.Instruction) bool) (out, on bool) {
	for _, instr := range b.Instrs {
		if barrier(instr) {
			return false, false
		}
		switch instr.(type) {
		case *ssa.Return:
			return true, false
		case *ssa.Panic:
			return false, false
		}
	}
	return false, true
}

// stays reports whether no caller of fn, which has returned, goes on to what lead
// leads to, and whether one may in a loop that has a way out.
func (p *Package) stays(fn *ssa.Function, lead map[ssa.Instruction]bool, seen map[*ssa.Function]bool) (again, ok bool) {
	if seen[fn] {
		return false, true
	}
	seen[fn] = true
	for _, call := range p.CallsOf(fn) {
		if _, deferred := call.(*ssa.Defer); deferred {
			continue
		}
		if len(call.Parent().Blocks) > maxDepartureBlocks || !p.returnsAfter(call, lead) {
			return false, false
		}
		more, ok := p.stays(call.Parent(), lead, seen)
		if !ok {
			return false, false
		}
		again = again || more || p.Loops(call.Parent()).Around(call.Block()) != nil && !p.askedOnce(fn)
	}
	return again, true
}

// returnsAfter reports whether control may get from a call to a return without
// meeting an instruction of lead.
func (p *Package) returnsAfter(call ssa.Instruction, lead map[ssa.Instruction]bool) bool {
	s := ssax.Search{
		Goal:    func(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Return); return ok },
		Barrier: func(instr ssa.Instruction) bool { return lead[instr] },
	}
	return s.After(call)
}
