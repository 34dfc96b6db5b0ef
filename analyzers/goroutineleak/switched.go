package goroutineleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// switched reports whether the loop around a select switches one of its cases off
// and on, by replacing its channel with nil: then the cases come in an order that
// their conditions do not show.
func (c *checker) switched(sel ssax.Select) bool {
	loop := c.pkg.Loops(sel.Parent()).Around(sel.Block())
	if loop == nil {
		return false
	}
	for _, st := range sel.States {
		switch ch := st.Chan.(type) {
		case *ssa.Phi:
			if loop.Blocks[ch.Block()] && !onlyTimes(ch) {
				return true
			}
		case *ssa.UnOp:
			cell, ok := ch.X.(*ssa.Alloc)
			if ok && !loop.Contains(cell) && slices.ContainsFunc(ssax.StoresTo(cell), func(st *ssa.Store) bool { return loop.Contains(st) }) {
				return true
			}
		}
	}
	return false
}

// onlyTimes reports whether a channel is nil or one of time.After, whichever is assigned:
// a case that is sometimes in time says nothing of the order of others.
func onlyTimes(ch *ssa.Phi) bool {
	work := ssax.NewWork[ssa.Value](ch)
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Phi:
			work.Add(v.Edges...)
		case *ssa.Const:
		case *ssa.Call:
			if !ctxlib.IsFunc(ssax.Callee(&v.Call), "time", "After") {
				return false
			}
		default:
			return false
		}
	}
	return true
}
