package taint

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// routes are what the package says about its handlers where it sets up routes.
type routes struct {
	verbs    map[*ssa.Function]bool // handlers of routes with a method, or a list of methods
	subtrees map[*ssa.Function]bool // handlers of routes for all paths below one
	paths    map[*ssa.Function]int  // how many routes for one path a function handles
}

// ServesSubtree reports whether fn, or a function around it, handles all paths
// below one, so that the pattern of the route does not tell them apart.
func (r *routes) ServesSubtree(fn *ssa.Function) bool { return around(r.subtrees, fn) }

// ServesOnePath reports whether fn, or a function around it, handles only paths that routes
// name in full: nothing else has the function.
func (x *Index) ServesOnePath(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if n := x.paths[fn]; n > 0 && n == len(x.References(fn)) {
			return true
		}
	}
	return false
}

func around(set map[*ssa.Function]bool, fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if set[fn] {
			return true
		}
	}
	return false
}

// oneMethod reports whether fn only handles requests whose method was compared with
// the known ones: by the route, by the function that makes fn, if it is a literal, or
// by all functions that call it. A call from a function in seen adds nothing.
func (w *walk) oneMethod(fn *ssa.Function, seen map[*ssa.Function]bool) bool {
	if seen[fn] {
		return true
	}
	seen[fn] = true
	if around(w.verbs, fn) {
		return true
	}
	for lit := fn; lit.Parent() != nil; lit = lit.Parent() {
		unknown := func(mc *ssa.MakeClosure) bool { return !w.knowsMethod(mc) }
		if makers := w.Makers(lit); len(makers) > 0 && !slices.ContainsFunc(makers, unknown) {
			return true
		}
	}
	calls := w.Callers(fn)
	return len(calls) > 0 && !slices.ContainsFunc(calls, func(call ssa.CallInstruction) bool {
		return !w.knowsMethod(call) && !w.oneMethod(call.Parent(), seen)
	})
}

// knowsMethod reports whether control only gets to instr when the method of a request
// is one of few.
func (w *walk) knowsMethod(instr ssa.Instruction) bool {
	return w.query(isMethod).guarded(at(instr))
}

// isMethod reports whether v is the method of a request.
func isMethod(v ssa.Value) bool {
	if call, ok := v.(*ssa.Call); ok {
		fn := ssax.Callee(&call.Call)
		c, ok := metriclib.Category(""), fn != nil
		if ok {
			c, ok = metriclib.SourceOf(fn)
		}
		return ok && c == metriclib.Method
	}
	addr, ok := ssax.LoadedFrom(v).(*ssa.FieldAddr)
	if !ok {
		return false
	}
	field, _ := metriclib.FieldOf(addr.X.Type(), addr.Field)
	c, ok := metriclib.FieldSource(field)
	return ok && c == metriclib.Method
}

// addRoutes records what an instruction says about handlers: a call that sets up a
// route, or an element of a table of routes by method.
func (x *Index) addRoutes(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		x.addRoute(instr.Common())
	case *ssa.MapUpdate: // handlers by method
		if k, ok := instr.Key.(*ssa.Const); ok && web.IsMethod(stringOf(k)) {
			x.addHandlers(x.verbs, []ssa.Value{instr.Value})
		}
	case *ssa.Store: // {method: "GET", path: "/x", handler: h}
		field, ok := instr.Addr.(*ssa.FieldAddr)
		if !ok || !x.givesMethod(instr.Val) {
			return
		}
		for _, ref := range *field.X.Referrers() {
			if other, ok := ref.(*ssa.FieldAddr); ok {
				for _, s := range ssax.StoresTo(other) {
					x.addHandlers(x.verbs, []ssa.Value{s.Val})
				}
			}
		}
	}
}

// addRoute records the handlers of a call that sets up a route with a method, or one
// for a subtree:
//
//	mux.HandleFunc("GET /x", h)
//	router.Get("/x", h)
//	router.Handle("GET", "/x", h)
//	r.HandleFunc("/x", h).Methods("GET")
//	r.Methods("GET").Path("/x").HandlerFunc(h)
//	mux.Handle("/api/", h)
func (x *Index) addRoute(call *ssa.CallCommon) {
	fn := ssax.Callee(call)
	if fn == nil {
		return
	}
	before := builders(call)
	if fn.Name() == "Methods" {
		for _, b := range before {
			x.addHandlers(x.verbs, b.Args)
		}
		return
	}
	verb := web.IsRouting(fn.Name()) && fn.Signature().Recv() != nil
	verb = verb || slices.ContainsFunc(before, func(b *ssa.CallCommon) bool { return ssax.Callee(b) != nil && ssax.Callee(b).Name() == "Methods" })
	subtree, path := false, false
	for _, arg := range call.Args {
		verb = verb || x.givesMethod(arg)
		if k, ok := lastOf(arg).(*ssa.Const); ok {
			subtree = subtree || web.IsSubtree(stringOf(k))
		}
		if k, ok := arg.(*ssa.Const); ok {
			path = path || web.IsPath(stringOf(k))
		}
	}
	if path && len(before) == 0 && (web.IsRouting(fn.Name()) || isMux(fn)) {
		for _, arg := range call.Args {
			if h := x.handler(arg); h != nil {
				x.paths[h]++
			}
		}
	}
	if verb {
		x.addHandlers(x.verbs, call.Args)
	}
	if subtree {
		x.addHandlers(x.subtrees, call.Args)
	}
}

// isMux reports whether fn gives a handler of net/http a route.
func isMux(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "net/http", "Handle") || ctxlib.IsFunc(fn, "net/http", "HandleFunc") || ctxlib.IsMethod(fn, "net/http", "ServeMux", "Handle", "HandleFunc")
}

// builders returns the calls whose results are the receivers of call and of each
// other: of r.Path("/x").Methods("GET"), that of Path.
func builders(call *ssa.CallCommon) []*ssa.CallCommon {
	var found []*ssa.CallCommon
	for {
		recv, _ := ssax.Receiver(call)
		before, ok := recv.(*ssa.Call)
		if !ok {
			return found
		}
		call = &before.Call
		found = append(found, call)
	}
}

// givesMethod reports whether v is the name of a method, a list of such names, or a
// pattern that begins with one: a constant, a parameter for which all callers pass one, or
// a field in which the package only stores such.
func (x *Index) givesMethod(v ssa.Value) bool {
	found := false
	known := x.everyOrigin(v, func(v ssa.Value) bool {
		if k, ok := v.(*ssa.Const); ok {
			found = true
			return web.IsMethod(stringOf(k)) || web.HasMethod(stringOf(k))
		}
		elems, ok := ssax.Elements(v)
		found = found || ok && len(elems) > 0
		return ok && len(elems) > 0 && !slices.ContainsFunc(elems, func(s *ssa.Store) bool {
			k, ok := s.Val.(*ssa.Const)
			return !ok || !web.IsMethod(stringOf(k))
		})
	})
	return known && found
}

// everyOrigin reports whether f accepts all values that v may be: arguments for a
// parameter of a function whose callers are all in view, what is stored in an unexported
// field, what is converted, and the first operand of a sum.
func (x *Index) everyOrigin(v ssa.Value, f func(ssa.Value) bool) bool {
	work := ssax.NewWork(v)
	for v := range work.All() {
		from := x.originsOf(v)
		if len(from) == 0 && !f(v) {
			return false
		}
		work.Add(from...)
	}
	return true
}

// originsOf returns the values of which v is one, nil if they are not known.
func (x *Index) originsOf(v ssa.Value) (from []ssa.Value) {
	switch v := v.(type) {
	case *ssa.BinOp:
		return []ssa.Value{v.X}
	case *ssa.MakeInterface:
		return []ssa.Value{v.X}
	case *ssa.ChangeType:
		return []ssa.Value{v.X}
	case *ssa.Parameter:
		calls, all := x.AllCalls(v.Parent())
		for _, call := range calls {
			arg := ssax.Argument(call.Common(), v)
			if !all || arg == nil {
				return nil
			}
			from = append(from, arg)
		}
	case *ssa.Field:
		return x.storedIn(ssax.FieldOf(v))
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok {
			return x.storedIn(ssax.FieldOf(addr))
		}
	}
	return from
}

func (x *Index) storedIn(f *types.Var) (values []ssa.Value) {
	if f == nil || f.Exported() {
		return nil
	}
	for _, st := range x.FieldStores(f) {
		values = append(values, st.Val)
	}
	return values
}

// lastOf returns the last operand of a sum.
func lastOf(v ssa.Value) ssa.Value {
	if sum, ok := v.(*ssa.BinOp); ok {
		return sum.Y
	}
	return v
}

// addHandlers adds the handlers among args to a set.
func (x *Index) addHandlers(set map[*ssa.Function]bool, args []ssa.Value) {
	for _, arg := range args {
		elems, _ := ssax.Elements(arg) // func(pattern string, handlers ...Handler)
		for _, s := range elems {
			x.addHandlers(set, []ssa.Value{s.Val})
		}
		x.everyOrigin(arg, func(v ssa.Value) bool {
			if fn := x.handler(v); fn != nil {
				set[fn] = true
			}
			return true
		})
	}
}

// handler returns the function that serves requests if v is a handler.
func (x *Index) handler(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return x.handler(v.X)
	case *ssa.MakeInterface:
		return x.handler(v.X)
	case *ssa.Function, *ssa.MakeClosure:
		return ssax.Target(v)
	case *ssa.Call:
		return x.inView(v.Call.StaticCallee())
	}
	return nil
}
