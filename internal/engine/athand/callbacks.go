package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/memo"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// EndsWhatWasBegun reports whether a returned literal may be there to release
// what the function has acquired: it takes nothing and returns at most an
// error.
func EndsWhatWasBegun(sig *types.Signature) bool {
	return sig.Params().Len() == 0 && (sig.Results().Len() == 0 || sig.Results().Len() == 1 && ctxlib.IsError(sig.Results().At(0).Type()))
}

// callbackMode says how a literal runs that is an argument of a call. One that
// has results, such as an attempt that is retried, is taken to run before the
// call returns, unless the callee's name says that it is registered for later.
func (f *Finder) callbackMode(lit *ssa.Function, call *ssa.CallCommon) Mode {
	callee := ssax.Callee(call)
	if callee == nil {
		return Inline
	}
	if m := knownMode(callee); m != Inline {
		return m
	}
	if callee.Pkg() != nil && scope.IsStandardPath(callee.Pkg().Path()) && callee.Pkg() != f.pass.Pkg {
		return Inline
	}
	if fn := ssax.Body(call.StaticCallee()); fn != nil {
		result := unreached
		for i, arg := range call.Args {
			if isFunc(arg, lit) && i < len(fn.Params) {
				result = join(result, f.paramMode(fn.Params[i], callee.Name()))
			}
		}
		if result == unreached {
			return Inline // it is one of the variadic arguments
		}
		return result
	}
	if registersForEnd(callee.Name()) {
		return Cleanup
	}
	if lit.Signature.Results().Len() == 0 || words.Registers.Leads(callee.Name()) || words.Shares.Leads(callee.Name()) || constructs(callee.Name(), call.Signature()) {
		return Detached
	}
	return Inline
}

// constructs reports whether the name and the results of a function that is out of
// sight say that it makes an object, which keeps the functions that it is given: a pool
// its factory, a client what it dials with.
func constructs(name string, sig *types.Signature) bool {
	results := sig.Results()
	if results.Len() == 0 || ctxlib.IsError(results.At(0).Type()) || !words.Starts.Leads(name) {
		return false
	}
	switch results.At(0).Type().Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// paramMode says how a function whose body can be seen runs its parameter p. If
// it keeps p, its name says what for.
func (f *Finder) paramMode(p *ssa.Parameter, name string) Mode {
	switch {
	case !f.calls.Get(p):
		if registersForEnd(name) {
			return Cleanup
		}
		return Detached
	case f.onlyAtEnd(p):
		return Cleanup
	case fillsMemo(p):
		return Detached
	}
	return Inline
}

// fillsMemo reports whether a function calls its parameter only to fill what it keeps
// for all callers.
func fillsMemo(p *ssa.Parameter) bool {
	calls := 0
	for _, ref := range *p.Referrers() {
		if call, ok := ref.(*ssa.Call); ok {
			calls++
			if !memo.Fills(call) {
				return false
			}
		}
	}
	return calls > 0
}

// onlyAtEnd reports whether a function calls its parameter only when the work
// is over: deferred, or after a channel has signalled the end.
func (f *Finder) onlyAtEnd(p *ssa.Parameter) bool {
	calls := 0
	for _, ref := range *p.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Defer:
			calls++
		case *ssa.Call:
			calls++
			if f.Liveness(p.Parent()).At(ref) {
				return false
			}
		}
	}
	return calls > 0
}

// registersForEnd reports whether the name of a function, whose body does not
// tell, says that its argument runs at the end of something.
func registersForEnd(name string) bool {
	return words.IsHook(name) || words.Defers.Leads(name) || words.Cleans.Is(name)
}

// onlyCalls is the Step of calls: it reports whether a function does nothing
// with its parameter but call it before it returns, or hand it to a function
// that does only that. A recursive call adds nothing.
func (f *Finder) onlyCalls(p *ssa.Parameter) bool {
	for _, ref := range *p.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if ref.Call.Value != ssa.Value(p) && !f.passedDown(ref, p) {
				return false
			}
		case *ssa.Defer, *ssa.BinOp, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// passedDown reports whether a call hands the function p to a function that
// only calls it, too.
func (f *Finder) passedDown(call *ssa.Call, p *ssa.Parameter) bool {
	fn := ssax.Origin(call.Call.StaticCallee())
	if fn == nil || len(fn.Blocks) == 0 {
		return false
	}
	for i, arg := range call.Call.Args {
		if arg == ssa.Value(p) && (i >= len(fn.Params) || !f.calls.Get(fn.Params[i])) {
			return false
		}
	}
	return true
}

// knownMode says how the function arguments of callee, a function of a library,
// run.
func knownMode(callee *types.Func) Mode {
	switch {
	case ctxlib.IsFunc(callee, "context", "AfterFunc"), ctxlib.IsFunc(callee, "time", "AfterFunc"),
		ctxlib.IsFunc(callee, "runtime", "SetFinalizer"), ctxlib.IsFunc(callee, "runtime", "AddCleanup"),
		ctxlib.IsMethod(callee, "net/http", "Server", "RegisterOnShutdown"),
		callee.Pkg() != nil && callee.Pkg().Path() == "testing" && callee.Name() == "Cleanup":
		return Cleanup
	case ctxlib.IsFunc(callee, "sync", "OnceFunc"), ctxlib.IsFunc(callee, "sync", "OnceValue"), ctxlib.IsFunc(callee, "sync", "OnceValues"),
		ctxlib.IsMethod(callee, "sync", "Once", "Do"),
		isSingleFlight(callee):
		return Detached // runs for all callers: it must not end with any one of them
	case ctxlib.IsMethod(callee, "sync", "WaitGroup", "Go"):
		return Started
	}
	return Inline
}

// isSingleFlight reports whether callee is one of the methods of singleflight's Group,
// of which projects have copies and generic variants.
func isSingleFlight(callee *types.Func) bool {
	if callee.Pkg() == nil || callee.Pkg().Name() != "singleflight" || ctxlib.ReceiverName(callee) != "Group" {
		return false
	}
	return callee.Name() == "Do" || callee.Name() == "DoChan"
}

// mayBeCleanup reports whether all calls of fn can be seen, so that it can be
// known to be called only where the work is over: deferred, in cleanup code, or
// after the end of a context.
func mayBeCleanup(fn *ssa.Function) bool {
	return fn != nil && fn.Parent() == nil && fn.Object() != nil && !fn.Object().Exported()
}
