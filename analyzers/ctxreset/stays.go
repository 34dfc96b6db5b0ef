package ctxreset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// What a callee keeps its context for may not outlive the function that calls it: a
// backoff that only its loop asks, a channel that only its range receives from. Then the
// function waits for what runs under the fresh context, and the end of its own would
// have mattered as in a call that works.
//
//	for b := newBackoff(context.Background()); b.Ongoing(); {
//		b.Wait()
//	}

// useOfKept says what becomes of a context that the callee of a call keeps:
// [ctxuse.Observes] if the function waits for what it got for it, and nobody else has
// that; [ctxuse.Perhaps] if that is likely, because what its methods do is out of view;
// [ctxuse.Keeps] if somebody else may have it, or the function does not wait.
func (c *checker) useOfKept(u *ctxflow.Use) ctxuse.Use {
	call, ok := u.Instr.(*ssa.Call)
	if !ok {
		return ctxuse.Keeps
	}
	callee, use := c.body(&call.Call), ctxuse.Keeps
	for _, v := range ssax.Results(call) {
		if ctxlib.IsError(v.Type()) || ctxlib.CanHoldCancel(v.Type()) || ctxlib.IsContextual(v.Type()) {
			continue
		}
		uses, ok := localUses(v)
		if !ok {
			return ctxuse.Keeps
		}
		for _, ref := range uses {
			switch c.waitsFor(ref, callee, call) {
			case ctxuse.Observes:
				return ctxuse.Observes
			case ctxuse.Perhaps:
				use = ctxuse.Perhaps
			}
		}
	}
	return use
}

// localUses returns the receives from v and the calls of its methods. ok is false if v
// goes anywhere else, into a literal or a field say, so that it may live on.
func localUses(v ssa.Value) (uses []ssa.Instruction, ok bool) {
	for _, alias := range purpose.Aliases(v) {
		for _, ref := range *alias.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp, *ssa.Call, *ssa.Defer, *ssa.Select:
				if !onlyUses(ref, alias) {
					return nil, false
				}
				uses = append(uses, ref)
			case *ssa.Store:
				cell, local := ref.Addr.(*ssa.Alloc)
				if !local {
					return nil, false
				}
				if all := ssax.UsesOf(cell); all.Escapes || len(all.Closures) > 0 {
					return nil, false
				}
			case *ssa.BinOp, *ssa.DebugRef, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			default:
				return nil, false
			}
		}
	}
	return uses, true
}

// onlyUses reports whether an instruction receives from v, or calls a method of it and does
// nothing else with it.
func onlyUses(instr ssa.Instruction, v ssa.Value) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return !slices.ContainsFunc(instr.States, func(st *ssa.SelectState) bool { return st.Send == v })
	case ssa.CallInstruction:
		recv, args := ssax.Receiver(instr.Common())
		return recv == v && !slices.Contains(args, v)
	}
	return false
}

// body returns the function of the package that a call runs, nil if that is out of view.
func (c *checker) body(call *ssa.CallCommon) *ssa.Function {
	if fn := ssax.Body(c.target(call)); fn != nil && fn.Pkg == c.builder.SSA().Pkg {
		return fn
	}
	return nil
}

// waitsFor says whether the function waits at one of the local uses of what made gives:
// for the end of what works under the context that made got. Callee is its body, nil if
// that is out of view.
func (c *checker) waitsFor(use ssa.Instruction, callee *ssa.Function, made *ssa.Call) ctxuse.Use {
	call, ok := use.(*ssa.Call)
	if !ok {
		if _, deferred := use.(*ssa.Defer); deferred {
			return ctxuse.Keeps
		}
		if callee == nil {
			return ctxuse.Perhaps
		}
		return ctxuse.Observes
	}
	method := ssax.Callee(&call.Call)
	if method == nil || ctxlib.Takes(method.Signature()) || words.CleansUp(method.Name()) {
		return ctxuse.Keeps
	}
	body := c.body(&call.Call)
	switch {
	case callee != nil && body != nil:
		if slices.ContainsFunc(keptIn(callee), func(f *types.Var) bool { return c.observesField.Get(fieldOf{body, f}) }) {
			return ctxuse.Observes
		}
	case body == nil && asks(call, made):
		return ctxuse.Perhaps
	}
	return ctxuse.Keeps
}

// asks reports whether a loop after made calls a method again and again for its answer, or
// receives from the channel that the method gives.
func asks(call, made *ssa.Call) bool {
	loop := ssax.LoopsOf(call.Parent()).Around(call.Block())
	if loop != nil && !loop.Contains(made) && call.Call.Signature().Results().Len() > 0 {
		return true
	}
	return slices.ContainsFunc(*call.Referrers(), func(ref ssa.Instruction) bool {
		receive, ok := ref.(*ssa.UnOp)
		return ok && receive.Op == token.ARROW
	})
}

// keptIn returns the fields in which a function stores a context that it is given.
func keptIn(fn *ssa.Function) []*types.Var {
	var fields []*types.Var
	for _, p := range fn.Params {
		if !ctxlib.IsContextual(p.Type()) {
			continue
		}
		for _, u := range ctxflow.Follow(p, nil).Uses {
			if st, ok := u.Instr.(*ssa.Store); ok {
				if field := ssax.Place(st.Addr); field != nil {
					fields = append(fields, field)
				}
			}
		}
	}
	return fields
}

// fieldOf is a method together with a field of its receiver.
type fieldOf struct {
	method *ssa.Function
	field  *types.Var
}

// newObservesField returns the solver for whether a method waits for the end of the
// context in a field, or hands it to work.
func (c *checker) newObservesField() *fixpoint.Solver[fieldOf, bool] {
	return fixpoint.NewBool(false, false, func(k fieldOf) bool {
		return ssax.Any(k.method, func(instr ssa.Instruction) bool { return c.observes(instr, k.field) })
	})
}

func (c *checker) observes(instr ssa.Instruction, field *types.Var) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if ssax.Place(ssax.LoadedFrom(instr)) != field {
			return false
		}
		return slices.ContainsFunc(ctxflow.Follow(instr, nil).Uses, func(u ctxflow.Use) bool {
			return u.Kind == ctxflow.Waited || u.Kind == ctxflow.Argument && c.useOf(u.Instr, u.Call()) == ctxuse.Observes
		})
	case *ssa.Call:
		body := c.body(&instr.Call)
		return body != nil && body.Signature.Recv() != nil && c.observesField.Get(fieldOf{body, field})
	}
	return false
}
