package cancelleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// escapeSearch answers whether a context, or something made with it, gets out of
// the function. It errs on the side of yes: a wrong no would offer a wrong fix.
type escapeSearch struct {
	tainted map[ssa.Value]bool
	called  bool // in what the function calls: what is returned gets to the function itself
	unseen  bool // it was given to a function whose body is out of sight

	// If fn is set, waiting for the context counts, too: nobody will end it. If there are
	// exits, only what may come before one of them counts.
	fn    *ssa.Function
	exits []ssa.Instruction

	// awaits is set to look only for who is seen to wait: a goroutine that gets the context, or
	// whoever asks for its end. What else keeps it may never ask.
	awaits bool
}

// escapes reports whether v, or a value computed from it that can hold on to the
// context, is returned, stored outside the function, or used by a goroutine.
func (e *escapeSearch) escapes(v ssa.Value) bool {
	if e.tainted[v] || v.Referrers() == nil {
		return false
	}
	e.tainted[v] = true
	for _, ref := range *v.Referrers() {
		if !e.counts(ref) {
			continue
		}
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			if !ok && !e.awaits || ok && e.escapes(cell) {
				return true
			}
		case *ssa.Call:
			if e.keptBy(ref) {
				return true
			}
		case *ssa.Defer:
			e.unseen = true
		case *ssa.MakeClosure:
			if !runsHere(ref) && (!e.awaits || runsAlone(ref)) {
				return true
			}
			e.unseen = true
		case *ssa.Return:
			if !e.called && !e.awaits {
				return true
			}
		case *ssa.Go:
			return true
		case *ssa.Send, *ssa.MapUpdate, *ssa.Panic:
			if !e.awaits {
				return true
			}
		default:
			if w, ok := ref.(ssa.Value); ok && canHold(w.Type()) && e.escapes(w) {
				return true
			}
		}
	}
	return false
}

// keptBy reports whether a call may keep the context that it gets: it returns
// something that can hold it, its body lets it escape, or, where no body is in
// view, its name says that it starts something.
func (e *escapeSearch) keptBy(call *ssa.Call) bool {
	if body := call.Call.StaticCallee(); body != nil && len(body.Blocks) > 0 {
		inner := &escapeSearch{tainted: e.tainted, called: true, fn: e.fn, awaits: e.awaits}
		for i, arg := range call.Call.Args {
			if e.tainted[arg] && inner.escapes(body.Params[i]) {
				return true
			}
		}
		e.unseen = e.unseen || inner.unseen
	} else {
		fn := ssax.Callee(&call.Call)
		if fn != nil && words.Retains.Leads(fn.Name()) && !e.awaits || e.fn != nil && ctxlib.IsMethod(fn, "context", "Context", "Done") {
			return true
		}
		e.unseen = e.unseen || fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "context"
	}
	if tuple, ok := call.Type().(*types.Tuple); ok && tuple.Len() == 0 {
		return false
	}
	return canHold(call.Type()) && e.escapes(call)
}

// runsAlone reports whether a closure is started as a goroutine.
func runsAlone(mc *ssa.MakeClosure) bool {
	return slices.ContainsFunc(*mc.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Go:
			return true
		case *ssa.Call:
			fn := ssax.Callee(&ref.Call)
			return ctxlib.IsMethod(fn, "sync", "WaitGroup", "Go") || ctxlib.IsMethod(fn, errgroupPath, "Group", "Go", "TryGo")
		}
		return false
	})
}

// runsHere reports whether a closure is only called or deferred by its function.
func runsHere(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if ref.Call.Value != ssa.Value(mc) {
				return false
			}
		case *ssa.Defer:
			if ref.Call.Value != ssa.Value(mc) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// canHold reports whether a value of type t can hold a context: errors, strings,
// numbers and the like cannot.
func canHold(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return canHold(u.Elem())
	case *types.Array:
		return canHold(u.Elem())
	case *types.Map:
		return canHold(u.Key()) || canHold(u.Elem())
	case *types.Tuple:
		for v := range u.Variables() {
			if canHold(v.Type()) {
				return true
			}
		}
		return false
	}
	return !ctxlib.IsError(t)
}
