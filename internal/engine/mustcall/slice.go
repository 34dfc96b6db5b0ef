package mustcall

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// What a path knows only matters where something happens to the obligation. The
// branches on which that depends ask for some conditions, phis and variables; a path
// remembers nothing else. Without this, a function with n obligations, each made and
// met under a condition of its own, would have 2ⁿ different states for each of them.

// slice has what the branches that matter to one obligation ask for.
type slice struct {
	shared   *slice             // what matters to all obligations of the function, nil for that itself
	keys     map[term]bool      // of conditions
	subjects map[term]bool      // of comparisons with constants
	bearing  map[ssa.Value]bool // what the conditions depend on: phis and variables
}

func newSlice(shared *slice) *slice {
	return &slice{shared, make(map[term]bool), make(map[term]bool), make(map[ssa.Value]bool)}
}

// sliceOf returns the slice of the flow's obligation, and of what else matters, see
// [Flow.newSearch], and the blocks from which it was made.
func (f *Flow) sliceOf(g *graph, siblings, values []ssa.Value, blocks []*ssa.BasicBlock) (*slice, *relevance) {
	r := newRelevance(g, g.everywhere(f.p))
	for instr := range f.effects {
		r.add(instr.Block())
	}
	for _, v := range f.holders {
		r.holder(v)
	}
	for _, v := range values {
		r.holder(v)
	}
	r.add(f.o.Site.Block())
	for _, b := range blocks {
		r.add(b)
	}
	for _, v := range siblings { // a branch on an error may excuse the rest
		for _, b := range g.dependents(v) {
			r.branch(b)
		}
	}
	return r.slice(g.shared), r
}

// everywhere returns the relevance of what ends a path whatever the obligation is, and
// of the ends of iterations.
func (g *graph) everywhere(p *Protocol) *relevance {
	if g.final == nil {
		g.final = newRelevance(g, nil)
		for _, b := range g.fn.Blocks {
			if slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool { return endsPath(p, instr) }) ||
				slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return g.rank[s.Index] <= g.rank[b.Index] }) {
				g.final.add(b)
			}
		}
		g.shared = g.final.slice(nil)
	}
	return g.final
}

func endsPath(p *Protocol, instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Return, *ssa.Panic:
		return true
	case *ssa.Call:
		return p.Ends != nil && p.Ends(&instr.Call)
	}
	return false
}

// relevance finds the branches on which it depends whether control gets to blocks.
type relevance struct {
	g        *graph
	shared   *relevance // nil, or what is known anyway
	blocks   map[*ssa.BasicBlock]bool
	branches map[*ssa.BasicBlock]bool
	conds    []ssa.Value
}

func newRelevance(g *graph, shared *relevance) *relevance {
	return &relevance{g: g, shared: shared, blocks: make(map[*ssa.BasicBlock]bool), branches: make(map[*ssa.BasicBlock]bool)}
}

// holder adds the blocks in which something becomes, or stops to be, the contents of
// a holder.
func (r *relevance) holder(v ssa.Value) {
	if instr, ok := v.(ssa.Instruction); ok {
		r.add(instr.Block())
	}
	if phi, ok := v.(*ssa.Phi); ok {
		for _, p := range phi.Block().Preds {
			r.add(p)
			if r.g.branchOf(p) != nil {
				r.branch(p)
			}
		}
	}
	for _, ref := range *v.Referrers() {
		switch ref.(type) {
		case *ssa.Store, *ssa.UnOp, *ssa.If, *ssa.FieldAddr:
			if ref.Parent() == r.g.fn {
				r.add(ref.Block())
			}
		}
	}
}

// add adds a block, and the branches on which it depends.
func (r *relevance) add(b *ssa.BasicBlock) {
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if r.blocks[b] || r.shared != nil && r.shared.blocks[b] {
			continue
		}
		r.blocks[b] = true
		for _, on := range r.g.controls(b) {
			r.note(on)
			work = append(work, on)
		}
	}
}

// branch adds the branch at the end of b, and those on which it depends.
func (r *relevance) branch(b *ssa.BasicBlock) {
	r.note(b)
	r.add(b)
}

func (r *relevance) note(b *ssa.BasicBlock) {
	if branch := ssax.BranchOf(b); branch != nil && !r.branches[b] && !(r.shared != nil && r.shared.branches[b]) {
		r.branches[b] = true
		r.conds = append(r.conds, branch.Cond)
	}
}

// slice returns what the branches ask for, also by way of flags.
func (r *relevance) slice(shared *slice) *slice {
	s := newSlice(shared)
	for _, v := range r.conds {
		s.condition(r.g.branches.condition(v))
	}
	bear(r.conds, s.bearing)
	for v := range s.bearing {
		if isTest(v) {
			s.condition(r.g.branches.condition(v))
		}
	}
	return s
}

func (s *slice) condition(c *condition) {
	s.keys[c.key] = true
	if c.subject != 0 {
		s.subjects[c.subject] = true
	}
}

// wants reports whether one of the branches may use a fact about what the subject is,
// or 0.
func (s *slice) wants(f fact, subject term) bool {
	return s.keys[f.key] || f.holds && subject != 0 && s.subjects[subject] || s.shared != nil && s.shared.wants(f, subject)
}

// follows reports whether one of the branches depends on a phi or a variable.
func (s *slice) follows(holder ssa.Value) bool {
	return s.bearing[holder] || s.shared != nil && s.shared.bearing[holder]
}
