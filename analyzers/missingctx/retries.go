package missingctx

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// tried returns the parameter that a loop calls as a function, again and again until that
// succeeds; nil if there is none, or if the loop looks closer at the error: then it may
// know the end of a context.
func tried(loop *ssax.Loop) (callback *ssa.Parameter) {
	closer := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		if !ok {
			return true
		}
		if p, ok := call.Call.Value.(*ssa.Parameter); ok && !call.Call.IsInvoke() && ctxlib.CanFail(call.Call.Signature()) {
			callback = p
		} else if looksAtError(&call.Call) {
			closer = true
		}
		return true
	})
	if closer {
		return nil
	}
	return callback
}

// looksAtError reports whether a call is given an error and answers a question.
func looksAtError(call *ssa.CallCommon) bool {
	results := call.Signature().Results()
	if results.Len() != 1 {
		return false
	}
	basic, ok := results.At(0).Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0 &&
		slices.ContainsFunc(call.Args, func(arg ssa.Value) bool { return ctxlib.IsError(arg.Type()) })
}

// given returns the fact about a function with the arguments of a call: if one of these is
// what the function tries between its waits, it has to be known to work under a context.
func (f *chainFact) given(call *ssa.Call) *chainFact {
	at := *f
	if f.Between == 0 {
		return &at
	}
	at.Between = 0
	if len(call.Call.Args) < f.Between {
		at.Likely = true
		return &at
	}
	switch arg := ssax.Strip(call.Call.Args[f.Between-1]).(type) {
	case *ssa.Parameter:
		at.Between = 1 + slices.Index(arg.Parent().Params, arg)
	case *ssa.MakeClosure:
		at.Likely = at.Likely || !worksUnderContext(arg.Fn.(*ssa.Function))
	case *ssa.Function:
		at.Likely = at.Likely || !worksUnderContext(arg)
	default:
		at.Likely = true
	}
	return &at
}

// worksUnderContext reports whether a literal gives a context to a call that can fail.
func worksUnderContext(lit *ssa.Function) bool {
	return lit.Synthetic == "" && ssax.Any(lit, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		return ok && ctxlib.CanFail(call.Call.Signature()) &&
			slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return ctxlib.IsContextual(arg.Type()) })
	})
}
