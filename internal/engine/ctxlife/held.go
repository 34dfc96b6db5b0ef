package ctxlife

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A context that a function derives with WithCancel, and cancels when it returns, cannot end
// while a function runs that it calls: for that one it is held. What this one starts, or
// keeps, may live until it ends.
//
//	ctx, cancel := context.WithCancel(context.Background())
//	defer cancel()
//	return load(ctx)

// passed returns the life of a context that a call passes.
func (r *Result) passed(call ssa.CallInstruction, arg ssa.Value) Life {
	w := &backward{r: r, seen: make(map[ssa.Value]bool)}
	switch call.(type) {
	case *ssa.Call:
		w.during = call
	case *ssa.Defer: // the function's own, which its caller still holds when it returns
		if _, own := arg.(*ssa.Parameter); own {
			w.during = call
		}
	}
	return w.value(arg)
}

// cancellable returns the life of what a call derives together with a cancel function: that of
// its parent if the process ends when it is cancelled, and one that is held during the call
// that the walk is about.
func (w *backward) cancellable(call *ssa.Call) Life {
	fn := ssax.Callee(&call.Call)
	if !ctxlib.IsFunc(fn, "context", "WithCancel") && !ctxlib.IsFunc(fn, "context", "WithCancelCause") {
		return w.call(&call.Call)
	}
	cancel := ssax.Result(call, 1)
	if cancel == nil {
		return Life{Kind: Ends}
	}
	if ssax.IsMain(call.Parent()) && onlyDeferred(cancel) || w.r.endsProcess(cancel) {
		return w.value(call.Call.Args[0])
	}
	if w.during != nil && w.during.Parent() == call.Parent() && onlyCancelledAfter(cancel, w.during) {
		switch parent := w.value(call.Call.Args[0]); parent.Kind {
		case None:
			return parent
		case Root, Held:
			return Life{Kind: Held}
		}
	}
	return Life{Kind: Ends}
}

// onlyDeferred reports whether all that is done with a cancel function is to defer its call.
func onlyDeferred(cancel ssa.Value) bool {
	refs := *cancel.Referrers()
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(ref ssa.Instruction) bool { return !isDeferOf(ref, cancel) })
}

func isDeferOf(instr ssa.Instruction, fn ssa.Value) bool {
	deferred, ok := instr.(*ssa.Defer)
	return ok && deferred.Call.Value == fn && !slices.Contains(deferred.Call.Args, fn)
}

// onlyCancelledAfter reports whether nobody can call a cancel function until the call during
// has returned (must): before it, the function at most defers that.
func onlyCancelledAfter(cancel ssa.Value, during ssa.Instruction) bool {
	harmless := func(ref ssa.Instruction, fn ssa.Value) bool {
		_, debug := ref.(*ssa.DebugRef)
		return debug || isDeferOf(ref, fn) || ref != during && !ssax.Reaches(ref, during)
	}
	for _, ref := range *cancel.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			if !harmless(ref, cancel) {
				return false
			}
			continue
		}
		cell, local := st.Addr.(*ssa.Alloc)
		if !local {
			return false
		}
		uses := ssax.UsesOf(cell)
		if uses.Escapes || len(uses.Stores) != 1 {
			return false
		}
		for _, load := range uses.Loads {
			for _, ref := range *load.Referrers() {
				if load.Parent() == during.Parent() && !harmless(ref, load) {
					return false
				}
			}
		}
		for _, lit := range uses.Closures {
			for _, ref := range *lit.Referrers() {
				if lit.Parent() == during.Parent() && !harmless(ref, lit) {
					return false
				}
			}
		}
	}
	return true
}

// endsProcess reports whether a cancel function is kept in a variable of the package, and only
// called where the process ends on all ways from there (must).
func (r *Result) endsProcess(cancel ssa.Value) bool {
	kept := false
	for _, ref := range *cancel.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			return false
		}
		g, ok := st.Addr.(*ssa.Global)
		if !ok || g.Pkg.Pkg != r.pass.Pkg || g.Object() == nil || g.Object().Exported() || !r.calledAtEnd(g) {
			return false
		}
		kept = true
	}
	return kept
}

// calledAtEnd reports whether all that is done with the function in a variable of the package
// is to call it where the process ends. What tests do does not count.
func (r *Result) calledAtEnd(g *ssa.Global) bool {
	uses := r.builder.SSA().Index().Global(g)
	if uses.Escapes {
		return false
	}
	for _, load := range uses.Loads {
		if ssax.InstrInTest(load) {
			continue
		}
		for _, ref := range *load.Referrers() {
			if _, debug := ref.(*ssa.DebugRef); debug {
				continue
			}
			call, ok := ref.(*ssa.Call)
			if !ok || call.Call.Value != ssa.Value(load) || returnsAfter(call) {
				return false
			}
		}
	}
	return true
}

// returnsAfter reports whether the function of an instruction may go on after it for long: to
// return, to panic, or in a loop. Control flow ends at calls that never return.
func returnsAfter(instr ssa.Instruction) bool {
	s := ssax.Search{Goal: func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.Return:
			return true
		case *ssa.Panic:
			return !isNeverReached(instr)
		}
		return ssax.Reaches(instr, instr)
	}}
	return s.After(instr)
}

// isNeverReached reports whether a panic only stands for the end of a call that never returns:
// it has the place of the call.
func isNeverReached(p *ssa.Panic) bool {
	return slices.ContainsFunc(p.Block().Instrs, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		return ok && call.Pos() == p.Pos()
	})
}
