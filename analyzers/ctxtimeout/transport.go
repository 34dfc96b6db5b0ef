package ctxtimeout

import (
	"fmt"
	"go/token"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// checkClient reports a request whose context has more time than the client.
func (c *checker) checkClient(call *ssa.Call) {
	if !ctxlib.IsMethod(ssax.Callee(&call.Call), "net/http", "Client", "Do") {
		return
	}
	client, args := ssax.Receiver(&call.Call)
	if client == nil || len(args) != 1 {
		return
	}
	given, ok := c.requestLimit(args[0])
	if !ok {
		c.report.Silent(transport, call.Pos(), requestFree)
		return
	}
	timeout, pos := c.fieldOf(client, "Timeout")
	switch {
	case timeout <= 0:
		c.report.Silent(transport, call.Pos(), clientFree)
		return
	case timeout >= given.timeout:
		c.report.Silent(transport, call.Pos(), clientLonger)
		return
	}
	d := analysis.Diagnostic{
		Category: transport,
		Message:  fmt.Sprintf("the context of this request has %s, but the client ends it after %s; give the client more, or no Timeout", show(given.timeout), show(timeout)),
		Related: []analysis.RelatedInformation{
			{Pos: given.pos, Message: fmt.Sprintf("the context gets its %s here", show(given.timeout))},
			{Pos: pos, Message: fmt.Sprintf("the client gets its %s here", show(timeout))},
		},
	}
	d.Pos, d.End = c.span(call)
	c.report.Report(d)
}

// requestLimit returns the constant timeout of the context of a request that is made in
// view.
func (c *checker) requestLimit(req ssa.Value) (limit, bool) {
	if ext, ok := req.(*ssa.Extract); ok {
		req = ext.Tuple
	}
	made, ok := req.(*ssa.Call)
	if !ok {
		return limit{}, false
	}
	fn := ssax.Callee(&made.Call)
	switch {
	case ctxlib.IsFunc(fn, "net/http", "NewRequestWithContext"):
		return c.limitBefore(made.Call.Args[0])
	case ctxlib.IsMethod(fn, "net/http", "Request", "WithContext"):
		_, args := ssax.Receiver(&made.Call)
		return c.limitBefore(args[0])
	}
	return limit{}, false
}

// fieldOf returns the constant duration that a field of a struct of net/http has: of one
// that the function makes, or that is always the same in a field or package variable.
// It is 0 if that is not known.
func (c *checker) fieldOf(v ssa.Value, name string) (time.Duration, token.Pos) {
	made := c.made(v)
	if made == nil {
		return 0, token.NoPos
	}
	var set *ssa.Store
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if f := ssax.FieldOf(ref); f == nil || f.Name() != name {
				continue
			}
			for _, st := range ssax.StoresTo(ref) {
				if set != nil {
					return 0, token.NoPos
				}
				set = st
			}
		}
	}
	if set == nil {
		return 0, token.NoPos
	}
	d, ok := c.constantOf(set.Val)
	if !ok {
		return 0, token.NoPos
	}
	return d, set.Pos()
}

// made returns the allocation that v points to: itself, or the only one that is stored
// into the unexported field or package variable that v is loaded from.
func (c *checker) made(v ssa.Value) *ssa.Alloc {
	switch v := v.(type) {
	case *ssa.Alloc:
		return v
	case *ssa.UnOp:
		place := ssax.Place(v.X)
		if v.Op != token.MUL || place == nil || place.Exported() || place.Pkg() != c.pass.Pkg {
			return nil
		}
		stores := c.builder.SSA().Index().FieldStores(place)
		if g, ok := v.X.(*ssa.Global); ok {
			stores = c.builder.SSA().Index().GlobalStores(g)
		}
		if len(stores) != 1 {
			return nil
		}
		made, _ := stores[0].Val.(*ssa.Alloc)
		return made
	}
	return nil
}

// checkTimeoutHandler reports a handler that gives its work more time than the
// http.TimeoutHandler around it does.
func (c *checker) checkTimeoutHandler(call *ssa.Call) {
	fn := ssax.Callee(&call.Call)
	switch {
	case ctxlib.IsFunc(fn, "net/http", "TimeoutHandler"):
		if t, ok := c.constantOf(call.Call.Args[1]); ok {
			c.checkHandler(call.Call.Args[0], t, call.Pos(), "http.TimeoutHandler")
		}
	case ctxlib.IsMethod(fn, "net/http", "Server", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"):
		c.checkServer(call)
	}
}

// checkServer reports a handler that gives its work more time than its server has to
// write the answer.
func (c *checker) checkServer(call *ssa.Call) {
	server, _ := ssax.Receiver(&call.Call)
	timeout, pos := c.fieldOf(server, "WriteTimeout")
	made := c.made(server)
	if timeout <= 0 || made == nil {
		return
	}
	for _, ref := range *made.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		if f := ssax.FieldOf(addr); f == nil || f.Name() != "Handler" {
			continue
		}
		for _, st := range ssax.StoresTo(addr) {
			c.checkHandler(st.Val, timeout, pos, "the WriteTimeout of the server")
		}
	}
}

// checkHandler reports the contexts in a handler that have more time than t, which what
// is called by gives it. A multiplexer stands for all handlers that the function has
// registered with it.
func (c *checker) checkHandler(h ssa.Value, t time.Duration, pos token.Pos, by string) {
	h = ssax.Strip(h)
	if fn := ssax.Target(h); fn != nil {
		c.checkHandlerFunc(ssax.Body(fn), t, pos, by)
		return
	}
	if h.Referrers() == nil {
		return
	}
	if call, ok := h.(*ssa.Call); !ok || !ctxlib.IsFunc(ssax.Callee(&call.Call), "net/http", "NewServeMux") {
		return
	}
	for _, ref := range *h.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok || !ctxlib.IsMethod(ssax.Callee(&call.Call), "net/http", "ServeMux", "HandleFunc", "Handle") {
			continue
		}
		if _, args := ssax.Receiver(&call.Call); len(args) == 2 {
			c.checkHandlerFunc(ssax.Body(ssax.Target(ssax.Strip(args[1]))), t, pos, by)
		}
	}
}

func (c *checker) checkHandlerFunc(fn *ssa.Function, t time.Duration, pos token.Pos, by string) {
	if fn == nil {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !isRequestContext(call) {
				continue
			}
			for _, derived := range ctxflow.Follow(call, nil).Derived {
				inner, ok := derived.(*ssa.Call)
				if !ok {
					continue
				}
				switch d, ok := c.timeoutOf(inner); {
				case ok && d > t:
					c.reportHandler(inner, d, t, pos, by)
				case ok:
					c.report.Silent(transport, inner.Pos(), isShorter)
				}
			}
		}
	}
}

// isRequestContext reports whether a call is that of the method Context of a request.
func isRequestContext(call *ssa.Call) bool {
	return ctxlib.IsMethod(ssax.Callee(&call.Call), "net/http", "Request", "Context")
}

func (c *checker) reportHandler(inner *ssa.Call, d, t time.Duration, pos token.Pos, by string) {
	diagnostic := analysis.Diagnostic{
		Category: transport,
		Message:  fmt.Sprintf("this handler gives its work %s, but after %s nobody gets its answer because of %s; make it shorter", show(d), show(t), by),
		Related:  []analysis.RelatedInformation{{Pos: pos, Message: fmt.Sprintf("the %s are set here", show(t))}},
	}
	diagnostic.Pos, diagnostic.End = c.span(inner)
	c.report.Report(diagnostic)
}
