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
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Analyzer gives the package's [*View], which analyzers share: to list what all its
// imports declare takes longer than most questions.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintinview",
	Doc:        "know the types and interfaces that a package sees",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/inview",
	Run:        func(pass *analysis.Pass) (any, error) { return New(pass.Fset, pass.Pkg), nil },
	ResultType: reflect.TypeFor[*View](),
}

// A View answers for one package. Its methods may be called concurrently.
type View struct {
	fset *token.FileSet
	pkg  *types.Package

	listing    sync.Once
	types      []*types.Pointer  // that may have methods of their own
	interfaces []*types.TypeName // all, and aliases of them

	mu    sync.Mutex
	impls map[*types.Func][]*types.Func
}

// Of returns the view of a pass: that of [Analyzer], if the analyzer requires it, and
// otherwise one of its own.
func Of(pass *analysis.Pass) *View {
	if v, ok := pass.ResultOf[Analyzer].(*View); ok {
		return v
	}
	return New(pass.Fset, pass.Pkg)
}

// New returns what can be seen from pkg.
func New(fset *token.FileSet, pkg *types.Package) *View {
	return &View{fset: fset, pkg: pkg, impls: make(map[*types.Func][]*types.Func)}
}

// Implementations returns the methods that a call of an interface's method may
// run, in a stable order.
func (v *View) Implementations(method *types.Func) []*types.Func {
	v.mu.Lock()
	defer v.mu.Unlock()
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
			!slices.Contains(out, fn) && types.Implements(ptr, iface) && !scope.TestFile(v.fset, fn.Pos()) {
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
	v.listing.Do(v.list)
	return v.types
}

// Interfaces returns the interfaces that the packages in view declare, aliases
// included, in a stable order.
func (v *View) Interfaces() []*types.TypeName {
	v.listing.Do(v.list)
	return v.interfaces
}

// list finds all types that the packages in view declare. A scope sorts its names
// whenever it is asked for them, so that this is done once.
func (v *View) list() {
	for _, pkg := range v.packages() {
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok {
				continue
			}
			if types.IsInterface(obj.Type()) {
				v.interfaces = append(v.interfaces, obj)
				continue
			}
			if named, ok := obj.Type().(*types.Named); ok && !obj.IsAlias() && named.TypeParams().Len() == 0 {
				v.types = append(v.types, types.NewPointer(named))
			}
		}
	}
}

// packages returns the package and those of its imports, in order of path.
func (v *View) packages() []*types.Package {
	pkgs := append([]*types.Package{v.pkg}, v.pkg.Imports()...)
	slices.SortFunc(pkgs, func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) })
	return pkgs
}
