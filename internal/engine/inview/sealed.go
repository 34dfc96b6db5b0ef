package inview

import (
	"go/ast"
	"go/types"
	"slices"
)

// IsSealed reports whether all values of the interface of method are made where they can
// be seen (must): the package of the view declares it, asks no value for it, and no
// importer can hand one in, by an exported function, method, variable or field; nor
// does another interface in view have its methods, from which it could come. The
// files and info are those of the package.
func (v *View) IsSealed(method *types.Func, files []*ast.File, info *types.Info) bool {
	named, ok := types.Unalias(method.Signature().Recv().Type()).(*types.Named)
	if !ok || named.Obj().Pkg() != v.pkg || named.TypeParams().Len() > 0 {
		return false
	}
	return !v.isPart(named) && !asksFor(named, files, info) && !HandsIn(v.pkg, named)
}

// isPart reports whether a value of another interface in view has the methods of the
// interface iface.
func (v *View) isPart(iface *types.Named) bool {
	methods := iface.Underlying().(*types.Interface)
	return slices.ContainsFunc(v.Interfaces(), func(obj *types.TypeName) bool {
		return !types.Identical(obj.Type(), iface) && types.Implements(obj.Type(), methods)
	})
}

// asksFor reports whether some value is asked for the interface, in a type assertion
// or a type switch.
func asksFor(iface types.Type, files []*ast.File, info *types.Info) bool {
	found := false
	is := func(e ast.Expr) bool {
		tv := info.Types[e]
		return tv.IsType() && types.Identical(tv.Type, iface)
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeAssertExpr:
				found = found || n.Type != nil && is(n.Type)
			case *ast.CaseClause:
				found = found || slices.ContainsFunc(n.List, is)
			}
			return !found
		})
	}
	return found
}

// HandsIn reports whether importers of pkg can hand in a value of type t, by an exported
// function, method, variable or field (may).
func HandsIn(pkg *types.Package, t types.Type) bool {
	return pkg.Name() != "main" && slices.ContainsFunc(pkg.Scope().Names(), func(name string) bool {
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Func:
			return obj.Exported() && takes(obj.Signature(), t)
		case *types.Var:
			return obj.Exported() && mentions(obj.Type(), t)
		case *types.TypeName:
			return takesIn(obj.Type(), t)
		}
		return false
	})
}

// takesIn reports whether an exported field or method of a declared type takes a value
// of type t. Those of types that are not exported count: a value may be.
func takesIn(declared, t types.Type) bool {
	named, ok := declared.(*types.Named)
	if !ok {
		return mentions(declared, t) // an alias
	}
	for m := range named.Methods() {
		if m.Exported() && takes(m.Signature(), t) {
			return true
		}
	}
	if types.Identical(named, t) {
		return false
	}
	if fields, ok := named.Underlying().(*types.Struct); ok {
		for f := range fields.Fields() {
			if f.Exported() && mentions(f.Type(), t) {
				return true
			}
		}
		return false
	}
	return mentions(named.Underlying(), t)
}

func takes(sig *types.Signature, t types.Type) bool {
	for p := range sig.TypeParams().TypeParams() {
		if mentions(p.Constraint(), t) {
			return true
		}
	}
	return mentions(sig.Params(), t)
}

// mentions reports whether t is a part of in, without looking into other declared types.
func mentions(in, t types.Type) bool {
	if types.Identical(in, t) {
		return true
	}
	switch in := in.(type) {
	case *types.Alias:
		return mentions(types.Unalias(in), t)
	case *types.Map:
		return mentions(in.Key(), t) || mentions(in.Elem(), t)
	case interface{ Elem() types.Type }: // a pointer, slice, array or channel
		return mentions(in.Elem(), t)
	case *types.Tuple:
		return slices.ContainsFunc(slices.Collect(in.Variables()), func(v *types.Var) bool { return mentions(v.Type(), t) })
	case *types.Signature:
		return mentions(in.Params(), t) || mentions(in.Results(), t)
	case *types.Struct:
		return slices.ContainsFunc(slices.Collect(in.Fields()), func(v *types.Var) bool { return mentions(v.Type(), t) })
	case *types.Interface:
		return slices.ContainsFunc(slices.Collect(in.Methods()), func(m *types.Func) bool { return mentions(m.Signature(), t) })
	case *types.Named:
		return slices.ContainsFunc(slices.Collect(in.TypeArgs().Types()), func(arg types.Type) bool { return mentions(arg, t) })
	}
	return false
}

// GivesOut reports whether importers of pkg can get a value of its type t as such, and call
// its methods: by an exported function, method, variable or field, or embedded (may).
func GivesOut(pkg *types.Package, t types.Type) bool {
	return slices.ContainsFunc(pkg.Scope().Names(), func(name string) bool {
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Func, *types.Var:
			return obj.Exported() && mentions(obj.Type(), t)
		case *types.TypeName:
			return givesOutIn(obj.Type(), t)
		}
		return false
	})
}

func givesOutIn(declared, t types.Type) bool {
	named, ok := declared.(*types.Named)
	if !ok {
		return mentions(declared, t) // an alias
	}
	for m := range named.Methods() {
		if m.Exported() && mentions(m.Signature(), t) {
			return true
		}
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok {
		return mentions(named.Underlying(), t)
	}
	for f := range fields.Fields() {
		if (f.Exported() || f.Embedded()) && mentions(f.Type(), t) {
			return true
		}
	}
	return false
}
