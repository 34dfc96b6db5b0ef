// Package memo finds work that is done once for all who ask: what it gives is kept in
// a place that later callers read instead, such as a package variable, a field, a map
// of an object or a sync.Map.
//
// The answers are must-answers about where control is, and may-answers about what
// follows: an instruction fills a memo if control gets to it only where the place was
// found empty, and a later, or earlier, store on the way fills that place. A store may
// be missed on some path, as when the work fails, and then the next caller tries. What
// is not understood fills nothing. No question looks further than one function and the
// body of a function that it calls.
package memo

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// Fills reports whether at runs only to fill a place that was found empty and that
// others read: if v == nil { v = make() }, under a lock or not.
func Fills(at ssa.Instruction) bool {
	for b := at.Block(); b != nil; b = b.Idom() {
		for _, p := range emptyOn(b) {
			if fills(at, p, b) {
				return true
			}
		}
	}
	return false
}

// emptyOn returns the places without whose being empty, or otherwise of no use,
// control does not get to b: each edge to b tests the place, or what is kept beside
// it, and one has found it empty.
func emptyOn(b *ssa.BasicBlock) []place {
	var empty []place
	for _, pred := range b.Preds {
		branch := ssax.BranchOf(pred)
		if branch == nil || branch.Block().Succs[0] == branch.Block().Succs[1] {
			return nil
		}
		if p, ok := foundEmpty(branch.Cond, branch.Block().Succs[0] == b); ok {
			empty = append(empty, p)
		}
	}
	return slices.DeleteFunc(empty, func(p place) bool {
		return slices.ContainsFunc(b.Preds, func(pred *ssa.BasicBlock) bool { return !asksAbout(ssax.BranchOf(pred).Cond, p) })
	})
}

// fills reports whether at fills p, which was found empty on all ways to the block
// from: by a store of what comes of it, by a store that control passes before or after
// it, or by the call that it is.
func fills(at ssa.Instruction, p place, from *ssa.BasicBlock) bool {
	if p.claimed {
		return true
	}
	if p.weak && !p.guarded(at.Parent()) || consumes(at.Parent(), p) {
		return false
	}
	for _, b := range at.Parent().Blocks {
		if !from.Dominates(b) {
			continue
		}
		for _, instr := range b.Instrs {
			v, ok := storedIn(instr, p)
			if !ok || isEmpty(v) {
				continue
			}
			if ssax.Dominates(at, instr) || ssax.Dominates(instr, at) || dependsOn(v, at) {
				return true
			}
		}
	}
	call, ok := at.(ssa.CallInstruction)
	return ok && calleeFills(call.Common(), p)
}

// consumes reports whether fn takes something out of the slice in p, as an iterator
// does with what it has fetched for its caller.
func consumes(fn *ssa.Function, p place) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok && ssax.Place(st.Addr) == p.of {
				if _, ok := st.Val.(*ssa.Slice); ok {
					return true
				}
			}
		}
	}
	return false
}

// calleeFills reports whether the function that a call runs, or a literal that it is
// given, stores into p.
func calleeFills(call *ssa.CallCommon, p place) bool {
	if storesInto(ssax.Body(call.StaticCallee()), p) {
		return true
	}
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		mc, ok := arg.(*ssa.MakeClosure)
		return ok && storesInto(mc.Fn.(*ssa.Function), p)
	})
}

func storesInto(fn *ssa.Function, p place) bool {
	if fn == nil {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := storedIn(instr, p); ok && !isEmpty(v) {
				return true
			}
		}
	}
	return false
}

// dependsOn reports whether v is computed from what at gives, as far as that can be
// seen in the function: through operands, and through variables that are filled by
// stores and by calls that are given their address.
func dependsOn(v ssa.Value, at ssa.Instruction) bool {
	want, ok := at.(ssa.Value)
	if !ok {
		return false
	}
	work := ssax.NewWork(v)
	for v := range work.All() {
		if v == want {
			return true
		}
		if v == nil {
			continue
		}
		if instr, ok := v.(ssa.Instruction); ok {
			work.Add(appendOperands(nil, instr)...)
		}
		work.Add(appendFilling(nil, v)...)
	}
	return false
}

func appendOperands(values []ssa.Value, instr ssa.Instruction) []ssa.Value {
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		values = append(values, *op)
	}
	return values
}

// appendFilling appends what may be in the variable whose address v is.
func appendFilling(values []ssa.Value, v ssa.Value) []ssa.Value {
	switch v.(type) {
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr:
	default:
		return values
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == v {
				values = append(values, ref.Val)
			}
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.MakeInterface:
			values = append(values, ref.(ssa.Value))
			values = appendCalls(values, ref.(ssa.Value))
		case *ssa.Call:
			values = appendOperands(values, ref)
			values = append(values, ref)
		}
	}
	return values
}

// appendCalls appends the calls that are given the address v in an interface, and
// their operands: json.Unmarshal(data, &o).
func appendCalls(values []ssa.Value, v ssa.Value) []ssa.Value {
	if _, ok := v.(*ssa.MakeInterface); !ok {
		return values
	}
	for _, ref := range *v.Referrers() {
		if call, ok := ref.(*ssa.Call); ok {
			values = append(appendOperands(values, call), call)
		}
	}
	return values
}
