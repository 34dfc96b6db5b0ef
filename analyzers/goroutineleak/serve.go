package goroutineleak

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// checkServe reports a server that a function with a context starts in a goroutine
// and that nothing shuts down.
func (c *checker) checkServe(s concurrency.Spawn) {
	ctx := athand.Nameable(s.Site.Parent())
	if ctx == nil {
		return
	}
	call := c.serveCall(s)
	if call == nil {
		return
	}
	fn := ssax.Callee(call)
	advice := "make an http.Server and call its Shutdown"
	if fn.Signature().Recv() != nil {
		recv, _ := ssax.Receiver(call)
		server := origin(recv)
		if server == nil || c.endsOrEscapes(server) {
			return
		}
		advice = "call its Shutdown"
		if fn.Pkg().Path() == grpcPath {
			advice = "call its GracefulStop"
		}
	}
	c.found(analysis.Diagnostic{
		Pos:      call.Pos(),
		Category: serve,
		Message:  fmt.Sprintf("the server runs on when %s is done, because nothing shuts it down; %s then", contextExpr(ctx), advice),
		Related: []analysis.RelatedInformation{
			{Pos: s.Site.Pos(), Message: "the goroutine is started here"},
			{Pos: ctx.Pos(), Message: "the context at hand"},
		},
	})
}

const grpcPath = "google.golang.org/grpc"

// serveCall returns the call with which the goroutine serves, nil if it does
// something else.
func (c *checker) serveCall(s concurrency.Spawn) *ssa.CallCommon {
	if _, ok := s.Site.(*ssa.Go); ok && serves(ssax.Callee(s.Site.Common())) {
		return s.Site.Common()
	}
	if s.Fn == nil {
		return nil
	}
	for _, b := range s.Fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && serves(ssax.Callee(&call.Call)) {
				return &call.Call
			}
		}
	}
	return nil
}

// serves reports whether fn accepts connections until it is told to end.
func serves(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "net/http", "ListenAndServe") || ctxlib.IsFunc(fn, "net/http", "ListenAndServeTLS") ||
		ctxlib.IsFunc(fn, "net/http", "Serve") || ctxlib.IsFunc(fn, "net/http", "ServeTLS") ||
		ctxlib.IsMethod(fn, "net/http", "Server", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS") ||
		ctxlib.IsMethod(fn, grpcPath, "Server", "Serve")
}

// origin returns the value that makes the server: a composite literal's variable
// or a call of the function that began the goroutine. Nil if it comes from
// elsewhere.
func origin(v ssa.Value) ssa.Value {
	if addr := ssax.LoadedFrom(v); addr != nil {
		v = addr
	}
	if cell, ok := ssax.Variable(v); ok {
		return cell
	}
	if call, ok := v.(*ssa.Call); ok {
		return call
	}
	return nil
}

// endsOrEscapes reports whether something may shut the server down: a call of one
// of its methods for that, or code that gets hold of it.
func (c *checker) endsOrEscapes(server ssa.Value) bool {
	seen := make(map[ssa.Value]bool)
	var visit func(ssa.Value) bool
	visit = func(v ssa.Value) bool {
		if seen[v] {
			return false
		}
		seen[v] = true
		if v.Referrers() == nil {
			return true
		}
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.DebugRef, *ssa.FieldAddr:
			case *ssa.UnOp:
				if visit(ref) {
					return true
				}
			case *ssa.Store:
				if ref.Val != v {
					if _, made := ref.Val.(*ssa.Const); !made && ref.Addr == v && visit(ref.Val) {
						return true
					}
					continue
				}
				cell, ok := ref.Addr.(*ssa.Alloc)
				if !ok || visit(cell) {
					return true
				}
			case *ssa.MakeClosure:
				for i, b := range ref.Bindings {
					if b == v && visit(ref.Fn.(*ssa.Function).FreeVars[i]) {
						return true
					}
				}
			case *ssa.MakeInterface:
				if stoppable(ref.Type()) {
					return true
				}
			case ssa.CallInstruction:
				if !keepsServing(ref.Common(), v) {
					return true
				}
			default:
				return true
			}
		}
		return false
	}
	return visit(server)
}

// stoppable reports whether a holder of a value of interface type t could shut
// the server down, if only after a type assertion.
func stoppable(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return true
	}
	for m := range iface.Methods() {
		if words.Closes.Is(m.Name()) {
			return true
		}
	}
	return false
}

// keepsServing reports whether a call with the server is one that does not end it.
func keepsServing(call *ssa.CallCommon, server ssa.Value) bool {
	fn := ssax.Callee(call)
	if recv, _ := ssax.Receiver(call); fn == nil || recv != server {
		return false
	}
	return serves(fn) || ctxlib.IsMethod(fn, grpcPath, "Server", "RegisterService") ||
		ctxlib.IsMethod(fn, "net/http", "Server", "SetKeepAlivesEnabled")
}
