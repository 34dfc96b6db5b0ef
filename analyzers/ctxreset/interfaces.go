package ctxreset

import (
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// chainOfMethod returns the worst chain of the implementations of an interface's
// method, if all in view have one: those that this package and the packages it
// imports declare. Unless one of them is in view, the package of an interface is
// likely to implement it with types that it keeps to itself.
func (c *checker) chainOfMethod(method *types.Func) *chainFact {
	if takesOne(method.Signature()) || !c.mayHaveChain(method) {
		return nil
	}
	impls, ok := c.impls[method]
	if !ok {
		impls = c.implementations(method)
		c.impls[method] = impls
	}
	var worst *chainFact
	known := method.Pkg() == c.pass.Pkg
	for _, impl := range impls {
		fact := c.chainOfFunc(impl)
		if fact == nil {
			return nil
		}
		worst = worse(worst, fact)
		known = known || impl.Pkg() == method.Pkg()
	}
	if !known {
		return nil
	}
	return worst
}

// mayHaveChain reports whether some method of the name has a chain: any for an
// interface of this package, and otherwise one in the package of the interface. For
// most methods that avoids the search for implementations.
func (c *checker) mayHaveChain(method *types.Func) bool {
	if c.named == nil {
		c.named = make(map[methodName]bool)
		add := func(pkg *types.Package, name string) {
			c.named[methodName{"", name}] = true
			c.named[methodName{pkg.Path(), name}] = true
		}
		for _, f := range c.pass.AllObjectFacts() {
			if _, ok := f.Fact.(*chainFact); ok {
				add(f.Object.Pkg(), f.Object.Name())
			}
		}
		for _, fn := range c.builder.SSA().Funcs {
			if fn.Signature.Recv() != nil && c.mayBeHelper(fn) {
				add(c.pass.Pkg, fn.Name())
			}
		}
	}
	switch method.Pkg() {
	case nil:
		return false
	case c.pass.Pkg:
		return c.named[methodName{"", method.Name()}]
	}
	return c.named[methodName{method.Pkg().Path(), method.Name()}]
}

// methodName is the name of a method that some type in a package has.
type methodName struct {
	pkg  string // its import path, "" for any
	name string
}

// implementations returns the methods that a call of an interface's method may
// run, as far as types are in view, in a stable order.
func (c *checker) implementations(method *types.Func) []*types.Func {
	iface, ok := method.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var out []*types.Func
	for _, ptr := range c.typesInView() {
		// The method alone comes first: comparing a whole interface takes longer.
		impl, _, _ := types.LookupFieldOrMethod(ptr, false, method.Pkg(), method.Name())
		fn, ok := impl.(*types.Func)
		if ok && !isInterface(fn) && // promoted from an embedded interface: none of its own
			!slices.Contains(out, fn) && types.Implements(ptr, iface) && !ssax.TestFile(c.pass.Fset, fn.Pos()) {
			out = append(out, fn)
		}
	}
	return out
}

// typesInView returns pointers to the types that the packages in view declare and
// that can have methods of their own, in a stable order.
func (c *checker) typesInView() []*types.Pointer {
	if c.types != nil {
		return c.types
	}
	c.types = []*types.Pointer{}
	for _, pkg := range c.packagesInView() {
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() || types.IsInterface(obj.Type()) {
				continue
			}
			if named, ok := obj.Type().(*types.Named); ok && named.TypeParams().Len() == 0 {
				c.types = append(c.types, types.NewPointer(named))
			}
		}
	}
	return c.types
}

// packagesInView returns the package and those of its imports, in order of path.
func (c *checker) packagesInView() []*types.Package {
	pkgs := []*types.Package{c.pass.Pkg}
	pkgs = append(pkgs, c.pass.Pkg.Imports()...)
	slices.SortFunc(pkgs, func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) })
	return pkgs
}
