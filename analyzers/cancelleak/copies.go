package cancelleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// same reports whether v is w, a conversion of it, or the load of a variable that
// holds nothing else.
func same(v, w ssa.Value) bool { return slices.Contains(copies(v), ssax.Strip(w)) }

// maxVariables bounds how many variables [copies] looks through, each of which
// holds the contents of the next; they can form a cycle. A value that has gone
// through more is not known to be the same, and nothing is reported about it.
const maxVariables = 4

// copies returns the values that v is a copy of, v included, without conversions.
// It looks through variables that never hold anything else.
func copies(v ssa.Value) []ssa.Value {
	var out []ssa.Value
	for range maxVariables + 1 {
		if v == nil {
			break
		}
		v = ssax.Strip(v)
		out = append(out, v)
		cell, ok := ssax.LoadedFrom(v).(*ssa.Alloc)
		if !ok {
			break
		}
		v = onlyStored(cell)
	}
	return out
}

// onlyStored returns the one value stored in a variable, nil if there are several.
// The argument that a parameter holds at first does not count.
func onlyStored(cell *ssa.Alloc) ssa.Value {
	var only ssa.Value
	for _, s := range ssax.StoresTo(cell) {
		if _, param := s.Val.(*ssa.Parameter); param {
			continue // ctx, cancel := context.WithTimeout(ctx, d) in the outermost block
		}
		if only != nil {
			return nil
		}
		only = s.Val
	}
	return only
}
