package ctxtimeout

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkStale reports a context that derives from itself, as it was an iteration ago. The
// SSA form shows that without a look at loops: only a loop can bring a value back to
// where it is made. One that is left after the assignment does not.
func (c *checker) checkStale(call *ssa.Call) {
	fn := ssax.Callee(&call.Call)
	ends := ctxlib.IsDeadline(fn) || ctxlib.IsFunc(fn, "context", "WithCancel") || ctxlib.IsFunc(fn, "context", "WithCancelCause")
	value := ctxlib.IsFunc(fn, "context", "WithValue")
	if !ends && !value || !ssax.Reaches(call, call) {
		return
	}
	w := &descent{of: call, seen: make(map[ssa.Value]bool)}
	switch {
	case !w.comesFrom(call.Call.Args[0]):
		c.report.Silent(stale, call.Pos(), fromOutside)
		return
	case value && w.otherIsReported():
		c.report.Silent(stale, call.Pos(), otherStale)
		return
	}
	confidence := catalog.High
	if w.field {
		confidence = catalog.Medium // of what may be another object
	}
	d := analysis.Diagnostic{Category: stale, Message: "each iteration derives its context from the last iteration's, so the first deadline ends all of them; derive it, with :=, from one outside the loop"}
	switch {
	case value:
		if c.folds(call) {
			c.report.Silent(stale, call.Pos(), meantToGrow)
			return
		}
		d.Message = "each iteration adds a value to the context of the last, so that it grows for as long as the loop runs; derive it, with :=, from one outside the loop"
	case !ctxlib.IsDeadline(fn):
		d.Message = "each iteration derives its context from the last iteration's, so cancelling one ends all later ones; derive it, with :=, from one outside the loop"
		if !c.cancelsInLoop(call) {
			confidence = catalog.Medium
		}
	}
	d.Pos, d.End = c.span(call)
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// A descent goes from a context back to those that it derives from.
type descent struct {
	of    *ssa.Call
	field bool        // a field was on the way
	via   []*ssa.Call // the other derivations on the way
	seen  map[ssa.Value]bool
}

// comesFrom reports whether v is, or derives from, a context that an earlier run of the
// call has made.
func (w *descent) comesFrom(v ssa.Value) bool {
	if w.seen[v] {
		return false
	}
	w.seen[v] = true
	switch v := v.(type) {
	case *ssa.Phi:
		for _, e := range v.Edges {
			if w.comesFrom(e) {
				return true
			}
		}
	case *ssa.Extract:
		return v.Index == 0 && w.comesFrom(v.Tuple)
	case *ssa.Call:
		if v == w.of {
			return true
		}
		if ctxlib.DerivesFrom(ssax.Callee(&v.Call)) == 0 && w.comesFrom(v.Call.Args[0]) {
			w.via = append(w.via, v)
			return true
		}
	case *ssa.ChangeInterface:
		return w.comesFrom(v.X)
	case *ssa.UnOp:
		return w.loads(v)
	}
	return false
}

// otherIsReported reports whether another derivation on the way, of which the same is
// said, comes first, or says more: that it ends.
func (w *descent) otherIsReported() bool {
	for _, call := range w.via {
		if !ctxlib.IsFunc(ssax.Callee(&call.Call), "context", "WithValue") || call.Pos() < w.of.Pos() {
			return true
		}
	}
	return false
}

// loads is comesFrom for what is loaded from a variable or a field of one object.
func (w *descent) loads(load *ssa.UnOp) bool {
	for _, st := range storesBefore(load) {
		if w.comesFrom(st.Val) {
			_, field := load.X.(*ssa.FieldAddr)
			w.field = w.field || field
			return true
		}
	}
	return false
}

// storesBefore returns the stores of the same function whose value a load may give.
func storesBefore(load *ssa.UnOp) []*ssa.Store {
	var all, reaching []*ssa.Store
	for _, b := range load.Parent().Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok && ssax.Same(st.Addr, load.X, nil) {
				all = append(all, st)
			}
		}
	}
	for _, st := range all {
		if ssax.StoreReaches(st, load, all) {
			reaching = append(reaching, st)
		}
	}
	return reaching
}

// folds reports whether a loop that adds values ends, and is meant to add them: each
// iteration has a key of its own, or what comes after the loop gets the context.
func (c *checker) folds(call *ssa.Call) bool {
	loop := ssax.LoopsOf(call.Parent()).Around(call.Block())
	if loop == nil {
		return true
	}
	if !loop.Lists() && !loop.Counts() {
		return false
	}
	key := ssax.Strip(call.Call.Args[1])
	if instr, ok := key.(ssa.Instruction); ok && loop.Contains(instr) && !isEmpty(key.Type()) {
		return true
	}
	return usedAfter(loop, call, make(map[ssa.Value]bool))
}

func isEmpty(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// usedAfter reports whether a context that a loop makes, or one that derives from it, is
// used outside the loop.
func usedAfter(loop *ssax.Loop, v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || v.Referrers() == nil {
		return false
	}
	seen[v] = true
	for _, ref := range *v.Referrers() {
		if !loop.Contains(ref) {
			return true
		}
		switch ref := ref.(type) {
		case *ssa.Phi, *ssa.Extract:
			if usedAfter(loop, ref.(ssa.Value), seen) {
				return true
			}
		case *ssa.Store:
			return true // what the variable is used for is not followed
		case *ssa.Call:
			if ctxlib.DerivesFrom(ssax.Callee(&ref.Call)) == 0 && usedAfter(loop, ref, seen) {
				return true
			}
		}
	}
	return false
}

// cancelsInLoop reports whether the cancel function of a context is called in the loop
// that makes it.
func (c *checker) cancelsInLoop(call *ssa.Call) bool {
	cancel := ssax.Result(call, 1)
	if cancel == nil {
		return false
	}
	for _, ref := range *cancel.Referrers() {
		if site, ok := ref.(*ssa.Call); ok && site.Call.Value == cancel && ssax.Reaches(site, call) {
			return true
		}
	}
	return false
}
