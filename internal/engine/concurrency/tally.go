package concurrency

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A Tally counts, along the paths of a function, what some of its instructions add.
type Tally struct {
	Pkg  *Package
	Each map[ssa.Instruction]int // what the instructions add
	From ssa.Instruction         // where each path begins, also that of the next iteration; nil for the entry

	shared map[ssa.Instruction]bool // those of which only the first that is run adds something
}

// share makes an instruction one of those of which only the first adds something.
func (t *Tally) share(instr ssa.Instruction) {
	if t.shared == nil {
		t.shared = make(map[ssa.Instruction]bool)
	}
	t.shared[instr] = true
}

// Add returns the count after an instruction, given the count before it. What a loop
// with a known number of iterations adds is counted where the path enters it: see
// [Tally.Enter].
func (t *Tally) Add(instr ssa.Instruction, n int) int {
	k := t.Each[instr]
	loop := t.Pkg.Loops(instr.Parent()).Around(instr.Block())
	switch {
	case k == 0 || t.hasTrips(loop):
		return n
	case t.shared[instr] || t.Pkg.Once(instr):
		return max(n, k)
	case loop != nil && n+k >= maxSeparate:
		return Many
	}
	return min(Many, n+k)
}

// Enter returns the count after an edge that may enter a loop with a known number of
// iterations, given the count before it. It adds what its instructions add in all
// iterations, where each runs them, and what one adds, where it may. Loops with known
// numbers inside it are part of it.
func (t *Tally) Enter(e ssax.Edge, n int) int {
	loops := t.Pkg.Loops(e.From.Parent())
	loop := loops.Around(e.To())
	if loop == nil || loop.Header != e.To() || loop.Blocks[e.From] || !t.hasTrips(loop) || t.hasTrips(loop.Parent) {
		return n
	}
	all, once, shared := 0, 0, 0
	for instr, k := range t.Each {
		times, every := iterations(loops.Around(instr.Block()), loop, instr.Block())
		switch {
		case times == 0:
		case t.shared[instr]:
			shared = max(shared, k)
		case every:
			all = min(Many, all+k*int(times))
		default:
			once = max(once, k)
		}
	}
	more := max(all, once)
	if loop.Parent != nil && more > 0 && n+more >= maxSeparate && !t.begins(loop.Parent) {
		return Many
	}
	return max(min(Many, n+more), shared)
}

// Most returns the highest count on any path of fn; ok is false if that is not
// understood.
func (t *Tally) Most(fn *ssa.Function) (most int, ok bool) {
	return t.most(fn, func(ssax.Edge) bool { return false })
}

// most is Most for the paths without edges that skip accepts.
func (t *Tally) most(fn *ssa.Function, skip func(ssax.Edge) bool) (most int, ok bool) {
	step := func(instr ssa.Instruction, n int) (int, bool) {
		n = t.Add(instr, n)
		most = max(most, n)
		return n, instr == t.From
	}
	past := t.Pkg.After(fn, t.Each)
	cross := func(e ssax.Edge, n int) (int, bool) {
		if skip(e) {
			return n, true
		}
		n = t.Enter(e, n)
		most = max(most, n)
		return n, past(e.To())
	}
	ok = t.Pkg.Walk(fn, t.From, 0, &Walk{Step: step, Cross: cross})
	return most, ok
}

// After returns a function that reports whether control has passed, for good, all of
// some instructions of fn when it gets to a block.
func (p *Package) After(fn *ssa.Function, instrs map[ssa.Instruction]int) func(*ssa.BasicBlock) bool {
	order, last := p.orderOf(fn), 0
	for instr := range instrs {
		last = max(last, order[instr.Block().Index])
	}
	return func(b *ssa.BasicBlock) bool {
		for loop := p.Loops(fn).Around(b); loop != nil; loop = loop.Parent {
			b = loop.Header
		}
		return order[b.Index] > last
	}
}

// orderOf returns a number for each block of fn that is less than those of the blocks
// after it, other than by a loop.
func (p *Package) orderOf(fn *ssa.Function) []int {
	order := p.orders[fn]
	if order == nil {
		order = make([]int, len(fn.Blocks))
		for i, b := range ssax.Postorder(fn) {
			order[b.Index] = len(fn.Blocks) - i
		}
		p.orders[fn] = order
	}
	return order
}

// hasTrips reports whether the number of iterations of a loop is known, as far as it is
// repeated on one path.
func (t *Tally) hasTrips(loop *ssax.Loop) bool {
	if loop == nil || t.begins(loop) {
		return false
	}
	_, ok := loop.Trips()
	return ok
}

// begins reports whether paths begin in the loop.
func (t *Tally) begins(loop *ssax.Loop) bool { return t.From != nil && loop.Contains(t.From) }

// iterations returns how often a block in the loop inner, or in none, is run when the
// loop outer is, if it is in that: 0 if it is not, or the number is unknown. every is
// false if not all iterations run it.
func iterations(inner, outer *ssax.Loop, b *ssa.BasicBlock) (times int64, every bool) {
	times, every = 1, true
	for loop := inner; loop != nil; loop = loop.Parent {
		n, ok := loop.Trips()
		if !ok {
			return 0, false
		}
		times = min(Many, times*n)
		every = every && everyIteration(loop, b)
		if loop == outer {
			return times, every
		}
		b = loop.Header
		if guard := loop.Guard(); guard.From != nil {
			b = guard.From
		}
	}
	return 0, false
}

// everyIteration reports whether each iteration that is not the last runs b.
func everyIteration(loop *ssax.Loop, b *ssa.BasicBlock) bool {
	for _, latch := range loop.Header.Preds {
		if loop.Blocks[latch] && !b.Dominates(latch) {
			return false
		}
	}
	return true
}
