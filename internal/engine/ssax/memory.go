package ssax

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Struct returns the struct that t is or points to, or nil if there is none.
// Its fields have the types of the instance.
func Struct(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// Field returns field i of the struct that t is or points to, or nil if t has
// no such field. For an instance, it is the field as declared in the generic
// type.
func Field(t types.Type, i int) *types.Var {
	s := Struct(t)
	if s == nil || i >= s.NumFields() {
		return nil // a type parameter with a core type
	}
	return s.Field(i).Origin()
}

// FieldOf returns the field that v reads (*ssa.Field) or addresses
// (*ssa.FieldAddr), or nil for any other value.
func FieldOf(v ssa.Value) *types.Var {
	switch v := v.(type) {
	case *ssa.Field:
		return Field(v.X.Type(), v.Field)
	case *ssa.FieldAddr:
		return Field(v.X.Type(), v.Field)
	}
	return nil
}

// Place returns the field or package variable whose address addr is, or nil for
// any other address. A field is the same place in all structs of its type.
func Place(addr ssa.Value) *types.Var {
	if g, ok := addr.(*ssa.Global); ok {
		v, _ := g.Object().(*types.Var)
		return v
	}
	if fa, ok := addr.(*ssa.FieldAddr); ok {
		return FieldOf(fa)
	}
	return nil
}

// LoadedFrom returns the address that v was loaded from, or nil for other
// values.
func LoadedFrom(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return nil
}

// StoresTo returns the stores to the address addr itself, in the order in which
// go/ssa has them. It does not include stores through another address of the
// same place, or in a literal that captures the variable.
func StoresTo(addr ssa.Value) []*ssa.Store {
	refs := addr.Referrers()
	if refs == nil {
		return nil
	}
	var stores []*ssa.Store
	for _, ref := range *refs {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == addr {
			stores = append(stores, s)
		}
	}
	return stores
}

// Elements returns the stores that fill the elements of v, a slice literal or
// the slice of variadic arguments. ok is false unless v is a slice of an array
// that its function makes.
func Elements(v ssa.Value) (stores []*ssa.Store, ok bool) {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return nil, false
	}
	array, ok := s.X.(*ssa.Alloc)
	if !ok {
		return nil, false
	}
	for _, ref := range *array.Referrers() {
		if elem, ok := ref.(*ssa.IndexAddr); ok {
			stores = append(stores, StoresTo(elem)...)
		}
	}
	return stores, true
}

// SlicesOf returns the slices of the array that a store fills an element of:
// the slice literal, or the variadic arguments, that the stored value goes
// into. It is nil if the store fills anything else.
func SlicesOf(st *ssa.Store) []*ssa.Slice {
	elem, ok := st.Addr.(*ssa.IndexAddr)
	if !ok {
		return nil
	}
	array, ok := elem.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var slices []*ssa.Slice
	for _, ref := range *array.Referrers() {
		if s, ok := ref.(*ssa.Slice); ok {
			slices = append(slices, s)
		}
	}
	return slices
}

// Uses are the uses of a variable or field through its address. If it does not
// escape, no other code stores there.
type Uses struct {
	Stores   []*ssa.Store
	Loads    []*ssa.UnOp
	Closures []*ssa.MakeClosure // literals that capture the variable
	Escapes  bool               // the address goes where it is not followed: to a call, to a part, into a phi
}

// UsesOf returns the uses of the address addr in its function and in all
// literals that capture it. For package variables, whose uses go/ssa does not
// keep, see [Index.Global].
func UsesOf(addr ssa.Value) *Uses {
	u := new(Uses)
	u.follow(addr)
	return u
}

// Only returns the value of a variable that is stored once and whose address does not
// escape: the variable never holds anything else, but for its zero value before.
func (u *Uses) Only() (v ssa.Value, ok bool) {
	if u.Escapes || len(u.Stores) != 1 {
		return nil, false
	}
	return u.Stores[0].Val, true
}

func (u *Uses) follow(addr ssa.Value) {
	refs := addr.Referrers()
	if refs == nil {
		u.Escapes = true
		return
	}
	for _, ref := range *refs {
		u.add(addr, ref)
	}
}

// add adds one use of addr.
func (u *Uses) add(addr ssa.Value, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.Store:
		if ref.Addr == addr {
			u.Stores = append(u.Stores, ref)
		}
		if ref.Val == addr {
			u.Escapes = true
		}
	case *ssa.UnOp:
		if ref.Op == token.MUL {
			u.Loads = append(u.Loads, ref)
		}
	case *ssa.MakeClosure:
		fn := ref.Fn.(*ssa.Function)
		u.Closures = append(u.Closures, ref)
		for i, b := range ref.Bindings {
			if b == addr {
				u.follow(fn.FreeVars[i])
			}
		}
	case *ssa.DebugRef:
	default:
		u.Escapes = true
	}
}

// Variable returns the local variable, of the function or of one around it,
// whose address is addr. ok is false for any other address.
func Variable(addr ssa.Value) (cell *ssa.Alloc, ok bool) {
	for {
		switch a := addr.(type) {
		case *ssa.Alloc:
			return a, true
		case *ssa.FreeVar:
			addr = Binding(a)
		default:
			return nil, false
		}
	}
}

// maxVariables bounds how many variables a value is followed through, one of which may be
// stored in another and so on. What is farther is not found.
const maxVariables = 10

// Only returns the one value that v can be: without what [Strip] removes, what the variable
// that it is loaded from is stored once, and what a literal captures. It is v itself, but
// for its type, where that is not known.
func Only(v ssa.Value) ssa.Value {
	for range maxVariables {
		v = Strip(v)
		only := onlyOf(v)
		if only == nil {
			break
		}
		v = only
	}
	return v
}

func onlyOf(v ssa.Value) ssa.Value {
	if free, ok := v.(*ssa.FreeVar); ok {
		return Binding(free)
	}
	if cell, ok := Variable(LoadedFrom(v)); ok {
		only, _ := UsesOf(cell).Only()
		return only
	}
	return nil
}

// Binding returns the value that a literal's free variable is bound to: the
// address of a variable, or the value of one that never changes. It is nil for
// free variables of method values, which have no enclosing function.
func Binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	closure := MakerOf(fn)
	if closure == nil {
		return nil
	}
	for i, fv := range fn.FreeVars {
		if fv == v {
			return closure.Bindings[i]
		}
	}
	return nil
}

// MakerOf returns the one instruction that makes the closure of the literal fn,
// or nil if fn captures nothing or is not a literal.
func MakerOf(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil || len(fn.FreeVars) == 0 {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				return mc
			}
		}
	}
	return nil
}

// References returns the instructions that use the literal fn, or the closure
// made of it, in the function around it. It is nil for a declared function, for
// which see [Index.References].
func References(fn *ssa.Function) []ssa.Instruction {
	if fn.Parent() == nil {
		return nil
	}
	if mc := MakerOf(fn); mc != nil {
		return *mc.Referrers()
	}
	var refs []ssa.Instruction
	var buf [8]*ssa.Value
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(buf[:0]) {
				if *op == ssa.Value(fn) {
					refs = append(refs, instr)
					break
				}
			}
		}
	}
	return refs
}
