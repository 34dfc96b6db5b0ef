package athand

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Inline returns fn and those of its literals that run as part of it.
func (f *Finder) Inline(fn *ssa.Function) []*ssa.Function {
	out := []*ssa.Function{fn}
	for _, lit := range fn.AnonFuncs {
		if f.LiteralMode(lit) == Inline && f.Own(lit) == nil && !IgnoresContext(lit) && !ctxlib.Takes(lit.Signature) && !Escapes(lit) {
			out = append(out, f.Inline(lit)...)
		}
	}
	return out
}

// Escapes reports whether a literal is returned, or runs in one that is: then it
// runs at another time, for whoever gets that.
func Escapes(lit *ssa.Function) bool {
	return escapesFrom(ssax.References(lit), make(map[ssa.Instruction]bool))
}

func escapesFrom(refs []ssa.Instruction, seen map[ssa.Instruction]bool) bool {
	return slices.ContainsFunc(refs, func(ref ssa.Instruction) bool {
		if seen[ref] {
			return false
		}
		seen[ref] = true
		switch ref := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.ChangeType, *ssa.MakeInterface, *ssa.UnOp, *ssa.MakeClosure: // the last captures the variable
			return escapesFrom(*ref.(ssa.Value).Referrers(), seen)
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			return ok && HoldsFunc(cell) && escapesFrom(*cell.Referrers(), seen)
		}
		return false
	})
}
