package taint

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// A function that caps lets new values through only as long as it has seen few:
//
//	if _, ok := seen[v]; !ok {
//		if len(seen) >= limit {
//			return "other"
//		}
//		seen[v] = true
//	}
//	return v

// capped reports whether, by an outcome of a comparison, something that grows with each new
// matching value is still below a limit: a map to which the value is added then, and from
// which nothing is taken, or a number that is counted up.
func (q *query) capped(cond *ssa.BinOp, truth bool) bool {
	var count, limit ssa.Value
	switch less := (cond.Op == token.LSS || cond.Op == token.LEQ) == truth; {
	case cond.Op != token.LSS && cond.Op != token.LEQ && cond.Op != token.GTR && cond.Op != token.GEQ:
		return false
	case less:
		count, limit = cond.X, cond.Y
	default:
		count, limit = cond.Y, cond.X
	}
	if !isFixed(limit) {
		return false
	}
	count = ssax.Strip(count)
	if conv, ok := count.(*ssa.Convert); ok {
		count = conv.X
	}
	switch count := count.(type) {
	case *ssa.Call:
		if b, ok := count.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			return q.growsBy(count.Call.Args[0], cond)
		}
		return q.countedBy(count, cond)
	case *ssa.UnOp:
		place := ssax.Place(ssax.LoadedFrom(count))
		return place != nil && addsTo(place, cond)
	}
	return false
}

// growsBy reports whether control may get from a comparison to where a matching value becomes
// a key of the map m, and nothing is ever taken from that.
func (q *query) growsBy(m ssa.Value, cond *ssa.BinOp) bool {
	if _, ok := m.Type().Underlying().(*types.Map); !ok {
		return false
	}
	grows := ssax.Any(cond.Parent(), func(instr ssa.Instruction) bool {
		up, ok := instr.(*ssa.MapUpdate)
		return ok && ssax.Same(up.Map, m, nil) && q.match(stripped(up.Key)) && ssax.Reaches(cond, up)
	})
	return grows && !q.shrinks(ssax.LoadedFrom(m))
}

// shrinks reports whether the map at addr may lose keys: one is deleted, or it is made anew
// other than where it begins.
func (q *query) shrinks(addr ssa.Value) bool {
	var loads []ssa.Instruction
	switch addr := addr.(type) {
	case *ssa.Global:
		loads = q.GlobalReferences(addr)
	case *ssa.FieldAddr:
		for _, fa := range q.FieldAddrs(ssax.FieldOf(addr)) {
			loads = append(loads, *fa.Referrers()...)
		}
	default:
		return true
	}
	for _, ref := range loads {
		switch ref := ref.(type) {
		case *ssa.Store:
			if !setsUp(ref) {
				return true
			}
		case *ssa.UnOp:
			for _, use := range *ref.Referrers() {
				call, ok := use.(ssa.CallInstruction)
				if !ok {
					continue
				}
				if b, ok := call.Common().Value.(*ssa.Builtin); !ok || b.Name() != "len" {
					return true // delete, or what may do so
				}
			}
		}
	}
	return false
}

// countedBy reports whether a call adds to an atomic number, or reads one that is added to
// after the comparison.
func (q *query) countedBy(call *ssa.Call, cond *ssa.BinOp) bool {
	switch metriclib.AtomicOf(ssax.Callee(&call.Call)) {
	case metriclib.Adds:
		return isPositive(call.Call.Args[len(call.Call.Args)-1])
	case metriclib.Loads:
		place := ssax.Place(call.Call.Args[0])
		return place != nil && addsTo(place, cond)
	}
	return false
}

// addsTo reports whether control may get from a comparison to where something is added to the
// number at a place.
func addsTo(place *types.Var, cond *ssa.BinOp) bool {
	isPlace := func(x ssa.Value) bool { return ssax.Place(ssax.LoadedFrom(x)) == place }
	return ssax.Any(cond.Parent(), func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.Store:
			return ssax.Place(instr.Addr) == place && adds(instr.Val, isPlace) && ssax.Reaches(cond, instr)
		case *ssa.Call:
			args := instr.Call.Args
			return metriclib.AtomicOf(ssax.Callee(&instr.Call)) == metriclib.Adds && ssax.Place(args[0]) == place &&
				isPositive(args[len(args)-1]) && ssax.Reaches(cond, instr)
		}
		return false
	})
}
