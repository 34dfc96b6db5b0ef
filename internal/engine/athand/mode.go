package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Mode is how a function literal, or a function, runs in relation to the one
// that has the context.
type Mode uint8

const (
	Inline    Mode = iota // as part of it, as far as can be seen
	Started               // in a goroutine of its own
	Detached              // at another time: stored, registered, once for all callers
	Cleanup               // when the work is over
	unreached             // not at all, but for calls from functions of which that is true
)

// join joins the modes of two ways in which a function runs: cleanup counts for
// nothing beside another one.
func join(a, b Mode) Mode {
	if low := min(a, b); max(a, b) >= Cleanup {
		return low
	}
	return max(a, b)
}

// newModes returns the solver for how functions run. A literal can call another one
// through a variable, and a function itself: such a call adds nothing.
func (f *Finder) newModes() *fixpoint.Solver[*ssa.Function, Mode] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, Mode]{
		Bottom: unreached,
		Step: func(fn *ssa.Function) Mode {
			if fn.Parent() != nil {
				return f.joinReferences(fn)
			}
			return f.joinCalls(fn)
		},
		Join:  join,
		Equal: func(a, b Mode) bool { return a == b },
		Spent: Detached,
	})
}

// Mode says how fn runs, a literal of the function outer that has the context, or
// outer itself. A literal that nothing reaches has nothing to do with the work; of a
// declared function nothing is known then.
func (f *Finder) Mode(fn, outer *ssa.Function) Mode {
	switch m := f.nestedMode(fn, outer); {
	case m != unreached:
		return m
	case fn == outer:
		return Inline
	}
	return Cleanup
}

// LiteralMode says how a literal runs in the function around it.
func (f *Finder) LiteralMode(lit *ssa.Function) Mode { return min(f.modes.Get(lit), Cleanup) }

// nestedMode is Mode while modes are computed.
func (f *Finder) nestedMode(fn, outer *ssa.Function) Mode {
	result := Inline
	for ; fn != nil && fn != outer; fn = fn.Parent() {
		result = max(result, f.modes.Get(fn))
	}
	if result < Cleanup && mayBeCleanup(outer) {
		if m := f.modes.Get(outer); m >= Cleanup {
			return m
		}
	}
	return result
}

// joinReferences joins the modes that a literal has because of everything that the
// enclosing function does with it.
func (f *Finder) joinReferences(lit *ssa.Function) Mode {
	refs := ssax.References(lit)
	if len(refs) == 0 || !f.Liveness(lit.Parent()).At(refs[0]) {
		return Cleanup // never made, or only when the context has ended
	}
	result := unreached
	for _, ref := range refs {
		result = join(result, f.referenceMode(lit, ref, make(map[ssa.Value]bool)))
	}
	return result
}

// referenceMode says how a literal runs because of one reference to it. What is in
// seen, values and variables that hold the literal, is being looked at.
func (f *Finder) referenceMode(lit *ssa.Function, ref ssa.Instruction, seen map[ssa.Value]bool) Mode {
	switch ref := ref.(type) {
	case *ssa.Defer:
		return Cleanup
	case *ssa.Go:
		return Started
	case *ssa.Call:
		if isFunc(ref.Call.Value, lit) {
			return Inline
		}
		return f.callbackMode(lit, &ref.Call)
	case *ssa.Return:
		// Beside what was acquired, the function that releases it.
		if len(ref.Results) > 1 && endsWhatWasBegun(lit.Signature) {
			return Cleanup
		}
	case *ssa.Store:
		if alloc, ok := ref.Addr.(*ssa.Alloc); ok && (!alloc.Heap || HoldsFunc(alloc)) {
			return f.variableMode(lit, alloc, seen)
		}
		return Detached
	case *ssa.ChangeType:
		return f.valueMode(lit, ref, seen)
	case *ssa.MakeInterface, *ssa.MapUpdate, *ssa.Send:
		return Detached
	}
	return Inline
}

func isFunc(v ssa.Value, lit *ssa.Function) bool {
	if mc, ok := v.(*ssa.MakeClosure); ok {
		v = mc.Fn
	}
	return v == ssa.Value(lit)
}

// HoldsFunc reports whether a variable is of a function type.
func HoldsFunc(alloc *ssa.Alloc) bool {
	_, ok := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Signature)
	return ok
}

// valueMode joins the modes of all uses of a value that is the literal.
func (f *Finder) valueMode(lit *ssa.Function, v ssa.Value, seen map[ssa.Value]bool) Mode {
	if seen[v] {
		return unreached // what else holds the literal decides
	}
	seen[v] = true
	result := Cleanup // of a value that nothing uses
	for _, ref := range *v.Referrers() {
		m := Inline
		if call, ok := ref.(*ssa.Call); !ok || call.Call.Value != v {
			m = f.referenceMode(lit, ref, seen)
		}
		result = join(result, m)
	}
	return result
}

// variableMode looks at the uses of a variable that the literal is stored in.
func (f *Finder) variableMode(lit *ssa.Function, cell *ssa.Alloc, seen map[ssa.Value]bool) Mode {
	if seen[cell] {
		return unreached
	}
	seen[cell] = true
	result, used := unreached, false
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			used = true
			result = join(result, f.valueMode(lit, ref, seen))
		case *ssa.MakeClosure:
			// Another literal calls it: what that one is decides.
			used = true
			result = join(result, f.modes.Get(ref.Fn.(*ssa.Function)))
		}
	}
	if !used {
		return Inline
	}
	return result
}

// endsWhatWasBegun reports whether a literal that is returned is one to release
// what the function has acquired: it takes nothing and gives at most an error.
func endsWhatWasBegun(sig *types.Signature) bool {
	return sig.Params().Len() == 0 && (sig.Results().Len() == 0 || sig.Results().Len() == 1 && ctxlib.IsError(sig.Results().At(0).Type()))
}

// callbackMode says when a literal runs that is an argument of a call. One that
// has results, such as the attempt of a retry, is taken to run before the call
// returns, unless the callee's name tells that it is registered for later.
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
	if fn := call.StaticCallee(); fn != nil && len(fn.Blocks) > 0 {
		result := unreached
		for i, arg := range call.Args {
			if isFunc(arg, lit) && i < len(fn.Params) {
				result = join(result, f.paramMode(fn.Params[i], callee.Name()))
			}
		}
		if result == unreached {
			return Inline // it is among variadic arguments
		}
		return result
	}
	if registersForEnd(callee.Name()) {
		return Cleanup
	}
	if lit.Signature.Results().Len() == 0 || words.Registers.Leads(callee.Name()) {
		return Detached
	}
	return Inline
}

// paramMode says when a function in view runs its parameter p. If it keeps p, its
// name tells what for.
func (f *Finder) paramMode(p *ssa.Parameter, name string) Mode {
	switch {
	case !f.calls.Get(p):
		if registersForEnd(name) {
			return Cleanup
		}
		return Detached
	case f.onlyAtEnd(p):
		return Cleanup
	}
	return Inline
}

// onlyAtEnd reports whether a function only calls its parameter when the work is
// over: deferred, or after a channel has told so.
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

// registersForEnd reports whether a function whose body does not tell says by its
// name that what it is given runs at the end of something.
func registersForEnd(name string) bool {
	return words.IsHook(name) || words.Defers.Leads(name) || words.Cleans.Is(name)
}

// onlyCalls is the Step of calls: it reports whether a function does nothing with its
// parameter but call it before it returns, or hand it to a function that only does
// that. A recursive call adds nothing.
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

// passedDown reports whether a call hands the function p to one that only calls
// it as well.
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

// knownMode says when the functions run that callee, one of those known, is given.
func knownMode(callee *types.Func) Mode {
	switch {
	case ctxlib.IsFunc(callee, "context", "AfterFunc"), ctxlib.IsFunc(callee, "time", "AfterFunc"),
		ctxlib.IsFunc(callee, "runtime", "SetFinalizer"), ctxlib.IsFunc(callee, "runtime", "AddCleanup"),
		ctxlib.IsMethod(callee, "net/http", "Server", "RegisterOnShutdown"),
		callee.Pkg() != nil && callee.Pkg().Path() == "testing" && callee.Name() == "Cleanup":
		return Cleanup
	case ctxlib.IsFunc(callee, "sync", "OnceFunc"), ctxlib.IsFunc(callee, "sync", "OnceValue"), ctxlib.IsFunc(callee, "sync", "OnceValues"),
		ctxlib.IsMethod(callee, "sync", "Once", "Do"),
		ctxlib.IsMethod(callee, "golang.org/x/sync/singleflight", "Group", "Do", "DoChan"):
		return Detached // for all callers: it must not end with one of them
	case ctxlib.IsMethod(callee, "sync", "WaitGroup", "Go"):
		return Started
	}
	return Inline
}

// mayBeCleanup reports whether all calls of fn are in view, so that it can be told
// to be called only where the work is over: deferred, in cleanup code, after the end
// of a context.
func mayBeCleanup(fn *ssa.Function) bool {
	return fn != nil && fn.Parent() == nil && fn.Object() != nil && !fn.Object().Exported()
}

// joinCalls returns cleanup if all calls of fn, a declared function, are made when
// the work is over, unreached if there are none but recursive ones, and else inline.
func (f *Finder) joinCalls(fn *ssa.Function) Mode {
	refs := f.builder.SSA().Index().References(fn)
	if len(refs) == 0 {
		return Inline
	}
	result := unreached
	for _, ref := range refs {
		result = join(result, f.callMode(ref))
	}
	return result
}

// callMode returns cleanup if a reference to a function is a call that is made when the
// work is over, unreached if it is in a function of which that is true, and else
// inline.
func (f *Finder) callMode(ref ssa.Instruction) Mode {
	switch ref.(type) {
	case *ssa.Defer:
		return Cleanup
	case *ssa.Call:
	default:
		return Inline
	}
	fn := ref.Parent()
	if !f.Liveness(fn).At(ref) {
		return Cleanup
	}
	outer := ssax.Outermost(fn)
	switch m := f.nestedMode(fn, outer); {
	case m >= Cleanup:
		return m
	case fn == outer && words.CleansUp(fn.Name()):
		return Cleanup
	}
	return Inline
}
