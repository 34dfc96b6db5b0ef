package mustcall

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// part is the part of a function that one obligation depends on. Control gets from
// anywhere to the same next block of it, whatever the branches on the way: a part has,
// with each block, the branches that decide whether control gets there, and the ends of
// iterations. So a search need not take a step in between, and costs what is done with
// the obligation, not what is done while there is one.
type part struct {
	g   *graph
	own []int // by place in the tree of post-dominators: the indices of blocks that are not shared
	up  []int // the number in own of the nearest one above, or -1
	all bool
}

// part returns the part of the function of f, given what conditions matter.
func (f *Flow) part(c *conditions) *part {
	g := c.graph
	if f.everywhere || f.o.Overwrites != nil && f.o.Rivals == nil {
		return &part{all: true}
	}
	g.base = g.baseOf(c)
	r := newRelevance(g, g.base)
	g.passing(c.slice, r)
	for _, instr := range f.Uses.Released {
		r.add(instr.Block())
	}
	for _, v := range f.holders {
		for _, ref := range *v.Referrers() {
			if ref.Parent() == g.fn {
				r.add(ref.Block())
			}
		}
	}
	if f.o.Rivals != nil {
		for _, call := range f.o.Rivals() {
			if call.Parent() == g.fn {
				r.add(call.Block())
			}
		}
	}
	p := &part{g: g}
	for _, blocks := range []map[*ssa.BasicBlock]bool{r.blocks, c.relevant.blocks} {
		for b := range blocks {
			p.own = append(p.own, b.Index)
		}
	}
	slices.SortFunc(p.own, func(a, b int) int { return cmp.Compare(g.enter[a], g.enter[b]) })
	p.own = slices.Compact(p.own)
	var above []int
	for i, b := range p.own {
		for len(above) > 0 && g.leave[p.own[above[len(above)-1]]] < g.enter[b] {
			above = above[:len(above)-1]
		}
		p.up = append(p.up, -1)
		if len(above) > 0 {
			p.up[i] = above[len(above)-1]
		}
		above = append(above, i)
	}
	return p
}

// next returns the first block of the part on every path from the start of b, which may
// be b itself, or nil if there is none.
func (p *part) next(b *ssa.BasicBlock) *ssa.BasicBlock {
	if p.all {
		return b
	}
	g, at := p.g, p.g.enter[b.Index]
	next := g.upShared[b.Index]
	i, found := slices.BinarySearchFunc(p.own, at, func(own, at int) int { return cmp.Compare(g.enter[own], at) })
	if !found {
		i--
	}
	for i >= 0 && g.leave[p.own[i]] < at {
		i = p.up[i]
	}
	if i >= 0 && (next < 0 || g.enter[next] < g.enter[p.own[i]]) {
		next = p.own[i]
	}
	if next < 0 {
		return nil
	}
	return g.fn.Blocks[next]
}

// baseOf returns what has to be looked at whatever the obligation is: besides what ends
// paths and iterations, waits for the end of a context and questions about it, which
// may excuse an obligation, and what the conditions depend on that decide about them.
func (g *graph) baseOf(c *conditions) *relevance {
	if g.base != nil {
		return g.base
	}
	r := newRelevance(g, g.final)
	for _, b := range g.fn.Blocks {
		if slices.ContainsFunc(b.Instrs, asksContext) {
			r.add(b)
		}
	}
	g.passing(g.shared, r)
	g.tree()
	g.upShared = make([]int, len(g.fn.Blocks))
	for _, b := range g.downwards() {
		switch {
		case r.blocks[b] || g.final.blocks[b]:
			g.upShared[b.Index] = b.Index
		case g.after[b.Index] >= 0:
			g.upShared[b.Index] = g.upShared[g.after[b.Index]]
		default:
			g.upShared[b.Index] = -1
		}
	}
	// A relevance leaves out what another one has that it shares.
	for b := range g.final.blocks {
		r.blocks[b] = true
	}
	return r
}

// asksContext reports whether an instruction waits for a channel that a call gives, as
// that of a context, or asks for the error of something.
func asksContext(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		return instr.Call.IsInvoke() && instr.Call.Method.Name() == "Err"
	}
	return false
}

// passing adds the blocks in which something changes on which the conditions of a slice
// depend: phis, and what is in memory.
func (g *graph) passing(s *slice, r *relevance) {
	for v := range s.bearing {
		switch v := v.(type) {
		case *ssa.Phi:
			r.add(v.Block())
			for _, p := range v.Block().Preds {
				r.add(p)
			}
		case *ssa.Alloc:
			for _, st := range ssax.StoresTo(v) {
				r.add(st.Block())
			}
		case *ssa.UnOp:
			if v.Op == token.MUL {
				g.storesTo(g.branches.terms.of(v.X), r)
			}
		}
	}
	for key := range s.keys {
		for _, addr := range g.branches.terms.supportOf(key).loads {
			g.storesTo(addr, r)
		}
	}
}

// storesTo adds the blocks with a store to an address.
func (g *graph) storesTo(addr term, r *relevance) {
	if g.stores == nil {
		g.stores = make(map[term][]*ssa.BasicBlock)
		for _, b := range g.fn.Blocks {
			for _, instr := range b.Instrs {
				if st, ok := instr.(*ssa.Store); ok {
					t := g.branches.terms.of(st.Addr)
					g.stores[t] = append(g.stores[t], b)
				}
			}
		}
	}
	for _, b := range g.stores[addr] {
		r.add(b)
	}
}

// downwards returns the blocks so that each comes after the one that post-dominates it.
func (g *graph) downwards() []*ssa.BasicBlock {
	blocks := slices.Clone(g.fn.Blocks)
	slices.SortFunc(blocks, func(a, b *ssa.BasicBlock) int { return cmp.Compare(g.enter[a.Index], g.enter[b.Index]) })
	return blocks
}

// tree numbers the blocks in the tree of post-dominators.
func (g *graph) tree() {
	if g.controlled == nil {
		g.control()
	}
	n := len(g.fn.Blocks)
	below := make([][]int, n)
	var stack []int
	for i := range n {
		if up := g.after[i]; up >= 0 {
			below[up] = append(below[up], i)
		} else {
			stack = append(stack, i)
		}
	}
	g.enter, g.leave = make([]int, n), make([]int, n)
	at := 0
	var order []int
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		g.enter[i], g.leave[i] = at, at
		at++
		order = append(order, i)
		stack = append(stack, below[i]...)
	}
	for _, i := range slices.Backward(order) {
		if up := g.after[i]; up >= 0 {
			g.leave[up] = max(g.leave[up], g.leave[i])
		}
	}
}
