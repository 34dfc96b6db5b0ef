package purpose

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/memo"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// FillsMemo reports whether an instruction, or a call that runs the literal around it,
// is work for all who ask and not for the caller that happens to be the first. Under
// that caller's context it would fail for everybody when one gives up.
func (f *Finder) FillsMemo(instr ssa.Instruction) bool {
	for {
		if memo.Fills(instr) {
			return true
		}
		lit := instr.Parent()
		if lit.Parent() == nil || f.atHand.LiteralMode(lit) > athand.Started {
			return false
		}
		refs := ssax.References(lit)
		if len(refs) != 1 {
			return false
		}
		instr = refs[0]
	}
}
