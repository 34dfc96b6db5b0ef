package ctxreset

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// chainOfMethod returns the worst chain of the implementations of an interface's
// method, if all in view have one: those that this package and the packages it
// imports declare. Unless one of them is in view, the package of an interface is
// likely to implement it with types that it keeps to itself.
func (c *checker) chainOfMethod(method *types.Func) *chainFact {
	if ctxlib.Takes(method.Signature()) || !c.mayHaveChain(method) {
		return nil
	}
	var worst *chainFact
	known := method.Pkg() == c.pass.Pkg
	for _, impl := range c.view.Implementations(method) {
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
			if fn.Signature.Recv() != nil && c.reaching()[ssax.FuncOf(fn)] && c.mayBeHelper(fn) {
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
