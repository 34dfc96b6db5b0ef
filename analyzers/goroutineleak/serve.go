package goroutineleak

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// checkServe reports a server that a function with a context starts in a goroutine
// and that nothing shuts down.
func (c *checker) checkServe(s concurrency.Spawn) {
	end := c.pkg.AtHand(s.Site)
	if end == nil && !c.report.Explains() {
		return
	}
	call := c.serveCall(s)
	if call == nil {
		return
	}
	if end == nil {
		c.silent(serve, call, noSignal)
		return
	}
	fn := ssax.Callee(call.Common())
	advice := "make an http.Server and call its Shutdown"
	recv, args := ssax.Receiver(call.Common())
	if recv != nil {
		server := origin(recv)
		switch {
		case server == nil || c.endsOrEscapes(server):
			c.silent(serve, call, shutDown)
			return
		case c.gotElsewhere(server):
			c.silent(serve, call, shared)
			return
		}
		advice = "call its Shutdown"
		if fn.Pkg().Path() == grpcPath {
			advice = "call its GracefulStop"
		}
	}
	if !c.waitsForEnd(s.Site.Parent(), end) && c.startsUp(s.Site.Parent()) {
		c.silent(serve, call, atStart)
		return
	}
	if takesListener(fn) && c.closesListener(args[0]) {
		c.silent(serve, call, notOpen)
		return
	}
	c.found(analysis.Diagnostic{
		Pos:      call.Pos(),
		Category: serve,
		Message:  fmt.Sprintf("the server runs on when %s, because nothing shuts it down; %s then%s", when(end), advice, closedError(call)),
		Related: []analysis.RelatedInformation{
			{Pos: s.Site.Pos(), Message: "the goroutine is started here"},
			{Pos: declared(end).Pos(), Message: atHand(end)},
		},
	})
}

// waitsForEnd reports whether fn itself hears of the end of a context, or of what is at
// hand, which shows that it is meant to end with it.
func (c *checker) waitsForEnd(fn *ssa.Function, end *concurrency.Ending) bool {
	return c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
		return slices.ContainsFunc(c.pkg.Received(instr), func(ch *concurrency.Channel) bool {
			return ch.Done || end.Quit != nil && ch.Signal()
		})
	})
}

// startsUp reports whether fn, which does not wait for the end of a context, is likely
// to run once when the process starts: what it starts may live as long as that.
func (c *checker) startsUp(fn *ssa.Function) bool {
	return c.pass.Pkg.Name() == "main" || words.StartsUp(ssax.Outermost(fn).Name())
}

// closedError says what the goroutine gets to see when the server is shut down, if it
// takes every error that serving returns for a failure.
func closedError(call ssa.CallInstruction) string {
	err, ok := call.(*ssa.Call)
	if !ok || ssax.Callee(&err.Call).Pkg().Path() != "net/http" || mentionsClosed(err.Parent()) {
		return ""
	}
	for _, ref := range *err.Referrers() {
		switch ref.(type) {
		case *ssa.BinOp, *ssa.Return:
			return fmt.Sprintf(" (%s returns ErrServerClosed)", ssax.Callee(&err.Call).Name())
		}
	}
	return ""
}

// mentionsClosed reports whether fn knows the error that a server returns when it is
// shut down.
func mentionsClosed(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			load, ok := instr.(*ssa.UnOp)
			if !ok {
				continue
			}
			if g, ok := load.X.(*ssa.Global); ok && g.Name() == "ErrServerClosed" && g.Pkg.Pkg.Path() == "net/http" {
				return true
			}
		}
	}
	return false
}

// takesListener reports whether a function serves on a listener that it is given.
func takesListener(fn *types.Func) bool { return fn.Name() == "Serve" || fn.Name() == "ServeTLS" }

// closesListener reports whether something in view may close a listener, and with it end
// whoever serves on it, or passes it on.
func (c *checker) closesListener(v ssa.Value) bool {
	if f := fieldLoaded(v); f != nil {
		return c.fieldEnds(f)
	}
	made := origin(v)
	if made == nil {
		return false
	}
	values := []ssa.Value{made}
	if cell, ok := made.(*ssa.Alloc); ok {
		values = nil
		for _, st := range ssax.StoresTo(cell) {
			values = append(values, st.Val)
		}
	}
	return slices.ContainsFunc(values, wraps) || c.endsOrEscapes(made)
}

// callOf returns the call whose result v is, nil for another value.
func callOf(v ssa.Value) *ssa.Call {
	if ext, ok := v.(*ssa.Extract); ok {
		v = ext.Tuple
	}
	call, _ := v.(*ssa.Call)
	return call
}

// wraps reports whether v may be a listener around another one, which ends with that.
func wraps(v ssa.Value) bool {
	call := callOf(v)
	return call != nil && slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return ctxlib.IsNamedOrPointer(arg.Type(), "net", "Listener") })
}

// fieldLoaded returns the field that v was loaded from, nil if it was not.
func fieldLoaded(v ssa.Value) *types.Var {
	if addr := ssax.LoadedFrom(v); addr != nil {
		return ssax.FieldOf(addr)
	}
	return nil
}

// fieldEnds reports whether something in the package may close what is in a field.
func (c *checker) fieldEnds(f *types.Var) bool {
	uses := c.pkg.SSA().Index().Field(f)
	return f.Exported() || uses.Escapes || slices.ContainsFunc(uses.Loads, func(load *ssa.UnOp) bool { return c.endsOrEscapes(load) })
}

const grpcPath = "google.golang.org/grpc"

// serveCall returns the call with which the goroutine serves, nil if it does
// something else.
func (c *checker) serveCall(s concurrency.Spawn) ssa.CallInstruction {
	if _, ok := s.Site.(*ssa.Go); ok && serves(ssax.Callee(s.Site.Common())) {
		return s.Site
	}
	if s.Fn == nil {
		return nil
	}
	for _, b := range s.Fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && serves(ssax.Callee(&call.Call)) {
				return call
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
	if callOf(v) == nil {
		return nil
	}
	return v
}

// endsOrEscapes reports whether something may shut the server down, or close the
// listener: a call of one of its methods for that, or code that gets hold of it.
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
			case *ssa.DebugRef, *ssa.FieldAddr, *ssa.BinOp:
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
				if !keepsServing(ref.Common(), v) && !servesOn(ref.Common(), v) {
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

// gotElsewhere reports whether a server comes from a method that may give what its
// object keeps: it is the same server wherever the method is called, and there, or
// where the field is in view, something may end it.
func (c *checker) gotElsewhere(server ssa.Value) bool {
	call := callOf(server)
	if call == nil {
		return false
	}
	recv, args := ssax.Receiver(&call.Call)
	if recv == nil || len(args) > 0 {
		return false
	}
	getter := ssax.Body(call.Call.StaticCallee())
	if getter == nil || len(getter.Blocks) == 0 {
		return true
	}
	return slices.ContainsFunc(ssax.Returns(getter), func(ret *ssa.Return) bool { return fieldLoaded(ret.Results[0]) != nil })
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

// servesOn reports whether a call serves on a listener, or asks for its address.
func servesOn(call *ssa.CallCommon, ln ssa.Value) bool {
	fn := ssax.Callee(call)
	recv, args := ssax.Receiver(call)
	if recv == ln {
		return ctxlib.IsMethod(fn, "net", "Listener", "Addr")
	}
	return serves(fn) && takesListener(fn) && len(args) > 0 && args[0] == ln
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
