package athand

import (
	"go/types"
	"slices"

	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// isOpen reports whether other modules can call fn (may): by its name, or through an interface.
func isOpen(fn *types.Func) bool {
	return fn.Exported() && fn.Pkg().Name() != "main" && !importpath.IsInternal(fn.Pkg().Path()) && !isShut(fn)
}

// isShut reports whether fn is a method of a type that importers can neither name nor get as
// such, and no interface that the package knows has a method of its name: whoever gets a value
// of the type in an interface cannot call fn.
func isShut(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	named := typename.Of(recv.Type())
	if named == nil || named.Obj().Exported() || inview.GivesOut(fn.Pkg(), named) {
		return false
	}
	known := append([]*types.Package{fn.Pkg()}, fn.Pkg().Imports()...)
	return !slices.ContainsFunc(known, func(pkg *types.Package) bool { return asksFor(pkg, fn.Name()) })
}

// asksFor reports whether a package declares an interface with a method of the name.
func asksFor(pkg *types.Package, method string) bool {
	return slices.ContainsFunc(pkg.Scope().Names(), func(name string) bool {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			return false
		}
		iface, ok := obj.Type().Underlying().(*types.Interface)
		if !ok {
			return false
		}
		for m := range iface.Methods() {
			if m.Name() == method {
				return true
			}
		}
		return false
	})
}
