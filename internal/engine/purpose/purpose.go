// Package purpose answers what work is for: for the caller who waits for it, or for
// somebody whose life has nothing to do with the caller's. It may be for all who ask
// (a memo), for the object that keeps what the work gives, for the process that
// starts, or for undoing what has failed.
//
// The answers are must-answers about control flow, within a function and the literals
// in it, and may-answers about what values are for: what is put where others have it
// counts as kept. Names only hint: that something has failed is seen in the code, that
// a call undoes it is in its name. What is not understood is for the caller.
package purpose

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
)

// A Finder answers for the functions of one package. It is not safe for concurrent
// use.
type Finder struct {
	builder  *ssabuild.Builder
	atHand   *athand.Finder
	startups *fixpoint.Solver[*ssa.Function, bool]
}

// New returns a finder for the package of builder, which asks atHand how literals run.
func New(builder *ssabuild.Builder, atHand *athand.Finder) *Finder {
	f := &Finder{builder: builder, atHand: atHand}
	f.startups = f.newStartups()
	return f
}
