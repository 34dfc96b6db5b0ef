package ctxreset

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// isLifetime reports whether the context outlives the function: it, or what
// ends it, is stored or returned, as in a constructor.
func isLifetime(flow *ctxflow.Flow) bool {
	if flow.Has(ctxflow.Stored) || flow.Has(ctxflow.Returned) {
		return true
	}
	for _, instr := range flow.Derived {
		for _, ref := range *instr.(*ssa.Call).Referrers() {
			if ext, ok := ref.(*ssa.Extract); ok && endsContext(ext) && kept(ext) {
				return true
			}
		}
	}
	return false
}

// endsContext reports whether a result of a call that derives a context ends it: its
// cancel function, or its group.
func endsContext(ext *ssa.Extract) bool {
	return ctxlib.CanHoldCancel(ext.Type()) || ctxlib.IsNamedOrPointer(ext.Type(), "golang.org/x/sync/errgroup", "Group")
}

// kept reports whether v is returned, or stored outside of the function.
func kept(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Return, *ssa.MapUpdate, *ssa.Send:
			return true
		case *ssa.Store:
			if _, local := ref.Addr.(*ssa.Alloc); !local {
				return true
			}
		case *ssa.ChangeType:
			if kept(ref) {
				return true
			}
		}
	}
	return false
}

// isLinked reports whether something else ends the fresh context: its cancel function
// is run by context.AfterFunc, by a literal that waits, or by one that is kept.
func (c *checker) isLinked(flow *ctxflow.Flow) bool {
	return slices.ContainsFunc(cancels(flow.Derived), c.runsAtEnd)
}

// cancels returns the cancel functions of contexts that are derived.
func cancels(derived []ssa.Instruction) (found []ssa.Value) {
	for _, instr := range derived {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		for _, ref := range *call.Referrers() {
			if ext, ok := ref.(*ssa.Extract); ok && ctxlib.IsCancelFunc(ext.Type()) {
				found = append(found, ext)
			}
		}
	}
	return found
}

// endsWithFunction reports whether only goroutines do work under a fresh context that ends
// when the function returns, and the function waits for the end of the context at hand.
func (c *checker) endsWithFunction(r *reset) bool {
	fn := r.instr.Parent()
	if slices.ContainsFunc(r.work, func(u ctxflow.Use) bool { return u.Kind != ctxflow.Started && u.Instr.Parent() == fn }) {
		return false
	}
	if !slices.ContainsFunc(cancels(r.flow.Derived), isDeferred) {
		return false
	}
	live := c.atHand.Liveness(fn)
	return ssax.Any(fn, func(instr ssa.Instruction) bool {
		sel, ok := instr.(*ssa.Select)
		return ok && sel.Blocking && live.HearsEnd(sel)
	})
}

// runsAtEnd reports whether a cancel function is given to context.AfterFunc, or
// captured by a literal that is, that is kept for later, or that receives from a Done
// channel.
func (c *checker) runsAtEnd(cancel ssa.Value) bool {
	for _, ref := range *cancel.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if ctxlib.IsFunc(ssax.Callee(&ref.Call), "context", "AfterFunc") {
				return true
			}
		case *ssa.ChangeType:
			if c.runsAtEnd(ref) {
				return true
			}
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			if !ok {
				continue
			}
			for _, use := range *cell.Referrers() {
				if mc, ok := use.(*ssa.MakeClosure); ok && (athand.AwaitsEnd(mc.Fn.(*ssa.Function)) || c.atHand.LiteralMode(mc.Fn.(*ssa.Function)) >= athand.Detached && !onlyDeferred(mc)) {
					return true
				}
			}
		}
	}
	return false
}

// isOwnSignal reports whether a use is a receive, and nothing else, that waits until
// somebody calls the cancel function of the fresh context: that has no other end, and
// the function ends it in any case when it returns.
func isOwnSignal(u *ctxflow.Use, flow *ctxflow.Flow) bool {
	_, receive := u.Instr.(*ssa.UnOp)
	if u.Kind != ctxflow.Waited || !receive {
		return false
	}
	deferred := false
	for _, instr := range flow.Derived {
		call, ok := instr.(*ssa.Call)
		if !ok || ctxlib.IsDeadline(ssax.Callee(&call.Call)) {
			return false
		}
		for _, ref := range *call.Referrers() {
			if ext, ok := ref.(*ssa.Extract); ok && ctxlib.IsCancelFunc(ext.Type()) {
				deferred = deferred || isDeferred(ext)
			}
		}
	}
	return deferred
}

// isDeferred reports whether a defer statement calls the function v, itself or in a
// literal, in the function that has it.
func isDeferred(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Defer:
			return ref.Call.Value == v
		case *ssa.MakeClosure:
			return onlyDeferred(ref)
		case *ssa.ChangeType, *ssa.UnOp:
			return isDeferred(ref.(ssa.Value))
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			return ok && ref.Val == v && isDeferred(cell)
		}
		return false
	})
}

func onlyDeferred(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		if _, ok := ref.(*ssa.Defer); !ok {
			return false
		}
	}
	return true
}

// isEndedElsewhere reports whether a goroutine runs a method of an object that is
// there for the object's life: another part of the function ends the object, such as
// a Stop beside Run.
func (c *checker) isEndedElsewhere(u *ctxflow.Use) bool {
	fn := u.Instr.Parent()
	if u.Kind != ctxflow.Started && (fn.Parent() == nil || c.atHand.LiteralMode(fn) != athand.Started) {
		return false
	}
	recv, _ := ssax.Receiver(u.Call())
	object := identity(recv)
	return object != nil && endsObject(ssax.Outermost(fn), object)
}

// endsObject reports whether fn, or a literal in it, calls a method that ends the
// object.
func endsObject(fn *ssa.Function, object any) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			callee := ssax.Callee(call.Common())
			if callee == nil || !words.Closes.Leads(callee.Name()) {
				continue
			}
			if recv, _ := ssax.Receiver(call.Common()); identity(recv) == object {
				return true
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, func(lit *ssa.Function) bool { return endsObject(lit, object) })
}

// identity returns what stands for the object v in all literals of a function: the
// variable or the field that it comes from, or the value itself. It is nil for nil.
func identity(v ssa.Value) any {
	if v == nil {
		return nil
	}
	v = ssax.Strip(v)
	if free, ok := v.(*ssa.FreeVar); ok {
		if bound := ssax.Binding(free); bound != nil {
			return identity(bound)
		}
	}
	if addr := ssax.LoadedFrom(v); addr != nil {
		if place := ssax.Place(addr); place != nil {
			return place
		}
		if cell, ok := ssax.Variable(addr); ok {
			return cell
		}
	}
	if place := ssax.Place(v); place != nil {
		return place
	}
	if cell, ok := ssax.Variable(v); ok {
		return cell
	}
	return v
}

// runsForResult reports whether a use in a goroutine is by a method of an object that
// the function around it returns: the goroutine is there for the object's life, and
// the context of the constructor for its making.
func runsForResult(u *ctxflow.Use) bool {
	if u.Call() == nil {
		return false
	}
	recv, _ := ssax.Receiver(u.Call())
	object := identity(recv)
	return object != nil && slices.ContainsFunc(ssax.Returns(ssax.Outermost(u.Instr.Parent())), func(ret *ssa.Return) bool {
		return slices.ContainsFunc(ret.Results, func(v ssa.Value) bool { return identity(v) == object })
	})
}
