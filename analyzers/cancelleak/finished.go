package cancelleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// finished returns what the function itself does with a node for which the context is
// needed: it reads the response, runs the command, ends the transaction.
func (t *boundTree) finished(x *bound) []ssa.Instruction {
	v := x.value
	if x.reads {
		return t.consumed(v)
	}
	if v.Referrers() == nil {
		return nil
	}
	var found []ssa.Instruction
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if isResponse(v.Type()) && ssax.FieldOf(ref).Name() == "Body" {
				found = append(found, t.replaced(ref)...)
			}
		case ssa.CallInstruction:
			if t.keptBy(ref) {
				continue
			}
			if isResponse(v.Type()) || finishes(v, ref.Common()) {
				found = append(found, ref) // a response that is handed on may be read there
			}
		}
	}
	return found
}

// finishes reports whether a call uses up v, which is bound to a context.
func finishes(v ssa.Value, call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	switch t := v.Type(); {
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Rows"):
		return fn != nil && (fn.Name() == "Next" || fn.Name() == "NextResultSet")
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Tx"):
		return fn != nil && fn.Name() == "Commit"
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Row"):
		return true // Scan or Err
	case ctxlib.IsNamedOrPointer(t, "os/exec", "Cmd"):
		return fn == nil || ctxlib.IsMethod(fn, "os/exec", "Cmd", "Run", "Output", "CombinedOutput", "Wait")
	}
	return false
}

// keptBy reports whether a call gives something that is bound to what it gets, and
// does not use it up.
func (t *boundTree) keptBy(instr ssa.CallInstruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	_, bound := t.index[ssax.Result(call, 0)]
	return bound
}

// replaced returns what assigns to the field resp.Body, whose address is given, or
// hands it to a call that may read it.
func (t *boundTree) replaced(addr *ssa.FieldAddr) []ssa.Instruction {
	var found []ssa.Instruction
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			found = append(found, ref)
		case *ssa.UnOp:
			found = append(found, t.consumed(ref)...)
		}
	}
	return found
}

// consumed returns the calls that a body, or what holds one, is handed to, other than
// its Close, and what puts it out of sight.
func (t *boundTree) consumed(body ssa.Value) []ssa.Instruction {
	if body.Referrers() == nil {
		return nil
	}
	var found []ssa.Instruction
	for _, ref := range *body.Referrers() {
		switch ref := ref.(type) {
		case ssa.CallInstruction:
			if fn := ssax.Callee(ref.Common()); (fn == nil || fn.Name() != "Close") && !t.keptBy(ref) {
				found = append(found, ref)
			}
		case *ssa.FieldAddr:
			for _, load := range *ref.Referrers() {
				if load, ok := load.(*ssa.UnOp); ok {
					found = append(found, t.consumed(load)...)
				}
			}
		case *ssa.ChangeInterface, *ssa.MakeInterface:
			found = append(found, t.consumed(ref.(ssa.Value))...)
		case *ssa.Store:
			_, variable := ref.Addr.(*ssa.Alloc)
			if addr, ok := ref.Addr.(*ssa.FieldAddr); !variable && (!ok || madeHere(addr) == nil || isResponse(addr.X.Type())) {
				found = append(found, ref)
			}
		}
	}
	return found
}

func isResponse(t types.Type) bool { return ctxlib.IsNamedOrPointer(t, "net/http", "Response") }

// closedBefore reports whether the body of a response, which is v or of which v is
// the body, is closed on every path to ret: whoever gets it does not read it.
func closedBefore(v ssa.Value, ret *ssa.Return) bool {
	if !isResponse(v.Type()) {
		load, ok := ssax.LoadedFrom(v).(*ssa.FieldAddr)
		return ok && isResponse(load.X.Type()) && closedBefore(load.X, ret)
	}
	for _, ref := range *v.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || ssax.FieldOf(addr).Name() != "Body" {
			continue
		}
		for _, ref := range *addr.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL && closes(load, ret) {
				return true
			}
		}
	}
	return false
}

// closes reports whether body is closed, now or by a defer, on every path to ret.
func closes(body ssa.Value, ret *ssa.Return) bool {
	for _, ref := range *body.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if ok && call.Common().IsInvoke() && call.Common().Method.Name() == "Close" && ssax.Dominates(ref, ret) {
			return true
		}
	}
	return false
}
