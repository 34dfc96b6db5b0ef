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
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// A Finder answers for the functions of one package. It is not safe for concurrent
// use.
type Finder struct {
	builder  *ssabuild.Builder
	atHand   *athand.Finder
	startups *fixpoint.Solver[*ssa.Function, bool]
	drainers *fixpoint.Solver[*ssa.Function, bool]
	handlers []*ssa.Function // passed with a work queue; nil until somebody asks
}

// New returns a finder for the package of builder, which asks atHand how literals run.
func New(builder *ssabuild.Builder, atHand *athand.Finder) *Finder {
	f := &Finder{builder: builder, atHand: atHand}
	f.startups = f.newStartups()
	f.drainers = f.newDrainers()
	return f
}

// Why work is not for the caller who waits for it.
const (
	livesOn     decision.Reason = "what it gives lives on after the function, so that its context is the one of this life"
	forAll      decision.Reason = "it is done once for all who ask, and would fail for all of them under the context of the first"
	afterFailed decision.Reason = "it undoes what has failed, or tells of it, and the failure may be that the context at hand has ended"
)

// Lasting returns why what an instruction gives is not for the caller alone: it lives on
// after the function, or it is kept for all who ask. It returns "" if it is.
func (f *Finder) Lasting(instr ssa.Instruction) decision.Reason {
	if Outlives(instr) {
		return livesOn
	}
	return f.Shared(instr)
}

// Shared returns why an instruction is not for the caller that happens to be the first;
// "" if it may be: see [Finder.FillsMemo].
func (f *Finder) Shared(instr ssa.Instruction) decision.Reason {
	if f.FillsMemo(instr) {
		return forAll
	}
	return ""
}

// Compensation returns why an instruction has to be done although, or because, something
// has failed; "" if it need not be: see [Compensates].
func Compensation(instr ssa.Instruction) decision.Reason {
	if Compensates(instr) {
		return afterFailed
	}
	return ""
}
