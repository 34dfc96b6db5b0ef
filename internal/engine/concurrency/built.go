package concurrency

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Builds reports whether the package is seen to make a value with the field. Where it is
// not, others do, such as tests that are not analysed, and what they put into the field is
// unknown.
func (p *Package) Builds(f *types.Var) bool {
	if p.built == nil {
		p.built = p.fieldsOfValues()
	}
	return p.built[f.Origin()]
}

// fieldsOfValues returns the fields of all structs that variables and objects are, or
// consist of.
func (p *Package) fieldsOfValues() map[*types.Var]bool {
	fields := make(map[*types.Var]bool)
	seen := make(map[types.Type]bool)
	var add func(t types.Type)
	add = func(t types.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch t := t.Underlying().(type) {
		case *types.Struct:
			for f := range t.Fields() {
				fields[f.Origin()] = true
				add(f.Type())
			}
		case *types.Array:
			add(t.Elem())
		}
	}
	for _, fn := range p.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Alloc:
					add(instr.Type().Underlying().(*types.Pointer).Elem())
				case *ssa.MakeSlice:
					add(instr.Type().Underlying().(*types.Slice).Elem())
				case *ssa.Lookup: // what is not in a map
					if m, ok := instr.X.Type().Underlying().(*types.Map); ok {
						add(m.Elem())
					}
				}
			}
		}
	}
	for _, name := range p.pass.Pkg.Scope().Names() {
		if v, ok := p.pass.Pkg.Scope().Lookup(name).(*types.Var); ok {
			add(v.Type())
		}
	}
	return fields
}
