package concurrency

import "go/types"

// exposed knows which fields other packages can name.
type exposed struct {
	owners map[*types.Var]*types.Named // of the fields of declared structs
	types  map[*types.Named]bool       // of the package, that other packages can get values of
}

// exposes reports whether code of other packages may name the field: its name is
// exported, and so is its type, or something exported has a type from which that one
// is reached. Nobody imports package main. A field of a struct without a name may be
// the same as another that is written elsewhere.
func (p *Package) exposes(f *types.Var) bool {
	if p.exposed == nil {
		p.exposed = newExposed(p.pass.Pkg, p.pass.TypesInfo)
	}
	owner := p.exposed.owners[f]
	if f.Pkg() != p.pass.Pkg || owner == nil {
		return true
	}
	return f.Exported() && p.pass.Pkg.Name() != "main" && p.exposed.types[owner]
}

func newExposed(pkg *types.Package, info *types.Info) *exposed {
	x := &exposed{owners: make(map[*types.Var]*types.Named), types: make(map[*types.Named]bool)}
	for _, obj := range info.Defs {
		if tn, ok := obj.(*types.TypeName); ok && !tn.IsAlias() {
			if named, ok := tn.Type().(*types.Named); ok {
				x.own(named)
			}
		}
	}
	scope := pkg.Scope()
	seen := make(map[types.Type]bool)
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			x.reach(obj.Type(), pkg, seen)
		}
	}
	return x
}

// own records the fields of a declared struct.
func (x *exposed) own(named *types.Named) {
	if st, ok := named.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			x.owners[f] = named
		}
	}
}

// reach marks the types of which code that has a value of type t can get values, by
// exported fields, methods and embedded structs. An interface hides what it holds:
// other packages would need the name of the type to look inside.
func (x *exposed) reach(t types.Type, pkg *types.Package, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			x.reach(arg, pkg, seen)
		}
		if t = t.Origin(); t.Obj().Pkg() != pkg {
			return
		}
		x.types[t] = true
		for m := range t.Methods() {
			if m.Exported() {
				x.reach(m.Type(), pkg, seen)
			}
		}
		x.reach(t.Underlying(), pkg, seen)
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				x.reach(f.Type(), pkg, seen)
			}
		}
	case *types.Signature:
		for _, vars := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range vars.Variables() {
				x.reach(v.Type(), pkg, seen)
			}
		}
	case *types.Interface:
		for m := range t.Methods() {
			if m.Exported() {
				x.reach(m.Type(), pkg, seen)
			}
		}
	case *types.Map:
		x.reach(t.Key(), pkg, seen)
		x.reach(t.Elem(), pkg, seen)
	case interface{ Elem() types.Type }: // pointer, slice, array, channel
		x.reach(t.Elem(), pkg, seen)
	}
}
