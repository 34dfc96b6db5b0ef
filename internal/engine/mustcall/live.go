package mustcall

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// bits is a set of holders.
type bits uint64

const maxHolders = 64

func (b bits) has(i int) bool     { return b&(1<<i) != 0 }
func (b bits) with(i int) bits    { return b | 1<<i }
func (b bits) without(i int) bits { return b &^ (1 << i) }

// liveness holds, per block index, the holders whose contents can still be used
// when control is at the block's start, after its phis.
type liveness struct {
	f        *Flow
	in       []bits
	deferred bits // cells whose contents some deferred closure will meet
}

// newLiveness solves the usual backward data-flow problem: a load or any other
// use makes a holder live, its definition or a store to it ends that.
func newLiveness(f *Flow, fn *ssa.Function) *liveness {
	l := &liveness{f: f, in: make([]bits, len(fn.Blocks)), deferred: f.deferred()}
	for changed := true; changed; {
		changed = false
		for i := len(fn.Blocks) - 1; i >= 0; i-- {
			b := fn.Blocks[i]
			live := l.before(b, -1)
			if live != l.in[b.Index] {
				l.in[b.Index] = live
				changed = true
			}
		}
	}
	return l
}

// before returns the holders that are live right after instruction at of block b
// (-1: at the start of b, after its phis).
func (l *liveness) before(b *ssa.BasicBlock, at int) bits {
	live := l.out(b)
	for i := len(b.Instrs) - 1; i > at; i-- {
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
			continue
		}
		live |= l.uses(instr)
	}
	return live
}

func (l *liveness) uses(instr ssa.Instruction) bits {
	var used bits
	for _, e := range l.f.effects[instr] {
		if e.holder != anyHolder {
			used = used.with(e.holder)
		}
	}
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
