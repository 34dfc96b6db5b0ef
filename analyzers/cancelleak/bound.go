package cancelleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// bound is a value that is of no use once the context is done.
type bound struct {
	value  ssa.Value
	origin ssa.Value // what value is, or holds, in the first place: the result of a call
	what   string    // for the message: "the context", "the response body"
	plain  bool      // the context itself, or one derived from it
}

// boundTo returns the values of the function that are of no use once ctx is done:
// ctx itself, contexts derived from it, values that hold it, and what the
// functions of [keepsContext] give for a call with it.
func boundTo(ctx ssa.Value) []bound {
	b := &binder{seen: make(map[ssa.Value]bool)}
	b.add(bound{ctx, ctx, "the context", true})
	for i := 0; i < len(b.out); i++ {
		b.follow(b.out[i])
	}
	done := make(map[ssa.Value]bool)
	for _, x := range b.out {
		if finished(x.value) {
			done[x.origin] = true
		}
	}
	return slices.DeleteFunc(b.out, func(x bound) bool { return done[x.origin] })
}

type binder struct {
	out  []bound
	seen map[ssa.Value]bool
}

func (b *binder) add(x bound) {
	if x.value != nil && !b.seen[x.value] {
		b.seen[x.value] = true
		b.out = append(b.out, x)
	}
}

// result adds the first result of a call.
func (b *binder) result(call *ssa.Call, what string, plain bool) {
	v := ssax.Result(call, 0)
	b.add(bound{v, v, what, plain})
}

func (b *binder) follow(x bound) {
	refs := x.value.Referrers()
	if refs == nil {
		return
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			b.add(bound{ref.(ssa.Value), x.origin, x.what, x.plain})
		case *ssa.Store:
			b.stored(ref, x)
		case *ssa.Call:
			b.called(ref, x)
		case *ssa.FieldAddr:
			if isResponse(x.value.Type()) && ssax.FieldOf(ref).Name() == "Body" {
				b.body(ref, x)
			}
		}
	}
}

// stored follows a value into a variable, or into a struct made here.
func (b *binder) stored(s *ssa.Store, x bound) {
	if s.Val != x.value {
		return
	}
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		if onlyStored(addr) == nil {
			return
		}
		for _, ref := range *addr.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				b.add(bound{ref, x.origin, x.what, x.plain})
			case *ssa.MakeClosure:
				if x.plain && worksWith(ref, x.value) {
					b.add(bound{ref, x.origin, "a closure over " + x.what, false})
				}
			}
		}
	case *ssa.FieldAddr:
		if made, ok := addr.X.(*ssa.Alloc); ok {
			what := "a value that holds " + x.what
			b.add(bound{made, x.origin, what, false})
			for _, ref := range *made.Referrers() {
				if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
					b.add(bound{load, x.origin, what, false})
				}
			}
		}
	}
}

// called follows a value through a call that gives something bound to it.
func (b *binder) called(call *ssa.Call, x bound) {
	if x.plain && web.IsClientStream(call.Call.Signature()) {
		b.result(call, "the stream", false)
		return
	}
	fn := ssax.Callee(&call.Call)
	if fn == nil {
		return
	}
	if x.plain {
		if i := ctxlib.DerivesFrom(fn); i >= 0 && i < len(call.Call.Args) && call.Call.Args[i] == x.value {
			b.result(call, "a derived context", true)
			return
		}
	}
	for _, e := range keepsContext {
		if e.matches(fn) && x.plain == e.takesContext {
			b.result(call, e.what, false)
			return
		}
	}
}

// body follows the address of resp.Body: what is loaded from it is bound, too.
func (b *binder) body(addr *ssa.FieldAddr, x bound) {
	for _, ref := range *addr.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
			b.add(bound{load, x.origin, "the response body", false})
		}
	}
}

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

// worksWith reports whether a closure captures the variable that holds v, a
// context, and hands it to a call; one that only waits for its end is not harmed.
func worksWith(mc *ssa.MakeClosure, v ssa.Value) bool {
	for i, b := range mc.Bindings {
		cell, ok := b.(*ssa.Alloc)
		if !ok || !same(onlyStored(cell), v) {
			continue
		}
		for _, ref := range *mc.Fn.(*ssa.Function).FreeVars[i].Referrers() {
			load, ok := ref.(*ssa.UnOp)
			if ok && isArgument(load) {
				return true
			}
		}
	}
	return false
}

// isArgument reports whether v, a context, is an argument of some call to
// which it matters when it ends.
func isArgument(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if ok && slices.Contains(call.Common().Args, v) && !ctxlib.IsFunc(ssax.Callee(call.Common()), "context", "WithoutCancel") {
			return true
		}
	}
	return false
}

// same reports whether v is w, a conversion of it, or the load of a variable that
// holds nothing else.
func same(v, w ssa.Value) bool { return slices.Contains(copies(v), ssax.Strip(w)) }

// maxVariables bounds how many variables [copies] looks through, each of which
// holds the contents of the next; they can form a cycle. A value that has gone
// through more is not known to be the same, and nothing is reported about it.
const maxVariables = 4

// copies returns the values that v is a copy of, v included, without conversions.
// It looks through variables that never hold anything else.
func copies(v ssa.Value) []ssa.Value {
	var out []ssa.Value
	for range maxVariables + 1 {
		if v == nil {
			break
		}
		v = ssax.Strip(v)
		out = append(out, v)
		cell, ok := ssax.LoadedFrom(v).(*ssa.Alloc)
		if !ok {
			break
		}
		v = onlyStored(cell)
	}
	return out
}

// onlyStored returns the one value stored in a variable, nil if there are several.
// The argument that a parameter holds at first does not count.
func onlyStored(cell *ssa.Alloc) ssa.Value {
	var only ssa.Value
	for _, s := range ssax.StoresTo(cell) {
		if _, param := s.Val.(*ssa.Parameter); param {
			continue // ctx, cancel := context.WithTimeout(ctx, d) in the outermost block
		}
		if only != nil {
			return nil
		}
		only = s.Val
	}
	return only
}
