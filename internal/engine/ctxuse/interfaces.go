package ctxuse

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/engine/inview"
)

// ofInterface returns what the implementations of an interface's method that are
// in view do with their context. If they are inert and others may exist, that is
// likely of all, not proved. Without implementations the name decides; one that
// observes its context is more than a name, but need not be the one that runs.
func (r *Result) ofInterface(method *types.Func) Use {
	name := byName(method)
	if name == Observes {
		name = Unseen(method.Signature())
	}
	if !r.mayBeInert(method.Name()) && name == Observes {
		return Observes
	}
	impls := r.view.Implementations(method)
	if len(impls) == 0 {
		return name
	}
	use := Inert
	for _, impl := range impls {
		use = stronger(use, r.of(impl))
	}
	switch {
	case use == Inert && name != Inert && !inview.IsClosed(method) && !r.view.IsSealed(method, r.pass.Files, r.pass.TypesInfo):
		return Perhaps
	case use == Observes && name == Inert:
		return Perhaps
	case use == Keeps:
		return Observes // which of them runs is not known
	}
	return use
}

// mayBeInert reports whether a method of that name in view need not observe its
// context. For most names that avoids the search for implementations.
func (r *Result) mayBeInert(name string) bool {
	if r.inert != nil {
		return r.inert[name]
	}
	r.inert = make(map[string]bool)
	for fn := range r.decls {
		if fn.Signature().Recv() != nil {
			r.inert[fn.Name()] = true
		}
	}
	for _, f := range r.pass.AllObjectFacts() {
		if fact, ok := f.Fact.(*Fact); ok && (fact.Use == Inert || fact.Use == Perhaps) {
			r.inert[f.Object.Name()] = true
		}
	}
	return r.inert[name]
}
