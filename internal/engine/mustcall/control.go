package mustcall

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// controls returns the blocks whose branches decide directly whether control gets to
// b: one side always leads there, and the other may not.
func (g *graph) controls(b *ssa.BasicBlock) []*ssa.BasicBlock {
	if g.controlled == nil {
		g.control()
	}
	return g.controlled[b.Index]
}

// control computes which branches control which blocks: those on the way from a side
// of the branch up the tree of post-dominators to the first block that both sides
// lead to.
func (g *graph) control() {
	g.controlled = make([][]*ssa.BasicBlock, len(g.fn.Blocks))
	g.after = g.postDominators()
	after := g.after
	for _, b := range g.fn.Blocks {
		if len(b.Succs) < 2 {
			continue
		}
		for _, s := range b.Succs {
			for i := s.Index; i != after[b.Index] && i >= 0; i = after[i] {
				if !slices.Contains(g.controlled[i], b) {
					g.controlled[i] = append(g.controlled[i], b)
				}
			}
		}
	}
}

// postDominators returns, by index, the index of the first block through which all
// paths from a block to an end go; -1 if that is the end of the function. An edge that
// leads back counts as leading to the end.
func (g *graph) postDominators() []int {
	const end = -1
	n := len(g.fn.Blocks)
	ordered := make([]*ssa.BasicBlock, n)
	for _, b := range g.fn.Blocks {
		ordered[g.rank[b.Index]] = b
	}
	after := make([]int, n)
	rank := func(i int) int {
		if i == end {
			return n
		}
		return g.rank[i]
	}
	for _, b := range slices.Backward(ordered) { // what comes later first
		next := end
		for i, s := range b.Succs {
			to := s.Index
			if g.rank[to] <= g.rank[b.Index] {
				to = end
			}
			if i == 0 {
				next = to
			}
			for next != to {
				if rank(next) < rank(to) {
					next = after[next]
				} else {
					to = after[to]
				}
			}
		}
		after[b.Index] = next
	}
	return after
}
