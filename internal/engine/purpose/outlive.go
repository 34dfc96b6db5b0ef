package purpose

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
)

// SetsGoing reports whether the name of a function with a context, or of one on the way to
// the work, hints that it changes stored data: a request that sets something going may be
// over before that is done.
func SetsGoing(fn *ssa.Function, hops callpath.Path) bool {
	return words.Alters.In(ssax.Outermost(fn).Name()) ||
		slices.ContainsFunc(hops, func(h callpath.Hop) bool { return words.Alters.In(h.Func.Name) })
}

// OutlivesContext reports whether what a function does is likely to matter longer than the
// context that it got: it does, itself or as part of another, what a work queue says, whose
// workers go on after their context has ended; or its package is among tests, and its
// context ends when they have done.
func (f *Finder) OutlivesContext(fn *ssa.Function) bool {
	return importpath.IsAmongTests(f.builder.SSA().Pkg.Pkg.Path()) || f.drainers.Get(fn)
}
