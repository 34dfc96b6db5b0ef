package goroutineleak

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// exits says how control leaves a function from each of its blocks, so that nobody who
// looks for a way out need follow the rest of the function.
type exits struct {
	order []int             // by block: a number that is less than those of the blocks after it, other than by a loop
	first []ssa.Instruction // by block: of the returns that control can get to, the first in the source; nil if there is none
	right []bool            // by block: control may get to a return that tells of no failure
	stops []bool            // by block: control may get to something that it does not get past if a goroutine blocks
}

// exitsOf returns the exits of fn.
func (c *checker) exitsOf(fn *ssa.Function) *exits {
	if x := c.exits[fn]; x != nil {
		return x
	}
	n := len(fn.Blocks)
	x := &exits{make([]int, n), make([]ssa.Instruction, n), make([]bool, n), make([]bool, n)}
	c.exits[fn] = x
	post := ssax.Postorder(fn)
	for i, b := range post {
		x.order[b.Index] = n - i
		for _, instr := range b.Instrs {
			x.stops[b.Index] = x.stops[b.Index] || c.waits(instr) || c.failsTest(instr)
			if ret, ok := instr.(*ssa.Return); ok {
				x.first[b.Index], x.right[b.Index] = ret, !purpose.Fails(ret)
			}
		}
	}
	// Only jumps back need another round, so there are about as many as loops are deep.
	for changed := true; changed; {
		changed = false
		for _, b := range post {
			for _, succ := range b.Succs {
				changed = x.add(b, succ) || changed
			}
		}
	}
	return x
}

// add adds what control can get to from succ, a successor of b.
func (x *exits) add(b, succ *ssa.BasicBlock) (changed bool) {
	if x.stops[succ.Index] && !x.stops[b.Index] {
		x.stops[b.Index], changed = true, true
	}
	if x.right[succ.Index] && !x.right[b.Index] {
		x.right[b.Index], changed = true, true
	}
	exit, known := x.first[succ.Index], x.first[b.Index]
	if exit != nil && (known == nil || ssax.ExitPos(exit) < ssax.ExitPos(known)) {
		x.first[b.Index], changed = exit, true
	}
	return changed
}

// last returns the order of the last block of d's function with something that matters
// for d. What is in literals does not count: their blocks are not those of the function.
func (x *exits) last(d *delivery, alternatives []alternative) int {
	last := 0
	at := func(b *ssa.BasicBlock) {
		if b.Parent() == d.Fn {
			last = max(last, x.order[b.Index])
		}
	}
	for _, instrs := range []map[ssa.Instruction]bool{d.receives, d.calls, d.drains} {
		for instr := range instrs {
			at(instr.Block())
		}
	}
	for site := range d.bare {
		at(site.Block())
	}
	for _, edges := range []map[ssax.Edge]bool{d.cases, d.settles} {
		for e := range edges {
			at(e.From)
		}
	}
	for _, a := range alternatives {
		if a.edge.From != nil {
			at(a.edge.From)
		}
	}
	return last
}

// firstLeak returns the abandonment that comes first in the source.
func firstLeak(found []*abandonment) *abandonment {
	first := slices.MinFunc(found, func(a, b *abandonment) int {
		return cmp.Or(
			cmp.Compare(ssax.ExitPos(a.exit), ssax.ExitPos(b.exit)),
			cmp.Compare(a.site.Pos(), b.site.Pos()),
			cmp.Compare(a.chosen.pos, b.chosen.pos),
		)
	})
	first.returns = !slices.ContainsFunc(found, func(a *abandonment) bool { return !a.returns })
	first.fails = !slices.ContainsFunc(found, func(a *abandonment) bool { return !a.fails })
	first.most = slices.MaxFunc(found, func(a, b *abandonment) int { return cmp.Compare(a.most, b.most) }).most
	return first
}
