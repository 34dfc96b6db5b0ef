package mustcall

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// bits is a set of holders.
type bits uint64

// maxHolders bounds the values and variables that may hold one obligation. An
// obligation with more is given up: no leak is reported.
const maxHolders = 64

func (b bits) has(i int) bool     { return b&(1<<i) != 0 }
func (b bits) with(i int) bits    { return b | 1<<i }
func (b bits) without(i int) bits { return b &^ (1 << i) }

// liveness holds, for each block, the holders whose contents can still be used
// when control is at the block's start, after its phis.
type liveness struct {
	f        *Flow
	in       []bits                    // by index of a block; borrowed from the graph
	changed  []int                     // the indices for which in is not zero
	touched  map[*ssa.BasicBlock][]int // numbers of the instructions that do something with a holder, in order
	deferred bits                      // cells that count as used where deferred calls run
}

// newLiveness solves the usual backward data-flow problem: a load or any other
// use makes a holder live; its definition or a store to it ends that. It begins
// where holders are used and goes only as far as they are live, so that it
// costs no more in a large function than in a small one. Deferred cells are the
// exception: their contents are used wherever the function returns.
func newLiveness(f *Flow, g *graph, deferred bits) *liveness {
	l := &liveness{f: f, in: g.borrow(), touched: make(map[*ssa.BasicBlock][]int), deferred: deferred}
	work := l.touch(g)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if live := l.before(b, -1); live != l.in[b.Index] {
			if l.in[b.Index] == 0 {
				l.changed = append(l.changed, b.Index)
			}
			l.in[b.Index] = live
			work = append(work, b.Preds...)
		}
	}
	return l
}

// borrow returns a list of zeros, one for each block. To make one for each obligation
// would cost more than most of them.
func (g *graph) borrow() []bits {
	if n := len(g.idle); n > 0 {
		list := g.idle[n-1]
		g.idle = g.idle[:n-1]
		return list
	}
	return make([]bits, len(g.fn.Blocks))
}

// close gives back what was borrowed; l must not be used afterwards.
func (l *liveness) close(g *graph) {
	if l != nil {
		for _, i := range l.changed {
			l.in[i] = 0
		}
		g.idle = append(g.idle, l.in)
	}
}

// touch finds the instructions that do something with holders, and returns their
// blocks.
func (l *liveness) touch(g *graph) []*ssa.BasicBlock {
	var blocks []*ssa.BasicBlock
	add := func(instr ssa.Instruction) {
		b := instr.Block()
		if l.touched[b] == nil {
			blocks = append(blocks, b)
		}
		l.touched[b] = append(l.touched[b], g.place(instr))
	}
	for _, v := range l.f.holders {
		if instr, ok := v.(ssa.Instruction); ok {
			add(instr)
		}
		for _, ref := range *v.Referrers() {
			if ref.Parent() == g.fn {
				add(ref)
			}
		}
	}
	for instr := range l.f.effects {
		add(instr)
	}
	if l.deferred != 0 {
		for _, b := range g.ends() {
			for _, instr := range b.Instrs {
				if _, ok := instr.(*ssa.RunDefers); ok {
					add(instr)
				}
			}
		}
	}
	for b, list := range l.touched {
		slices.Sort(list)
		l.touched[b] = slices.Compact(list)
	}
	return blocks
}

// before returns the holders that are live right after instruction at of block b
// (-1: at the start of b, after its phis).
func (l *liveness) before(b *ssa.BasicBlock, at int) bits {
	live := l.out(b)
	for _, i := range slices.Backward(l.touched[b]) {
		if i <= at {
			break
		}
		instr := b.Instrs[i]
		if _, ok := instr.(*ssa.Phi); ok {
			continue // a phi uses its operands on the edges; see out
		}
		if v, ok := instr.(ssa.Value); ok {
			if h, ok := l.f.index[v]; ok {
				live = live.without(h)
			}
		}
		if s, ok := instr.(*ssa.Store); ok {
			if h, ok := l.f.index[s.Addr]; ok {
				live = live.without(h)
			}
			if h, ok := l.f.index[s.Val]; ok {
				live = live.with(h)
			}
			live |= l.affected(instr) // by a closure that is stored
			continue
		}
		live |= l.uses(instr)
	}
	return live
}

// affected returns the holders whose contents an instruction meets or passes on.
func (l *liveness) affected(instr ssa.Instruction) bits {
	var holders bits
	for _, e := range l.f.effects[instr] {
		if e.holder != anyHolder {
			holders = holders.with(e.holder)
		}
	}
	return holders
}

func (l *liveness) uses(instr ssa.Instruction) bits {
	used := l.affected(instr)
	if _, ok := instr.(*ssa.RunDefers); ok {
		used |= l.deferred
	}
	if op, ok := instr.(*ssa.BinOp); ok && (op.Op == token.EQL || op.Op == token.NEQ) {
		return used // a comparison with nil keeps nothing alive
	}
	if _, ok := instr.(*ssa.DebugRef); ok {
		return used
	}
	var space [8]*ssa.Value
	for _, op := range instr.Operands(space[:0]) {
		if h, ok := l.f.index[*op]; ok {
			used = used.with(h)
		}
	}
	return used
}

// out returns the holders that are live at the end of b.
func (l *liveness) out(b *ssa.BasicBlock) bits {
	var live bits
	for _, s := range b.Succs {
		in := l.in[s.Index]
		edge := predIndex(b, s)
		for _, instr := range s.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			if p, ok := l.f.index[phi]; ok {
				if in.has(p) {
					if h, ok := l.f.index[phi.Edges[edge]]; ok {
						live = live.with(h)
					}
				}
				in = in.without(p)
			}
		}
		live |= in
	}
	return live
}

// deferred returns the cells whose contents some deferred closure will meet.
func (f *Flow) deferred() bits {
	var cells bits
	for _, effs := range f.effects {
		for _, e := range effs {
			if e.kind == atExit {
				cells = cells.with(e.holder)
			}
		}
	}
	return cells
}

func predIndex(b, succ *ssa.BasicBlock) int {
	for i, p := range succ.Preds {
		if p == b {
			return i
		}
	}
	return -1
}

// fewUsers bounds for how many blocks it is found out one by one whether control can
// get to one of them.
const fewUsers = 6

// needed returns those of the holders whose contents may still be used when control is
// at the start of b, so that paths that differ in nothing else become one again. It
// does not ask, as liveness does, whether something else is stored there before.
func (s *search) needed(holders bits, b *ssa.BasicBlock) bits {
	if s.users == nil {
		s.users = make([][]*ssa.BasicBlock, len(s.Flow.holders))
		for i := range s.users {
			s.users[i] = s.usersOf(i)
		}
	}
	left := holders
	for i := 0; left != 0; i++ {
		if !left.has(i) {
			continue
		}
		left = left.without(i)
		users := s.users[i]
		if len(users) <= fewUsers && !slices.ContainsFunc(users, func(u *ssa.BasicBlock) bool { return u == b || s.g.reaches(b, u) }) {
			holders = holders.without(i)
		}
	}
	return holders
}

// usersOf returns the blocks in which the contents of a holder are used.
func (s *search) usersOf(holder int) []*ssa.BasicBlock {
	var found []*ssa.BasicBlock
	add := func(b *ssa.BasicBlock) {
		if !slices.Contains(found, b) {
			found = append(found, b)
		}
	}
	v := s.Flow.holders[holder]
	for _, ref := range *v.Referrers() {
		if ref.Parent() != s.g.fn || len(found) > fewUsers {
			continue
		}
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.BinOp:
			if ref.Op != token.EQL && ref.Op != token.NEQ { // a comparison keeps nothing alive
				add(ref.Block())
			}
		case *ssa.Phi:
			for i, e := range ref.Edges {
				if e == v {
					add(ref.Block().Preds[i])
				}
			}
		default:
			add(ref.Block())
		}
	}
	for instr, effs := range s.effects {
		if slices.ContainsFunc(effs, func(e effect) bool { return e.holder == holder }) {
			add(instr.Block())
		}
	}
	return found
}
