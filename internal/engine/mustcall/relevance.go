package mustcall

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// users are the blocks whose branches ask for a given fact or binding.
type users struct {
	blocks []*ssa.BasicBlock
	born   *ssa.BasicBlock // where what they ask for is computed; nil if they compute it
	first  *ssa.BasicBlock // see firstOf; nil until computed
	before *blockSet       // the blocks from which control can get to one of them, including themselves; nil until computed
}

// several reports whether more than one branch asks.
func (u *users) several() bool { return u != nil && len(u.blocks) > 1 }

// mayAsk reports whether some branch that control can get to from the start of b
// asks.
func (g *graph) mayAsk(u *users, b *ssa.BasicBlock) bool {
	if u == nil || len(u.blocks) == 0 {
		return false
	}
	if len(u.blocks) <= fewUsers {
		if u.first == nil {
			u.first = g.firstOf(u)
		}
		return u.first.Dominates(b) && slices.ContainsFunc(u.blocks, func(x *ssa.BasicBlock) bool { return x == b || g.reaches(b, x) })
	}
	if u.before == nil {
		u.before = g.leadingTo(u)
	}
	return u.before.has(g.rank[b.Index])
}

// firstOf returns a block that control passes only once, and before it gets to any of
// the users or to where what they ask for is computed.
func (g *graph) firstOf(u *users) *ssa.BasicBlock {
	first := u.born
	for _, b := range u.blocks {
		if first == nil {
			first = b
		}
		for !first.Dominates(b) {
			first = first.Idom()
		}
	}
	for g.cyclic[first.Index] && first.Idom() != nil {
		first = first.Idom()
	}
	return first
}

// leadingTo returns the blocks from which control can get to one of the users.
// It leaves out those that come before a block which control passes only once
// on its way there, before what they ask for is known. In code without loops,
// that leaves the blocks between the first and the last user.
func (g *graph) leadingTo(u *users) *blockSet {
	first := g.firstOf(u)
	g.walks++
	var found []int
	low, high := g.rank[first.Index], 0
	work := slices.Clone(u.blocks)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if g.mark[b.Index] == g.walks {
			continue
		}
		g.mark[b.Index] = g.walks
		r := g.rank[b.Index]
		found = append(found, r)
		low, high = min(low, r), max(high, r)
		if b != first {
			work = append(work, b.Preds...)
		}
	}
	set := newBlockSet(low, high)
	for _, r := range found {
		set.add(r)
	}
	return set
}

// usersOf returns the branches whose outcome depends on holder, a phi or the
// contents of a variable; nil if there are none.
func (g *graph) usersOf(holder ssa.Value) *users {
	if !g.bearing[holder] {
		return nil
	}
	u, ok := g.holders[holder]
	if !ok {
		u = &users{blocks: g.dependents(holder), born: holder.(ssa.Instruction).Block()}
		g.holders[holder] = u
	}
	return u
}

// dependents follows a phi, or the contents of a variable, forward to branches:
// the reverse of bear.
func (g *graph) dependents(holder ssa.Value) []*ssa.BasicBlock {
	var found []*ssa.BasicBlock
	seen := map[ssa.Value]bool{holder: true}
	work := []ssa.Value{holder}
	for len(work) > 0 {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		_, variable := v.(*ssa.Alloc)
		for _, ref := range *v.Referrers() {
			var next ssa.Value
			switch ref := ref.(type) {
			case *ssa.If:
				found = append(found, ref.Block())
			case *ssa.Store:
				if cell, ok := ref.Addr.(*ssa.Alloc); ok && ref.Val == v {
					next = cell
				}
			case *ssa.UnOp:
				if !variable || ref.Op == token.MUL {
					next = ref
				}
			case *ssa.Phi, *ssa.BinOp, *ssa.ChangeType, *ssa.MakeInterface:
				if !variable {
					next = ref.(ssa.Value)
				}
			}
			if next != nil && g.bearing[next] && !seen[next] {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return found
}

// blockSet is a set of blocks, by rank.
type blockSet struct {
	low  int
	bits []uint64
}

func newBlockSet(low, high int) *blockSet {
	return &blockSet{low, make([]uint64, (high-low)/64+1)}
}

func (s *blockSet) add(rank int) { s.bits[(rank-s.low)/64] |= 1 << ((rank - s.low) % 64) }

func (s *blockSet) has(rank int) bool {
	i := rank - s.low
	return i >= 0 && i/64 < len(s.bits) && s.bits[i/64]&(1<<(i%64)) != 0
}
