package mustcall

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// isStruct reports whether cell is a struct, or one made by &T{…}.
func isStruct(cell *ssa.Alloc) bool {
	ptr, ok := cell.Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, ok = ptr.Elem().Underlying().(*types.Struct)
	return ok
}

// followStruct looks at every use of a struct that the function has made and
// that holds the obligation in a field.
func (f *Flow) followStruct(made *ssa.Alloc) {
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.FieldAddr:
			f.followField(ref)
		case *ssa.UnOp: // a copy of the struct
			f.hold(ref)
		case *ssa.Store:
			switch cell, ok := ref.Addr.(*ssa.Alloc); {
			case ref.Addr == ssa.Value(made): // assigned as a whole
			case ok && !isStruct(cell):
				f.hold(cell) // a variable that points to it
			default:
				f.escape(ref, made, cover)
			}
		case *ssa.Phi:
			f.hold(ref)
		default:
			f.escape(ref, made, cover)
		}
	}
}

// followField looks at the loads of a field of a struct that holds the
// obligation. Through a captured variable the field is not known; then any
// function in the struct may be the one.
func (f *Flow) followField(addr *ssa.FieldAddr) {
	if len(f.fields) > 0 && !f.fields[addr.Field] {
		return
	}
	for _, ref := range *addr.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
			if _, ok := load.Type().Underlying().(*types.Signature); ok {
				f.hold(load)
			}
		}
	}
}

// neverRead reports whether a local struct is only assigned to.
func neverRead(made *ssa.Alloc) bool {
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if len(*ref.Referrers()) > 0 {
				return false
			}
		case *ssa.Store:
			if ref.Addr != ssa.Value(made) {
				return false
			}
		case *ssa.FieldAddr:
			for _, use := range *ref.Referrers() {
				if s, ok := use.(*ssa.Store); !ok || s.Addr != ssa.Value(ref) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// neverReadField reports whether addr is a field of a local struct that is only
// assigned to.
func neverReadField(addr ssa.Value) bool {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	made, ok := fa.X.(*ssa.Alloc)
	return ok && isStruct(made) && neverRead(made)
}
