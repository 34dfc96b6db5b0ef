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

// boundTo returns the values of the function that are of no use once ctx is done:
// ctx itself, contexts derived from it, values that hold it, and what the
// libraries in the table below give for a call with it.
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

// finished reports whether the function itself does with v what needs the
// context: it reads the response, runs the command, ends the transaction.
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
					b.add(bound{ref, x.origin, "a function literal that uses " + x.what, false})
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
			b.result(call, "a context derived from it", true)
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

// keeper is a function whose first result is of no use once the context of the
// call, or of its request, is done.
type keeper struct {
	pkg, recv, name string
	takesContext    bool // else it takes something bound: a request made with the context
	what            string
}

func (k *keeper) matches(fn *types.Func) bool {
	if k.recv == "" {
		return ctxlib.IsFunc(fn, k.pkg, k.name)
	}
	return ctxlib.IsMethod(fn, k.pkg, k.recv, k.name)
}

// keepsContext lists the functions of the standard library whose documentation
// says that the context governs the result's whole life.
var keepsContext = []keeper{
	{"net/http", "", "NewRequestWithContext", true, "the request"},
	{"net/http", "Request", "WithContext", true, "the request"},
	{"net/http", "Client", "Do", false, "the response"},
	{"net/http", "RoundTripper", "RoundTrip", false, "the response"},
	{"net/http", "Transport", "RoundTrip", false, "the response"},
	{"database/sql", "DB", "QueryContext", true, "the query result"},
	{"database/sql", "Tx", "QueryContext", true, "the query result"},
	{"database/sql", "Conn", "QueryContext", true, "the query result"},
	{"database/sql", "Stmt", "QueryContext", true, "the query result"},
	{"database/sql", "DB", "QueryRowContext", true, "the query result"},
	{"database/sql", "Tx", "QueryRowContext", true, "the query result"},
	{"database/sql", "Conn", "QueryRowContext", true, "the query result"},
	{"database/sql", "Stmt", "QueryRowContext", true, "the query result"},
	{"database/sql", "DB", "BeginTx", true, "the transaction"},
	{"database/sql", "Conn", "BeginTx", true, "the transaction"},
	{"os/exec", "", "CommandContext", true, "the command"},
}

func isResponse(t types.Type) bool { return ctxlib.IsNamedOrPointer(t, "net/http", "Response") }
