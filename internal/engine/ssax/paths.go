package ssax

import (
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Search looks for an instruction along the paths of one function. It takes
// every branch for possible (may) and does not enter calls.
type Search struct {
	Goal    func(ssa.Instruction) bool
	Barrier func(ssa.Instruction) bool          // paths end here, unless it is the goal; may be nil
	Edge    func(from, to *ssa.BasicBlock) bool // whether paths may take an edge; nil allows all
}

// After reports whether control can get to the goal from the instruction after
// from. from itself is looked at only if a loop comes back to it.
func (s *Search) After(from ssa.Instruction) bool {
	b := from.Block()
	return s.run(b, slices.Index(b.Instrs, from)+1)
}

func (s *Search) run(b *ssa.BasicBlock, at int) bool {
	if found, on := s.scan(b.Instrs[at:]); !on {
		return found
	}
	seen := make([]bool, len(b.Parent().Blocks))
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, next := range b.Succs {
			if seen[next.Index] || s.Edge != nil && !s.Edge(b, next) {
				continue
			}
			seen[next.Index] = true
			found, on := s.scan(next.Instrs)
			if found {
				return true
			}
			if on {
				work = append(work, next)
			}
		}
	}
	return false
}

// scan looks at instructions that run one after another: whether the goal is
// among them, and whether control gets past them without reaching it.
func (s *Search) scan(instrs []ssa.Instruction) (found, on bool) {
	for _, instr := range instrs {
		if s.Goal(instr) {
			return true, false
		}
		if s.Barrier != nil && s.Barrier(instr) {
			return false, false
		}
	}
	return false, true
}

// Reaches reports whether control can get from one instruction of a function to
// another (may), or back to the same one if both are equal. It is false for
// instructions of different functions.
func Reaches(from, to ssa.Instruction) bool { return ReachesWithout(from, to) }

// ReachesWithout is [Reaches] for paths without a barrier in between.
func ReachesWithout(from, to ssa.Instruction, barriers ...ssa.Instruction) bool {
	if from.Parent() != to.Parent() {
		return false
	}
	s := Search{Goal: func(instr ssa.Instruction) bool { return instr == to }}
	if len(barriers) > 0 {
		s.Barrier = func(instr ssa.Instruction) bool { return slices.Contains(barriers, instr) }
	}
	return s.After(from)
}

// StoreReaches reports whether the stored value can still be there when control
// gets to the instruction at, of the same function (may): a path between them
// has none of stores, which must be all stores to the place.
func StoreReaches(st *ssa.Store, at ssa.Instruction, stores []*ssa.Store) bool {
	if st.Parent() != at.Parent() {
		return false
	}
	s := Search{
		Goal:    func(instr ssa.Instruction) bool { return instr == at },
		Barrier: func(instr ssa.Instruction) bool { return IsOneOf(instr, stores) },
	}
	return s.After(st)
}

// IsOneOf reports whether the instruction is one of the stores.
func IsOneOf(instr ssa.Instruction, stores []*ssa.Store) bool {
	st, ok := instr.(*ssa.Store)
	return ok && slices.Contains(stores, st)
}

// Dominates reports whether control has passed a whenever it gets to b, in the
// same function (must). An instruction dominates itself.
func Dominates(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	for _, instr := range a.Block().Instrs {
		switch instr {
		case a:
			return true
		case b:
			return false
		}
	}
	return false
}

// OnlyBy reports whether control gets to block b only by successor i of the
// branch (must): the condition of the branch has that outcome in b.
func OnlyBy(b *ssa.BasicBlock, branch *ssa.If, i int) bool {
	to := branch.Block().Succs[i]
	return len(to.Preds) == 1 && to.Dominates(b)
}

// Guards yields the branches that decide whether control gets to block b, the innermost
// first, each with the successor by which alone it gets there: see [OnlyBy]. It goes up
// to the branch of block from, or to the entry if from is nil or does not dominate b.
func Guards(b, from *ssa.BasicBlock) iter.Seq2[*ssa.If, int] {
	return func(yield func(*ssa.If, int) bool) {
		for d := b; d != from && d.Idom() != nil; {
			d = d.Idom()
			branch := BranchOf(d)
			if branch == nil {
				continue
			}
			for i := range d.Succs {
				if OnlyBy(b, branch, i) && !yield(branch, i) {
					return
				}
			}
		}
	}
}

// A BlockReach answers which blocks of a function control can get to from which
// others, and keeps the answers.
type BlockReach struct {
	rows [][]bool // by index of the block to start from, then of the block to get to
}

// NewBlockReach returns a BlockReach for fn.
func NewBlockReach(fn *ssa.Function) *BlockReach {
	return &BlockReach{make([][]bool, len(fn.Blocks))}
}

// Reaches reports whether a path of at least one edge leads from a to b (may).
func (r *BlockReach) Reaches(a, b *ssa.BasicBlock) bool {
	row := r.rows[a.Index]
	if row == nil {
		row = make([]bool, len(r.rows))
		work := slices.Clone(a.Succs)
		for len(work) > 0 {
			next := work[len(work)-1]
			work = work[:len(work)-1]
			if !row[next.Index] {
				row[next.Index] = true
				work = append(work, next.Succs...)
			}
		}
		r.rows[a.Index] = row
	}
	return row[b.Index]
}

// Postorder returns the blocks of fn that control can get to, each after those that
// follow it, other than by a loop.
func Postorder(fn *ssa.Function) []*ssa.BasicBlock {
	type visit struct {
		b    *ssa.BasicBlock
		next int
	}
	var post []*ssa.BasicBlock
	seen := make([]bool, len(fn.Blocks))
	seen[0] = true
	for work := []visit{{fn.Blocks[0], 0}}; len(work) > 0; {
		top := &work[len(work)-1]
		if top.next == len(top.b.Succs) {
			post = append(post, top.b)
			work = work[:len(work)-1]
			continue
		}
		top.next++
		succ := top.b.Succs[len(top.b.Succs)-top.next] // what comes after a loop first: the body is nearer to the header
		if !seen[succ.Index] {
			seen[succ.Index] = true
			work = append(work, visit{succ, 0})
		}
	}
	return post
}
