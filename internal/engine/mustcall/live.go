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
	in       map[*ssa.BasicBlock]bits  // only for blocks that have any
	touched  map[*ssa.BasicBlock][]int // numbers of the instructions that do something with a holder, in order
	deferred bits                      // cells that count as used where deferred calls run
}

// newLiveness solves the usual backward data-flow problem: a load or any other
// use makes a holder live; its definition or a store to it ends that. It begins
// where holders are used and goes only as far as they are live, so that it
// costs no more in a large function than in a small one. Deferred cells are the
// exception: their contents are used wherever the function returns.
func newLiveness(f *Flow, g *graph, deferred bits) *liveness {
	l := &liveness{f: f, in: make(map[*ssa.BasicBlock]bits), touched: make(map[*ssa.BasicBlock][]int), deferred: deferred}
	work := l.touch(g)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if live := l.before(b, -1); live != l.in[b] {
			l.in[b] = live
			work = append(work, b.Preds...)
		}
	}
	return l
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
		in := l.in[s]
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
