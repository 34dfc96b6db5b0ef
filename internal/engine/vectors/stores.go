package vectors

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// inGlobal returns the uses of a package variable that is a vector, a string or
// a list of strings, or nil for any other. A list escapes if its elements
// change.
func (r *Resolver) inGlobal(g *ssa.Global) *ssax.Uses {
	if t := g.Type().(*types.Pointer).Elem(); !IsVector(t) && !isStrings(t) && !isString(t) {
		return nil
	}
	uses := r.builder.SSA().Index().Global(g)
	uses.Escapes = uses.Escapes || slices.ContainsFunc(uses.Loads, elementsChange)
	return uses
}

// elementsChange reports whether something is stored in an element of the list
// that was loaded.
func elementsChange(list *ssa.UnOp) bool {
	return slices.ContainsFunc(*list.Referrers(), func(ref ssa.Instruction) bool {
		elem, ok := ref.(*ssa.IndexAddr)
		return ok && len(ssax.StoresTo(elem)) > 0
	})
}

// inField returns the uses of a field that is a vector, or nil for any other.
func (r *Resolver) inField(f *types.Var) *ssax.Uses {
	if !IsVector(f.Type()) {
		return nil
	}
	return r.builder.SSA().Index().Field(f)
}
