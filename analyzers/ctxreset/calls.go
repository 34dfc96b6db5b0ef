package ctxreset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/conditions"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// awaitedCall returns the call that an instruction is, if the function waits until it has
// returned: that of a go statement only where the function joins the goroutine. It is nil
// for other instructions.
func (c *checker) awaitedCall(instr ssa.Instruction) ssa.CallInstruction {
	switch instr := instr.(type) {
	case *ssa.Call:
		return instr
	case *ssa.Go:
		if c.joins(instr) {
			return instr
		}
	}
	return nil
}

// chainOfCall returns the chain of what a call runs, nil if there is none: the
// function it names, the only function that a value can be, or what all
// implementations of an interface's method that are in view have in common. Its
// conditions are about the function that has the call. With a chain it also returns why it
// does not matter there, "" if it does.
func (c *checker) chainOfCall(call ssa.CallInstruction) (*chainFact, decision.Reason) {
	fact := c.chainOfCallee(call)
	if fact != nil {
		fact = c.under(call, fact)
	}
	switch {
	case fact == nil:
		return nil, ""
	case !c.isLive(call):
		return fact, athand.OverAtHand
	}
	return fact, c.purposes.Lasting(call)
}

func (c *checker) chainOfCallee(call ssa.CallInstruction) *chainFact {
	if call.Common().IsInvoke() {
		return c.chainOfMethod(call.Common().Method)
	}
	target := c.target(call.Common())
	if target == nil {
		return nil
	}
	if obj := ssax.FuncOf(target); obj != nil {
		return c.chainOfFunc(obj)
	}
	return nil // a literal counts as part of the function that makes it
}

// under returns the chain of the call's callee that its arguments allow: fact, the worst,
// or otherwise another one, where the callee's body is in view.
func (c *checker) under(call ssa.CallInstruction, fact *chainFact) *chainFact {
	if at := atCall(call, fact); at != nil {
		return at
	}
	target := c.target(call.Common())
	if target == nil || target.Pkg != c.builder.SSA().Pkg {
		return nil
	}
	var found *chainFact
	for _, candidate := range c.candidates(target) {
		if at := atCall(call, candidate); at != nil {
			found = worse(found, at)
		}
	}
	if found != nil {
		found = c.headed(target, found)
	}
	return found
}

// target returns the only function that a call can run, generic ones in their
// general form; nil if there may be others.
func (c *checker) target(call *ssa.CallCommon) *ssa.Function {
	if call.IsInvoke() {
		return nil
	}
	target := call.StaticCallee()
	if target == nil {
		target = ssax.Target(call.Value)
	}
	if load, ok := call.Value.(*ssa.UnOp); ok && target == nil {
		if g, ok := load.X.(*ssa.Global); ok {
			target = c.fields.function(g)
		}
	}
	return ssax.Origin(target)
}

// chainOfFunc returns the chain of a declared function of any package.
func (c *checker) chainOfFunc(fn *types.Func) *chainFact {
	fn = fn.Origin()
	if fn.Pkg() == c.pass.Pkg {
		if f := c.builder.SSA().Pkg.Prog.FuncValue(fn); f != nil {
			return c.chains.Get(f)
		}
		return nil
	}
	fact := new(chainFact)
	if c.pass.ImportObjectFact(fn, fact) && scope.SameModule(c.pass, fn.Pkg(), fact.Module) {
		return fact
	}
	return nil
}

// atCall returns the chain that goes on with a call, with the conditions about the
// parameters of the calling function on which it does. It is nil if the arguments, or
// what leads to the call, exclude it.
func atCall(call ssa.CallInstruction, fact *chainFact) *chainFact {
	conds, ok := conditions.Through(call, fact.Conditions)
	if !ok {
		return nil
	}
	at := *fact
	at.Conditions = conds
	return &at
}
