package vectors

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A place is a variable or field, and what the package stores there.
type place struct {
	values  []ssa.Value
	escapes bool // its address goes where stores are not seen
}

// storeIndex holds the places of one package that are of interest: those of a
// vector's type, and variables that are strings or lists of strings.
type storeIndex struct {
	ofGlobal map[*ssa.Global]*place
	ofField  map[*types.Var]*place
	globals  []*ssa.Global // the package's own, in source order
	fields   []*types.Var  // in source order
}

func (r *Resolver) index() *storeIndex {
	if r.stores != nil {
		return r.stores
	}
	x := &storeIndex{ofGlobal: make(map[*ssa.Global]*place), ofField: make(map[*types.Var]*place)}
	for _, fn := range r.builder.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				x.add(instr)
			}
		}
	}
	for g := range x.ofGlobal {
		if g.Pkg.Pkg == r.pass.Pkg {
			x.globals = append(x.globals, g)
		}
	}
	slices.SortFunc(x.globals, func(a, b *ssa.Global) int { return cmp.Compare(a.Pos(), b.Pos()) })
	for f := range x.ofField {
		x.fields = append(x.fields, f)
	}
	slices.SortFunc(x.fields, func(a, b *types.Var) int { return cmp.Compare(a.Pos(), b.Pos()) })
	r.stores = x
	return r.stores
}

func (x *storeIndex) add(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if g, ok := instr.Addr.(*ssa.Global); ok {
			if p := x.global(g); p != nil {
				p.values = append(p.values, instr.Val)
			}
		}
		if elem, ok := instr.Addr.(*ssa.IndexAddr); ok {
			if load, ok := elem.X.(*ssa.UnOp); ok {
				x.escape(load.X) // its elements change
			}
		}
		x.escape(instr.Val)
	case *ssa.FieldAddr:
		f := fieldVar(instr.X.Type(), instr.Field)
		if f == nil || !IsVector(f.Type()) {
			return
		}
		p := x.ofField[f]
		if p == nil {
			p = new(place)
			x.ofField[f] = p
		}
		p.collect(instr)
	case *ssa.UnOp:
		if instr.Op == token.MUL {
			return
		}
	default:
		for _, op := range instr.Operands(nil) {
			x.escape(*op)
		}
	}
}

// escape notes that the address of a variable is used for something else than
// loading and storing.
func (x *storeIndex) escape(v ssa.Value) {
	if g, ok := v.(*ssa.Global); ok {
		if p := x.global(g); p != nil {
			p.escapes = true
		}
	}
}

func (x *storeIndex) global(g *ssa.Global) *place {
	t := g.Type().(*types.Pointer).Elem()
	if !IsVector(t) && !isStrings(t) && !isString(t) {
		return nil
	}
	p := x.ofGlobal[g]
	if p == nil {
		p = new(place)
		x.ofGlobal[g] = p
	}
	return p
}

// collect adds what is stored at addr, in its function and in the function
// literals that share the variable.
func (p *place) collect(addr ssa.Value) {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				p.values = append(p.values, ref.Val)
			}
			if ref.Val == addr {
				p.escapes = true
			}
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			fn := ref.Fn.(*ssa.Function)
			for i, b := range ref.Bindings {
				if b == addr {
					p.collect(fn.FreeVars[i])
				}
			}
		default:
			p.escapes = true
		}
	}
}
