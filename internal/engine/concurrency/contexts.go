package concurrency

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Observes reports whether the instruction can notice that a context is done,
// or that a channel has been closed (if somebody closes it): it receives from
// the channel, asks the context, or hands either to a call.
func (p *Package) Observes(instr ssa.Instruction) bool {
	if call, ok := instr.(ssa.CallInstruction); ok {
		return usesContext(call.Common())
	}
	return slices.ContainsFunc(p.Received(instr), (*Channel).Closed)
}

// HearsEnd reports whether the case of a select statement is chosen when something is
// over: it receives from a channel that signals by being closed.
func (p *Package) HearsEnd(s *ssa.SelectState) bool {
	return s.Dir == types.RecvOnly && p.OfValue(s.Chan).Signal()
}

// CanEnd reports whether a context may end, and whether it is known where its end
// comes from.
func (p *Package) CanEnd(ctx ssa.Value) (known, can bool) {
	life := p.lives.OfValue(ctx)
	return life.Kind == ctxlife.Given || life.Kind == ctxlife.Ends, !life.Endless()
}

// usesContext reports whether a call is of a context's method or is given a
// context.
func usesContext(call *ssa.CallCommon) bool {
	if call.IsInvoke() && ctxlib.Carries(call.Value.Type()) {
		return true
	}
	for _, arg := range call.Args {
		if ctxlib.Carries(arg.Type()) {
			return true
		}
	}
	return false
}

// Awaits reports whether the instruction, or what it calls, may wait until other
// goroutines have come to a certain point: a receive, a blocking select or send,
// the Wait of a group, a call whose name says so or whose target is unknown.
func (p *Package) Awaits(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Send:
		return true
	case *ssa.UnOp:
		return isReceive(instr)
	case *ssa.Select:
		return instr.Blocking
	case *ssa.Call:
		return p.awaits(&instr.Call)
	}
	return false
}

func (p *Package) awaits(call *ssa.CallCommon) bool {
	if callee := p.Callee(call); callee != nil {
		return p.Runs(callee, func(instr ssa.Instruction) bool {
			if c, ok := instr.(*ssa.Call); ok {
				return p.Callee(&c.Call) == nil && p.awaits(&c.Call)
			}
			return p.Awaits(instr)
		})
	}
	fn := ssax.Callee(call)
	if fn == nil {
		_, builtin := call.Value.(*ssa.Builtin)
		return !builtin // a function value may do anything
	}
	return joins(fn) || hasCallback(call)
}

// hasCallback reports whether a call is given a function, which it may run
// repeatedly until that reports success.
func hasCallback(call *ssa.CallCommon) bool {
	for _, arg := range call.Args {
		if _, ok := arg.Type().Underlying().(*types.Signature); ok && !starter(call) {
			return true
		}
	}
	return false
}
