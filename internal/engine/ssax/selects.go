package ssax

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Select is a select statement with the edges to its cases.
type Select struct {
	*ssa.Select
	Cases   []Edge // by state: the edge into the case's body
	Default Edge   // the edge into the default clause; From is nil if there is none

	// Merged is the test that was to tell the last case from the default, if both do
	// nothing and became one: then there is no edge to either, and control goes on
	// after the test. It is nil otherwise.
	Merged *ssa.BinOp
}

// SelectOf returns sel with the edges to its cases. ok is false if the pattern
// that go/ssa generates is not found, or if the last case has no edge (see Merged).
func SelectOf(sel *ssa.Select) (s Select, ok bool) {
	s = Select{Select: sel, Cases: make([]Edge, len(sel.States))}
	var index *ssa.Extract
	for _, ref := range *sel.Referrers() {
		if x, isExtract := ref.(*ssa.Extract); isExtract && x.Index == 0 {
			index = x
		}
	}
	if index == nil {
		return s, len(sel.States) == 0
	}
	found := 0
	for _, ref := range *index.Referrers() {
		cmp, isCmp := ref.(*ssa.BinOp)
		if !isCmp {
			continue
		}
		if len(*cmp.Referrers()) == 0 && !sel.Blocking && len(s.Cases) > 0 {
			if k, isConst := intConst(cmp.Y); isConst && k == int64(len(s.Cases)-1) {
				s.Merged = cmp
			}
		}
		if len(*cmp.Referrers()) != 1 {
			continue
		}
		branch, isIf := (*cmp.Referrers())[0].(*ssa.If)
		k, isConst := cmp.Y.(*ssa.Const)
		if !isIf || !isConst {
			continue
		}
		state := int(k.Int64())
		if state < 0 || state >= len(s.Cases) {
			return s, false
		}
		s.Cases[state] = Edge{branch.Block(), 0}
		if state == len(s.Cases)-1 && !sel.Blocking {
			s.Default = Edge{branch.Block(), 1}
		}
		found++
	}
	return s, found == len(s.Cases)
}

// Whole reports whether it is known where each case goes on, other than the last one
// and the default if they are merged.
func (s *Select) Whole() bool {
	for i, e := range s.Cases {
		if e.From == nil && (s.Merged == nil || i < len(s.Cases)-1) {
			return false
		}
	}
	return true
}

// CaseStart returns where the case of a state begins: a block, and how many of its
// instructions come before.
func (s *Select) CaseStart(state int) (b *ssa.BasicBlock, before int) {
	if s.Cases[state].From == nil {
		return s.afterMerged()
	}
	return s.Cases[state].To(), 0
}

// DefaultStart returns where the default begins, as CaseStart does.
func (s *Select) DefaultStart() (b *ssa.BasicBlock, before int) {
	if s.Merged != nil {
		return s.afterMerged()
	}
	return s.Default.To(), 0
}

func (s *Select) afterMerged() (b *ssa.BasicBlock, before int) {
	b = s.Merged.Block()
	return b, slices.Index(b.Instrs, ssa.Instruction(s.Merged)) + 1
}

// IsDispatch reports whether the branch tests which case a select statement has
// chosen.
func IsDispatch(branch *ssa.If) bool {
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	x, ok := cmp.X.(*ssa.Extract)
	if !ok || x.Index != 0 {
		return false
	}
	_, ok = x.Tuple.(*ssa.Select)
	return ok
}
