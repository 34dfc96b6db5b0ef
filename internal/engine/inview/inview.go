// Package inview finds the methods that a call through an interface may run, as
// far as a package can see: those of the types that it and the packages that it
// imports declare.
//
// Other packages may have further implementations, and so what is true of all
// that are in view is likely of the call, not proved. Test files do not count:
// what they declare stands in for the real thing.
package inview

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A View answers for one package. It is not safe for concurrent use.
type View struct {
	fset  *token.FileSet
	pkg   *types.Package
	types []*types.Pointer // that may have methods of their own; nil before they are asked for
	impls map[*types.Func][]*types.Func
}

// New returns what can be seen from pkg.
func New(fset *token.FileSet, pkg *types.Package) *View {
	return &View{fset: fset, pkg: pkg, impls: make(map[*types.Func][]*types.Func)}
}

// Implementations returns the methods that a call of an interface's method may
// run, in a stable order.
func (v *View) Implementations(method *types.Func) []*types.Func {
	impls, ok := v.impls[method]
	if !ok {
		impls = v.search(method)
		v.impls[method] = impls
	}
	return impls
}

func (v *View) search(method *types.Func) []*types.Func {
	iface, ok := method.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var out []*types.Func
	for _, ptr := range v.declared() {
		// The method alone comes first: comparing a whole interface takes longer.
		impl, _, _ := types.LookupFieldOrMethod(ptr, false, method.Pkg(), method.Name())
		fn, ok := impl.(*types.Func)
		if ok && !IsMethod(fn) && // promoted from an embedded interface: none of its own
			!slices.Contains(out, fn) && types.Implements(ptr, iface) && !ssax.TestFile(v.fset, fn.Pos()) {
			out = append(out, fn)
		}
	}
	return out
}

// IsMethod reports whether fn is a method of an interface.
func IsMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// IsClosed reports whether other packages than that of the interface of method
// implement it at most by embedding one of its implementations: the interface
// has a method that they cannot declare.
func IsClosed(method *types.Func) bool {
	iface, ok := method.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if !m.Exported() {
			return true
		}
	}
	return false
}

// declared returns pointers to the types that the packages in view declare and
// that can have methods of their own.
func (v *View) declared() []*types.Pointer {
	if v.types != nil {
		return v.types
	}
	v.types = []*types.Pointer{}
	for _, pkg := range v.packages() {
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() || types.IsInterface(obj.Type()) {
				continue
			}
			if named, ok := obj.Type().(*types.Named); ok && named.TypeParams().Len() == 0 {
				v.types = append(v.types, types.NewPointer(named))
			}
		}
	}
	return v.types
}

// packages returns the package and those of its imports, in order of path.
func (v *View) packages() []*types.Package {
	pkgs := append([]*types.Package{v.pkg}, v.pkg.Imports()...)
	slices.SortFunc(pkgs, func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) })
	return pkgs
}
