package ssax

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Loops are the natural loops of one function: each is closed by a jump back to
// a block that dominates it. A cycle that can be entered at two places, which
// takes goto, is not a natural loop.
type Loops struct {
	All       []*Loop // in the order of their headers
	innermost map[*ssa.BasicBlock]*Loop
}

// A Loop is the set of blocks from which control can come back to the header.
type Loop struct {
	Header *ssa.BasicBlock
	Blocks map[*ssa.BasicBlock]bool
	Parent *Loop // the loop around it, or nil
}

// An Edge leads from a block to its successor number Succ.
type Edge struct {
	From *ssa.BasicBlock
	Succ int
}

// To returns the block to which the edge leads.
func (e Edge) To() *ssa.BasicBlock { return e.From.Succs[e.Succ] }

// LoopsOf returns the natural loops of fn. Loops that share a header are one.
func LoopsOf(fn *ssa.Function) *Loops {
	l := &Loops{innermost: make(map[*ssa.BasicBlock]*Loop)}
	byHeader := make(map[*ssa.BasicBlock]*Loop)
	for _, b := range fn.Blocks {
		for _, s := range b.Succs {
			if !s.Dominates(b) {
				continue
			}
			loop := byHeader[s]
			if loop == nil {
				loop = &Loop{Header: s, Blocks: map[*ssa.BasicBlock]bool{s: true}}
				byHeader[s] = loop
				l.All = append(l.All, loop)
			}
			loop.grow(b)
		}
	}
	l.nest(byHeader)
	slices.SortFunc(l.All, func(a, b *Loop) int { return a.Header.Index - b.Header.Index })
	return l
}

// nest finds the innermost loop of each block, and the one around each loop: of those
// that contain it, the smallest.
func (l *Loops) nest(byHeader map[*ssa.BasicBlock]*Loop) {
	slices.SortStableFunc(l.All, func(a, b *Loop) int { return len(a.Blocks) - len(b.Blocks) })
	for _, loop := range l.All {
		for b := range loop.Blocks {
			if l.innermost[b] == nil {
				l.innermost[b] = loop
			}
			if inner := byHeader[b]; inner != nil && inner != loop && inner.Parent == nil && len(inner.Blocks) <= len(loop.Blocks) {
				inner.Parent = loop
			}
		}
	}
}

// grow adds the blocks that lead to latch without passing the header.
func (l *Loop) grow(latch *ssa.BasicBlock) {
	work := []*ssa.BasicBlock{latch}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !l.Blocks[b] {
			l.Blocks[b] = true
			work = append(work, b.Preds...)
		}
	}
}

// Around returns the innermost loop that contains b, or nil.
func (l *Loops) Around(b *ssa.BasicBlock) *Loop { return l.innermost[b] }

// Contains reports whether the instruction is in the loop. A nil loop contains
// nothing.
func (l *Loop) Contains(instr ssa.Instruction) bool {
	return l != nil && l.Blocks[instr.Block()]
}

// Exits returns the edges that leave the loop.
func (l *Loop) Exits() []Edge {
	var exits []Edge
	for _, b := range l.sorted() {
		for i, s := range b.Succs {
			if !l.Blocks[s] {
				exits = append(exits, Edge{b, i})
			}
		}
	}
	return exits
}

// sorted returns the blocks of the loop by index.
func (l *Loop) sorted() []*ssa.BasicBlock {
	blocks := make([]*ssa.BasicBlock, 0, len(l.Blocks))
	for b := range l.Blocks {
		blocks = append(blocks, b)
	}
	slices.SortFunc(blocks, func(a, b *ssa.BasicBlock) int { return a.Index - b.Index })
	return blocks
}

// Instructions calls f for the instructions of the loop, in the order of the
// blocks, until f returns false.
func (l *Loop) Instructions(f func(ssa.Instruction) bool) {
	for _, b := range l.sorted() {
		for _, instr := range b.Instrs {
			if !f(instr) {
				return
			}
		}
	}
}

// Counts reports whether the loop goes on only as long as the comparison of a
// variable with a constant holds: if the variable counts up or down, the number
// of iterations is constant.
func (l *Loop) Counts() bool {
	branch := BranchOf(l.Header)
	if guard := l.Guard(); guard.From != nil {
		branch = BranchOf(guard.From)
	}
	if branch == nil {
		return false
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	_, constant := cmp.Y.(*ssa.Const)
	return constant && (cmp.Op == token.LSS || cmp.Op == token.LEQ || cmp.Op == token.NEQ || cmp.Op == token.GTR || cmp.Op == token.GEQ)
}

// Trips returns how many iterations the loop has unless something leaves it before
// its end. ok is false unless it counts up, by one, from one constant to another.
func (l *Loop) Trips() (n int64, ok bool) {
	for _, b := range l.sorted() {
		branch := BranchOf(b)
		if branch == nil || b != l.Header && !slices.Contains(b.Succs, l.Header) {
			continue
		}
		cmp, isCmp := branch.Cond.(*ssa.BinOp)
		if !isCmp || cmp.Op != token.LSS && cmp.Op != token.LEQ || !l.Blocks[b.Succs[0]] || l.Blocks[b.Succs[1]] {
			continue
		}
		first, isCounter := l.counter(cmp.X)
		last, isConst := intConst(cmp.Y)
		if !isCounter || !isConst {
			continue
		}
		if cmp.Op == token.LEQ {
			last++
		}
		return max(0, last-first), true
	}
	return 0, false
}

// counter returns the first value of a variable that each iteration increments by
// one; v is it, or is it after the increment.
func (l *Loop) counter(v ssa.Value) (first int64, ok bool) {
	if sum, isSum := v.(*ssa.BinOp); isSum {
		v = sum.X
	}
	phi, isPhi := v.(*ssa.Phi)
	if !isPhi || phi.Block() != l.Header {
		return 0, false
	}
	for i, e := range phi.Edges {
		if !l.Blocks[l.Header.Preds[i]] {
			if first, ok = intConst(e); !ok {
				return 0, false
			}
			continue
		}
		sum, isSum := e.(*ssa.BinOp)
		if !isSum || sum.Op != token.ADD || sum.X != ssa.Value(phi) {
			return 0, false
		}
		if step, isConst := intConst(sum.Y); !isConst || step != 1 {
			return 0, false
		}
	}
	return first, ok
}

// Lists reports whether the loop has an iteration for each element of something that
// is there, or counts up or down to a limit, so that it ends whatever happens. It does
// not if it waits for the next element, as of a channel, or for a condition.
func (l *Loop) Lists() bool {
	switch l.Header.Comment {
	case "rangeindex.loop", "rangeiter.loop", "rangeint.body":
		return true
	}
	branch := BranchOf(l.Header)
	if branch == nil || l.Blocks[l.Header.Succs[0]] == l.Blocks[l.Header.Succs[1]] {
		return false
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	phi, ok := cmp.X.(*ssa.Phi)
	if !ok || phi.Block() != l.Header {
		return false
	}
	for i, e := range phi.Edges {
		sum, isSum := e.(*ssa.BinOp)
		if l.Blocks[l.Header.Preds[i]] && (!isSum || sum.X != ssa.Value(phi) || sum.Op != token.ADD && sum.Op != token.SUB) {
			return false
		}
	}
	return true
}

// intConst returns the value of a constant of an integer type.
func intConst(v ssa.Value) (int64, bool) {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.Int {
		return 0, false
	}
	return k.Int64(), true
}

// Guard returns the edge by which control skips a range over an integer that
// has no iteration: SSA tests for that before the loop, and tests for another
// iteration after each one. From is nil for other loops, which test in the
// header.
func (l *Loop) Guard() Edge {
	if l.Header.Comment != "rangeint.body" {
		return Edge{}
	}
	for _, p := range l.Header.Preds {
		if BranchOf(p) == nil || l.Blocks[p] {
			continue
		}
		for i, succ := range p.Succs {
			if succ != l.Header {
				return Edge{p, i}
			}
		}
	}
	return Edge{}
}
