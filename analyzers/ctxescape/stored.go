package ctxescape

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/joining"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkStored reports a context of a request, the request or its carrier that is put
// where it stays when the handler has returned.
func (c *checker) checkStored(r *request, v ssa.Value, category string) {
	for _, instr := range stores(v) {
		if c.reported[instr] {
			continue
		}
		where, own := c.lasting(instr, r.fn)
		switch {
		case where == "":
			c.silent(category, instr, notLasting)
			continue
		case own && !r.whole:
			c.silent(category, instr, ownReceiver)
			continue
		case c.takenBack(instr, r.fn):
			c.silent(category, instr, takenBack)
			continue
		}
		c.reported[instr] = true
		sure := surely
		if r.part {
			sure = likely
		}
		c.report.ReportFinding(diag.Finding{Confidence: sure.confidence(), Diagnostic: analysis.Diagnostic{
			Pos:      instr.Pos(),
			Category: category,
			Message:  storedMessage(v, r, where, category),
			Related:  []analysis.RelatedInformation{{Pos: r.fn.Pos(), Message: "the handler"}},
		}})
	}
}

func storedMessage(v ssa.Value, r *request, where, category string) string {
	if category == categoryCarrier {
		return fmt.Sprintf("%s is kept in %s, but belongs to another request, or to nobody, when the handler has returned; keep what is needed of it", r.param.Name(), where)
	}
	what := "the context of " + r.noun
	if !ctxlib.IsContext(v.Type()) {
		what = r.noun
	}
	return fmt.Sprintf("%s is kept in %s, but ends when the handler returns; keep its values, or context.WithoutCancel of it", what, where)
}

// stores returns the instructions that put v, or a struct that holds it, somewhere.
func stores(v ssa.Value) (found []ssa.Instruction) {
	flow := ctxflow.Follow(v, nil)
	for i := range flow.Uses {
		u := &flow.Uses[i]
		if u.Kind != ctxflow.Stored {
			continue
		}
		found = append(found, u.Instr)
		st, ok := u.Instr.(*ssa.Store)
		if !ok {
			continue
		}
		if addr, ok := st.Addr.(*ssa.FieldAddr); ok {
			if made, ok := addr.X.(*ssa.Alloc); ok && !hasReply(made) {
				found = append(found, storesOf(made)...)
			}
		}
	}
	return append(found, sharedStores(v)...)
}

// hasReply reports whether a struct has a channel or a function by which somebody may
// answer: then the handler may wait for the answer.
func hasReply(made *ssa.Alloc) bool {
	st := ssax.Struct(made.Type())
	return st == nil || slices.ContainsFunc(slices.Collect(st.Fields()), func(f *types.Var) bool {
		return !ctxlib.IsContext(f.Type()) && joining.CanTell(f.Type())
	})
}

// storesOf returns the instructions that put a struct, or its address, somewhere.
func storesOf(made *ssa.Alloc) (found []ssa.Instruction) {
	values := []ssa.Value{made}
	for _, ref := range *made.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok {
			values = append(values, load)
		}
	}
	for _, v := range values {
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Send:
				found = append(found, ref)
			case *ssa.Select:
				found = append(found, ref)
			case *ssa.MapUpdate:
				found = append(found, ref)
			case *ssa.Store:
				if ref.Val == v {
					found = append(found, ref)
				}
			}
		}
	}
	return found
}

// sharedStores returns the calls that put v into a container of the standard library.
func sharedStores(v ssa.Value) (found []ssa.Instruction) {
	if v.Referrers() == nil {
		return nil
	}
	for _, ref := range *v.Referrers() {
		conv, ok := ref.(ssa.Value)
		if !ok {
			continue
		}
		switch conv.(type) {
		case *ssa.MakeInterface, *ssa.ChangeInterface:
		default:
			continue
		}
		for _, use := range *conv.Referrers() {
			call, ok := use.(*ssa.Call)
			if !ok {
				continue
			}
			fn := ssax.Callee(&call.Call)
			if ctxlib.IsMethod(fn, "sync", "Map", "Store", "LoadOrStore", "Swap") || ctxlib.IsMethod(fn, "container/list", "List", "PushBack", "PushFront") || ctxlib.IsMethod(fn, "sync/atomic", "Value", "Store") {
				found = append(found, call)
			}
		}
	}
	return found
}

// lasting returns in what an instruction of the handler outer puts something that is
// there before the request and after it, or "", and whether that is the receiver's.
func (c *checker) lasting(instr ssa.Instruction, outer *ssa.Function) (where string, own bool) {
	switch instr := instr.(type) {
	case *ssa.Store:
		return older(instr.Addr, outer)
	case *ssa.MapUpdate:
		return older(instr.Map, outer)
	case *ssa.Send:
		return older(instr.Chan, outer)
	case *ssa.Select:
		for _, state := range instr.States {
			if state.Dir == types.SendOnly {
				return older(state.Chan, outer)
			}
		}
	case *ssa.Call:
		recv, _ := ssax.Receiver(&instr.Call)
		return older(recv, outer)
	}
	return "", false
}

// older names the package variable or the field of the receiver that a value is, is
// loaded from, or is the address of; "" if there is none.
func older(v ssa.Value, outer *ssa.Function) (where string, own bool) {
	name := ""
	for range maxSteps {
		switch x := ssax.Strip(v).(type) {
		case *ssa.Global:
			if name != "" {
				return x.Name() + "." + name, false
			}
			return "the variable " + x.Name(), false
		case *ssa.FieldAddr:
			if name == "" {
				name = ssax.FieldOf(x).Name()
			}
			v = x.X
		case *ssa.UnOp:
			if cell, ok := ssax.Variable(x.X); ok {
				if isAround(cell.Parent(), outer) && !serves(cell.Parent()) {
					return "the variable " + cell.Comment, false
				}
				w, once := ssax.UsesOf(cell).Only()
				if !once {
					return "", false
				}
				v = w
				continue
			}
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.FreeVar:
			b := ssax.Binding(x)
			if b == nil {
				return "", false
			}
			if cell, ok := ssax.Variable(b); ok && isAround(cell.Parent(), outer) && !serves(cell.Parent()) {
				return "the variable " + x.Name(), false
			}
			v = b
		case *ssa.Parameter:
			fn := x.Parent()
			if name != "" && fn == outer && fn.Signature.Recv() != nil && x == fn.Params[0] {
				return x.Name() + "." + name, true
			}
			return "", false
		default:
			return "", false
		}
	}
	return "", false
}

// serves reports whether a function serves a request itself, as one that makes a handler of
// another library's out of its own does, or is a handler: what is in its variables is of that
// request.
func serves(fn *ssa.Function) bool {
	if _, _, handler := web.Ending(fn.Signature); handler {
		return true
	}
	return ssax.Any(fn, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		if !ok {
			return false
		}
		callee := ssax.Callee(&call.Call)
		return ctxlib.IsMethod(callee, "net/http", "Handler", "ServeHTTP") || ctxlib.IsMethod(callee, "net/http", "HandlerFunc", "ServeHTTP")
	})
}

// isAround reports whether a literal is in the function around.
func isAround(around, lit *ssa.Function) bool {
	for f := lit.Parent(); f != nil; f = f.Parent() {
		if f == around {
			return true
		}
	}
	return false
}

// takenBack reports whether the handler may take back what an instruction stores, or
// waits until somebody has used it.
func (c *checker) takenBack(instr ssa.Instruction, outer *ssa.Function) bool {
	after := ssax.Search{Goal: c.joins.GoesOn}
	if after.After(instr) {
		return true
	}
	back := false
	eachFunc(outer, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				call, ok := i.(ssa.CallInstruction)
				if !ok {
					continue
				}
				if builtin, ok := call.Common().Value.(*ssa.Builtin); ok {
					back = back || builtin.Name() == "delete" || builtin.Name() == "clear"
				} else if callee := ssax.Callee(call.Common()); callee != nil {
					_, deferred := i.(*ssa.Defer)
					back = back || words.Undoes.Leads(callee.Name()) || words.Frees.Leads(callee.Name()) || deferred && !ctxlib.IsMutex(callee, "Unlock", "RUnlock") && callee.Signature().Recv() != nil
				}
			}
		}
	})
	return back || c.storedAgain(instr, outer)
}

// storedAgain reports whether the handler, or a literal in it, stores something else in
// the same field or variable.
func (c *checker) storedAgain(instr ssa.Instruction, outer *ssa.Function) bool {
	st, ok := instr.(*ssa.Store)
	if !ok {
		return false
	}
	place, again := ssax.Place(st.Addr), false
	eachFunc(outer, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				other, ok := i.(*ssa.Store)
				again = again || ok && other != st && place != nil && ssax.Place(other.Addr) == place
			}
		}
	})
	return again
}
