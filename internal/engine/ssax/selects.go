package ssax

import "golang.org/x/tools/go/ssa"

// A Select is a select statement with the edges to its cases.
type Select struct {
	*ssa.Select
	Cases   []Edge // by state: the edge into the case's body
	Default Edge   // the edge into the default clause; From is nil if there is none
}

// SelectOf returns sel with the edges to its cases. ok is false if the pattern
// that go/ssa generates is not found.
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
		if !isCmp || len(*cmp.Referrers()) != 1 {
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
