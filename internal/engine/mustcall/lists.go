package mustcall

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A slice, an array or a map that the function makes is a holder of what is put into
// it. Nothing takes out of it what it holds, as far as is known: whichever element is
// met, the obligation may be that one.

// isArray reports whether cell is an array, or one made for a slice.
func isArray(cell *ssa.Alloc) bool {
	_, ok := cell.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	return ok
}

// madeHere reports whether the list or map v is made in the function, as far as its
// own definition tells, so that what it becomes can be followed from there.
func madeHere(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc:
		return isArray(v)
	case *ssa.MakeSlice, *ssa.MakeMap:
		return true
	case *ssa.Slice:
		return madeHere(v.X)
	}
	return false
}

// followBuiltin looks at a call of a builtin that gets v, a list or map that holds the
// obligation, and reports whether it is one that neither meets it nor hides it.
func (f *Flow) followBuiltin(instr ssa.CallInstruction, v ssa.Value) bool {
	b, ok := instr.Common().Value.(*ssa.Builtin)
	if !ok {
		return false
	}
	switch b.Name() {
	case "append":
		call, ok := instr.(*ssa.Call)
		if ok {
			f.hold(call)
		}
		return ok
	case "len", "cap", "delete":
		return true
	}
	return false
}

// followList looks at a use of v, a list or map that holds the obligation, or the
// obligation itself where it is put into a map, and reports whether it is understood.
func (f *Flow) followList(instr ssa.Instruction, v ssa.Value) bool {
	switch instr := instr.(type) {
	case *ssa.Slice:
		f.hold(instr)
	case *ssa.IndexAddr:
		return instr.X == v && f.followElement(instr)
	case *ssa.MapUpdate:
		if instr.Value == v && instr.Key != v && instr.Map != v {
			if !madeHere(instr.Map) {
				return false
			}
			f.hold(instr.Map)
		}
	case *ssa.Lookup, *ssa.Range:
		f.hold(instr.(ssa.Value))
	case *ssa.Next:
		f.hold(instr)
	case *ssa.Extract:
		switch instr.Tuple.(type) {
		case *ssa.Next, *ssa.Lookup:
			if _, ok := instr.Type().Underlying().(*types.Signature); ok {
				f.hold(instr)
			}
			return true
		}
		return false
	default:
		return false
	}
	return true
}

// followElement looks at the uses of the address of an element.
func (f *Flow) followElement(addr *ssa.IndexAddr) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if ref.Val == ssa.Value(addr) {
				return false
			}
		case *ssa.UnOp:
			if ref.Op == token.MUL {
				f.hold(ref)
			}
		default:
			return false
		}
	}
	return true
}
