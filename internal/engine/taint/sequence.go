package taint

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// A number that is only counted up, and never compared with anything, is a new one each
// time. How often that is, is known only of a loop that nothing ends.

// sequence records that the variable v of a loop is counted up in every iteration, if the
// loop is not one over something that is there. It reports whether that is so.
func (w *walk) sequence(v *ssa.Phi, st state) bool {
	if !counted(v) {
		return false
	}
	loop := w.loopsOf(v.Parent()).Around(v.Block())
	if loop == nil || loop.Header != v.Block() || loop.Lists() {
		return false
	}
	for i, e := range v.Edges {
		if loop.Blocks[v.Block().Preds[i]] && !adds(e, func(x ssa.Value) bool { return x == v }) {
			return false
		}
	}
	if len(loop.Exits()) > 0 {
		st.author = Outside
	}
	w.source(v, metriclib.ID, st)
	return true
}

// counted reports whether v is an integer to which something is added, and that is compared
// with nothing.
func counted(v *ssa.Phi) bool {
	if !isInteger(v.Type()) || isCompared(v) {
		return false
	}
	for _, e := range v.Edges {
		if adds(e, func(x ssa.Value) bool { return x == v }) {
			return !isCompared(e)
		}
	}
	return false
}

// adds reports whether v is the sum of a positive constant and a value that is a place's.
func adds(v ssa.Value, isPlace func(ssa.Value) bool) bool {
	sum, ok := v.(*ssa.BinOp)
	return ok && sum.Op == token.ADD && isPlace(sum.X) && isPositive(sum.Y)
}

func isPositive(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.Int && constant.Sign(k.Value) > 0
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// isCompared reports whether v is compared with something.
func isCompared(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if cmp, ok := ref.(*ssa.BinOp); ok && isBool(cmp.Type()) {
			return true
		}
	}
	return false
}

// counter records that v is read from addr, or is what an addition to it gives, if addr is that
// of a counter: a variable of the package or an unexported field that is only counted up.
func (w *walk) counter(addr, v ssa.Value, st state) bool {
	place := ssax.Place(addr)
	if place == nil || place.Exported() || place.Pkg() != w.pkg.Pkg || !w.countsUp(place, addr) {
		return false
	}
	st.author = Outside
	w.source(v, metriclib.ID, st)
	return true
}

// countsUp reports whether all that is done with the place at addr, by any of its addresses,
// is to read it and to count it up. It remembers the answer.
func (w *walk) countsUp(place *types.Var, addr ssa.Value) bool {
	known, ok := w.counters[place]
	if !ok {
		known = w.onlyAdds(place, addr)
		w.counters[place] = known
	}
	return known
}

func (w *walk) onlyAdds(place *types.Var, addr ssa.Value) bool {
	added := false
	each := func(addr ssa.Value, refs []ssa.Instruction) bool {
		for _, ref := range refs {
			use := useOfCounter(addr, ref)
			if use == otherUse {
				return false
			}
			added = added || use == addition
		}
		return true
	}
	if g, ok := addr.(*ssa.Global); ok {
		return each(g, w.GlobalReferences(g)) && added
	}
	for _, addr := range w.FieldAddrs(place) {
		if !each(addr, *addr.Referrers()) {
			return false
		}
	}
	return added
}

// counterUse is what an instruction does with a counter.
type counterUse uint8

const (
	otherUse counterUse = iota
	read
	addition
)

func useOfCounter(addr ssa.Value, ref ssa.Instruction) counterUse {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
		return read
	case *ssa.UnOp:
		if !isCompared(ref) {
			return read
		}
	case *ssa.Store:
		switch {
		case ref.Addr != addr:
		case adds(ref.Val, func(x ssa.Value) bool { return ssax.Place(ssax.LoadedFrom(x)) == ssax.Place(addr) }):
			if !isCompared(ref.Val) {
				return addition
			}
		case setsUp(ref):
			return read
		}
	case *ssa.Call:
		switch does := metriclib.AtomicOf(ssax.Callee(&ref.Call)); {
		case isCompared(ref):
		case does == metriclib.Adds && isPositive(ref.Call.Args[len(ref.Call.Args)-1]):
			return addition
		case does == metriclib.Loads:
			return read
		}
	}
	return otherUse
}

// setsUp reports whether a store gives a counter the value that it begins with.
func setsUp(st *ssa.Store) bool {
	if ssax.IsInit(st.Parent()) {
		return true
	}
	fa, ok := st.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	_, made := fa.X.(*ssa.Alloc)
	return made
}
