package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/words"
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
