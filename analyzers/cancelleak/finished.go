package cancelleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// finished reports whether the function itself does everything with v for which the
// context is needed: it reads the response, runs the command, ends the transaction.
func finished(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if isResponse(v.Type()) && ssax.FieldOf(ref).Name() == "Body" && replaced(ref) {
				return true
			}
		case ssa.CallInstruction:
			fn := ssax.Callee(ref.Common())
			switch {
			case isResponse(v.Type()):
				return true // handed on: it may be read there
			case ctxlib.IsNamedOrPointer(v.Type(), "database/sql", "Rows"):
				if fn != nil && fn.Name() == "Next" {
					return true
				}
			case ctxlib.IsNamedOrPointer(v.Type(), "database/sql", "Tx"):
				if fn != nil && fn.Name() == "Commit" {
					return true
				}
			case ctxlib.IsNamedOrPointer(v.Type(), "database/sql", "Row"):
				return true // Scan or Err
			case ctxlib.IsNamedOrPointer(v.Type(), "os/exec", "Cmd"):
				if fn == nil || ctxlib.IsMethod(fn, "os/exec", "Cmd", "Run", "Output", "CombinedOutput", "Wait") {
					return true
				}
			}
		}
	}
	return false
}

// replaced reports whether the field resp.Body, whose address is given, is
// assigned to, or handed to a call that may read it.
func replaced(addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			return true
		case *ssa.UnOp:
			if consumed(ref) {
				return true
			}
		}
	}
	return false
}

// consumed reports whether a body is handed to a call other than its Close.
func consumed(body ssa.Value) bool {
	for _, ref := range *body.Referrers() {
		switch ref := ref.(type) {
		case ssa.CallInstruction:
			if !ref.Common().IsInvoke() || ref.Common().Method.Name() != "Close" {
				return true
			}
		case *ssa.ChangeInterface, *ssa.MakeInterface:
			if consumed(ref.(ssa.Value)) {
				return true
			}
		case *ssa.Store:
			if _, variable := ref.Addr.(*ssa.Alloc); !variable {
				return true
			}
		}
	}
	return false
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
