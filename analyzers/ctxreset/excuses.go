package ctxreset

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// mode is how a function literal, or a function, runs in relation to the one
// that has the context.
type mode uint8

const (
	inline    mode = iota // as part of it, as far as can be seen
	started               // in a goroutine of its own
	detached              // at another time: stored, registered, once for all callers
	cleanup               // when the work is over
	unreached             // not at all, but for calls from functions of which that is true
)

// join joins the modes of two ways in which a function runs: cleanup counts for
// nothing beside another one.
func join(a, b mode) mode {
	if low := min(a, b); max(a, b) >= cleanup {
		return low
	}
	return max(a, b)
}

// newModes returns the solver for how functions run. A literal can call another one
// through a variable, and a function itself: such a call adds nothing.
func (c *checker) newModes() *fixpoint.Solver[*ssa.Function, mode] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, mode]{
		Bottom: unreached,
		Step: func(fn *ssa.Function) mode {
			if fn.Parent() != nil {
				return c.joinReferences(fn)
			}
			return c.joinCalls(fn)
		},
		Join:  join,
		Equal: func(a, b mode) bool { return a == b },
		Spent: detached,
	})
}

// modeOf says how fn runs, a literal of the function outer that has the context,
// or outer itself. A literal that nothing reaches has nothing to do with the work;
// of a declared function nothing is known then.
func (c *checker) modeOf(fn, outer *ssa.Function) mode {
	switch m := c.nestedMode(fn, outer); {
	case m != unreached:
		return m
	case fn == outer:
		return inline
	}
	return cleanup
}

// nestedMode is modeOf while modes are computed.
func (c *checker) nestedMode(fn, outer *ssa.Function) mode {
	result := inline
	for f := fn; f != nil && f != outer; f = f.Parent() {
		result = max(result, c.modes.Get(f))
	}
	if result < cleanup && mayBeCleanup(outer) {
		if m := c.modes.Get(outer); m >= cleanup {
			return m
		}
	}
	return result
}

// joinReferences joins the modes that a literal has because of everything that the
// enclosing function does with it.
func (c *checker) joinReferences(lit *ssa.Function) mode {
	refs := ssax.References(lit)
	if len(refs) == 0 || !c.liveness(lit.Parent()).at(refs[0]) {
		return cleanup // never made, or only when the context has ended
	}
	result := unreached
	for _, ref := range refs {
		result = join(result, c.referenceMode(lit, ref, 0))
	}
	return result
}

// referenceMode says how a literal runs because of one reference to it.
func (c *checker) referenceMode(lit *ssa.Function, ref ssa.Instruction, depth int) mode {
	switch ref := ref.(type) {
	case *ssa.Defer:
		return cleanup
	case *ssa.Go:
		return started
	case *ssa.Call:
		if isFunc(ref.Call.Value, lit) {
			return inline
		}
		return c.callbackMode(lit, &ref.Call)
	case *ssa.Return:
		// Beside what was acquired, the function that releases it.
		if len(ref.Results) > 1 && endsWhatWasBegun(lit.Signature) {
			return cleanup
		}
	case *ssa.Store:
		if alloc, ok := ref.Addr.(*ssa.Alloc); ok && !alloc.Heap || ok && depth < 2 && holdsFunc(alloc) {
			return c.variableMode(lit, alloc, depth+1)
		}
		return detached
	case *ssa.ChangeType:
		return c.valueMode(lit, ref, depth+1)
	case *ssa.MakeInterface, *ssa.MapUpdate, *ssa.Send:
		return detached
	}
	return inline
}

func isFunc(v ssa.Value, lit *ssa.Function) bool {
	if mc, ok := v.(*ssa.MakeClosure); ok {
		v = mc.Fn
	}
	return v == ssa.Value(lit)
}

func holdsFunc(alloc *ssa.Alloc) bool {
	_, ok := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Signature)
	return ok
}

// valueMode joins the modes of all uses of a value that is the literal.
func (c *checker) valueMode(lit *ssa.Function, v ssa.Value, depth int) mode {
	if depth > 4 {
		return inline
	}
	result := cleanup // of a value that nothing uses
	for _, ref := range *v.Referrers() {
		m := inline
		if call, ok := ref.(*ssa.Call); !ok || call.Call.Value != v {
			m = c.referenceMode(lit, ref, depth)
		}
		result = join(result, m)
	}
	return result
}

// variableMode looks at the uses of a variable that the literal is stored in.
func (c *checker) variableMode(lit *ssa.Function, cell *ssa.Alloc, depth int) mode {
	result, used := unreached, false
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			used = true
			result = join(result, c.valueMode(lit, ref, depth))
		case *ssa.MakeClosure:
			// Another literal calls it: what that one is decides.
			used = true
			result = join(result, c.modes.Get(ref.Fn.(*ssa.Function)))
		}
	}
	if !used {
		return inline
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
func (c *checker) callbackMode(lit *ssa.Function, call *ssa.CallCommon) mode {
	callee := ssax.Callee(call)
	if callee == nil {
		return inline
	}
	if m := knownMode(callee); m != inline {
		return m
	}
	if callee.Pkg() != nil && scope.IsStandardPath(callee.Pkg().Path()) && callee.Pkg() != c.pass.Pkg {
		return inline
	}
	if fn := call.StaticCallee(); fn != nil && len(fn.Blocks) > 0 {
		result := unreached
		for i, arg := range call.Args {
			if isFunc(arg, lit) && i < len(fn.Params) {
				result = join(result, c.paramMode(fn.Params[i], callee.Name()))
			}
		}
		if result == unreached {
			return inline // it is among variadic arguments
		}
		return result
	}
	if registersForEnd(callee.Name()) {
		return cleanup
	}
	if lit.Signature.Results().Len() == 0 || words.Registers.Leads(callee.Name()) {
		return detached
	}
	return inline
}

// paramMode says when a function in view runs its parameter p. If it keeps p, its
// name tells what for.
func (c *checker) paramMode(p *ssa.Parameter, name string) mode {
	switch {
	case !onlyCalls(p):
		if registersForEnd(name) {
			return cleanup
		}
		return detached
	case c.onlyAtEnd(p):
		return cleanup
	}
	return inline
}

// onlyAtEnd reports whether a function only calls its parameter when the work is
// over: deferred, or after a channel has told so.
func (c *checker) onlyAtEnd(p *ssa.Parameter) bool {
	calls := 0
	for _, ref := range *p.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Defer:
			calls++
		case *ssa.Call:
			calls++
			if c.liveness(p.Parent()).at(ref) {
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

// onlyCalls reports whether a function does nothing with its parameter but call
// it before it returns.
func onlyCalls(p *ssa.Parameter) bool {
	for _, ref := range *p.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if ref.Call.Value != ssa.Value(p) && !passedDown(ref, p) {
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
func passedDown(call *ssa.Call, p *ssa.Parameter) bool {
	fn := call.Call.StaticCallee()
	if fn == nil || len(fn.Blocks) == 0 || fn == p.Parent() {
		return fn == p.Parent()
	}
	for i, arg := range call.Call.Args {
		if arg == ssa.Value(p) && (i >= len(fn.Params) || !onlyCalls(fn.Params[i])) {
			return false
		}
	}
	return true
}

// knownMode says when the functions run that callee, one of those known, is given.
func knownMode(callee *types.Func) mode {
	switch {
	case ctxlib.IsFunc(callee, "context", "AfterFunc"), ctxlib.IsFunc(callee, "time", "AfterFunc"),
		ctxlib.IsFunc(callee, "runtime", "SetFinalizer"), ctxlib.IsFunc(callee, "runtime", "AddCleanup"),
		ctxlib.IsMethod(callee, "net/http", "Server", "RegisterOnShutdown"),
		callee.Pkg() != nil && callee.Pkg().Path() == "testing" && callee.Name() == "Cleanup":
		return cleanup
	case ctxlib.IsFunc(callee, "sync", "OnceFunc"), ctxlib.IsFunc(callee, "sync", "OnceValue"), ctxlib.IsFunc(callee, "sync", "OnceValues"),
		ctxlib.IsMethod(callee, "sync", "Once", "Do"),
		ctxlib.IsMethod(callee, "golang.org/x/sync/singleflight", "Group", "Do", "DoChan"):
		return detached // for all callers: it must not end with one of them
	case ctxlib.IsMethod(callee, "sync", "WaitGroup", "Go"):
		return started
	}
	return inline
}

// mayBeCleanup reports whether all calls of fn are in view, so that it can be told
// to be called only where the work is over: deferred, in cleanup code, after the end
// of a context.
func mayBeCleanup(fn *ssa.Function) bool {
	return fn != nil && fn.Parent() == nil && fn.Object() != nil && !fn.Object().Exported()
}

// joinCalls returns cleanup if all calls of fn, a declared function, are made when
// the work is over, unreached if there are none but recursive ones, and else inline.
func (c *checker) joinCalls(fn *ssa.Function) mode {
	refs := c.builder.SSA().Index().References(fn)
	if len(refs) == 0 {
		return inline
	}
	result := unreached
	for _, ref := range refs {
		result = join(result, c.callMode(ref))
	}
	return result
}

// callMode returns cleanup if a reference to a function is a call that is made when the
// work is over, unreached if it is in a function of which that is true, and else
// inline.
func (c *checker) callMode(ref ssa.Instruction) mode {
	switch ref.(type) {
	case *ssa.Defer:
		return cleanup
	case *ssa.Call:
	default:
		return inline
	}
	fn := ref.Parent()
	if !c.liveness(fn).at(ref) {
		return cleanup
	}
	outer := ssax.Outermost(fn)
	switch m := c.nestedMode(fn, outer); {
	case m >= cleanup:
		return m
	case fn == outer && words.CleansUp(fn.Name()):
		return cleanup
	}
	return inline
}

// nodeOf returns the syntax of a function that the source declares.
func nodeOf(fn *ssa.Function) ast.Node {
	return ssax.Origin(fn).Syntax()
}
