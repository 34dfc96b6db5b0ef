package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/memo"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Mode says how a function literal, or a declared function, runs in relation to
// the function that has the context.
type Mode uint8

const (
	Inline    Mode = iota // as part of that function, as far as can be seen
	Started               // in a goroutine of its own
	Detached              // at another time: stored, registered, once for all callers
	Cleanup               // when the work is over
	unreached             // not at all, except for calls from functions that are themselves unreached
)

// join combines two ways in which a function runs. If one is not cleanup,
// cleanup does not count.
func join(a, b Mode) Mode {
	if low := min(a, b); max(a, b) >= Cleanup {
		return low
	}
	return max(a, b)
}

// newModes returns the solver for how functions run. A literal can call another
// through a variable, and a function can call itself; a recursive call adds
// nothing.
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

// Mode says how fn runs: a literal in the function outer, which has the
// context, or outer itself. If nothing reaches a literal, it has nothing to do
// with the work; if nothing reaches a declared function, nothing is known about
// it.
func (f *Finder) Mode(fn, outer *ssa.Function) Mode {
	switch m := f.nestedMode(fn, outer); {
	case m != unreached:
		return m
	case fn == outer:
		return Inline
	}
	return Cleanup
}

// LiteralMode says how a literal runs in relation to the function around it.
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

// joinReferences joins the modes that follow from everything that the enclosing
// function does with a literal.
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

// referenceMode says how a literal runs because of one reference to it. The
// values and variables in seen, which hold the literal, are already being
// examined.
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
		// The function that releases is returned together with what was
		// acquired.
		if len(ref.Results) > 1 && EndsWhatWasBegun(lit.Signature) {
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
		return unreached // the other holders of the literal decide
	}
	seen[v] = true
	result := Cleanup // the value is unused
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
			// Another literal calls it: that literal's mode decides.
			used = true
			result = join(result, f.modes.Get(ref.Fn.(*ssa.Function)))
		}
	}
	if !used {
		return Inline
	}
	return result
}

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

// joinCalls returns cleanup if all calls of the declared function fn are made
// when the work is over, unreached if all calls are recursive, and inline
// otherwise.
func (f *Finder) joinCalls(fn *ssa.Function) Mode {
	refs := f.builder.SSA().Index().References(fn)
	if len(refs) == 0 {
		return Inline
	}
	result := unreached
	for _, ref := range refs {
		if !ssax.InstrInTest(ref) { // a test calls what it likes
			result = join(result, f.callMode(ref))
		}
	}
	return result
}

// callMode returns cleanup if a reference to a function is a call that is made
// when the work is over, unreached if it is in a function that is itself
// unreached, and inline otherwise.
func (f *Finder) callMode(ref ssa.Instruction) Mode {
	switch ref.(type) {
	case *ssa.Defer:
		return Cleanup
	case *ssa.Call, *ssa.Go:
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
