package ctxescape

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// request is what a handler answers: a context that ends when the handler returns.
type request struct {
	fn    *ssa.Function
	param *ssa.Parameter // the context, or what carries it
	noun  string         // for messages: "the request", "the call"
	part  bool           // other functions of the package call fn: it need not be the whole handler
	whole bool           // fn is known to be what a server calls, so that its receiver is older than the request
}

// requestOf returns what fn answers, or nil if it is not known to be a handler.
func (c *checker) requestOf(fn *ssa.Function) *request {
	if fn.Synthetic != "" && fn.Parent() != nil {
		return nil // the body of a range over a function
	}
	shift := len(fn.Params) - fn.Signature.Params().Len()
	param, noun := -1, "the request"
	if at, f, ok := web.Ending(fn.Signature); ok {
		if param = at; f.Kind == web.Task {
			noun = "the job"
		}
	} else if obj := ssax.FuncOf(fn); obj != nil && fn.Parent() == nil {
		if at, ok := c.services.Ending(obj); ok {
			param, noun = at, "the call"
		}
	}
	if param < 0 && c.registered()[fn] {
		for i, v := 0, fn.Signature.Params(); i < v.Len(); i++ {
			if ctxlib.IsContext(v.At(i).Type()) {
				param, noun = i, "the job"
				break
			}
		}
	}
	if param < 0 || fn.Params[param+shift].Name() == "_" {
		return nil
	}
	part := len(c.builder.SSA().Index().Calls(fn)) > 0
	return &request{fn: fn, param: fn.Params[param+shift], noun: noun, part: part, whole: noun == "the call" || c.isServed(fn)}
}

// isServed reports whether a function with the parameters of a handler is known to be
// one: it is used as a value, given to a library, or what http.Handler prescribes.
func (c *checker) isServed(fn *ssa.Function) bool {
	if fn.Parent() != nil || c.registered()[fn] {
		return true
	}
	return len(c.builder.SSA().Index().Calls(fn)) == 0 && (c.values()[fn] || fn.Name() == "ServeHTTP")
}

// values returns the functions and methods of the package that are used as values.
func (c *checker) values() map[*ssa.Function]bool {
	if c.asValues != nil {
		return c.asValues
	}
	c.asValues = make(map[*ssa.Function]bool)
	index := c.builder.SSA().Index()
	for _, fn := range c.builder.SSA().Funcs {
		if index.UsedAsValue(fn) {
			c.asValues[fn] = true
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok {
					if obj := ssax.FuncOf(mc.Fn.(*ssa.Function)); obj != nil { // a method value
						c.asValues[c.builder.SSA().Pkg.Prog.FuncValue(obj)] = true
					}
				}
			}
		}
	}
	return c.asValues
}

// registered returns the functions of the package that it gives to a library as
// handlers.
func (c *checker) registered() map[*ssa.Function]bool {
	if c.runs != nil {
		return c.runs
	}
	c.runs = make(map[*ssa.Function]bool)
	for _, fn := range c.builder.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok || !web.Runs(ssax.Callee(&call.Call)) {
					continue
				}
				if _, args := ssax.Receiver(&call.Call); len(args) > 0 {
					c.register(ssax.Strip(args[0]))
				}
			}
		}
	}
	return c.runs
}

// register records a function, or all exported methods of a value.
func (c *checker) register(v ssa.Value) {
	if fn := ssax.Target(v); fn != nil {
		if obj := ssax.FuncOf(fn); obj != nil { // also for a method value
			fn = c.builder.SSA().Pkg.Prog.FuncValue(obj)
		}
		if fn != nil {
			c.runs[fn] = true
		}
		return
	}
	methods := types.NewMethodSet(v.Type())
	for m := range methods.Methods() {
		if obj, ok := m.Obj().(*types.Func); ok && obj.Exported() && obj.Pkg() == c.pass.Pkg {
			if fn := c.builder.SSA().Pkg.Prog.FuncValue(obj); fn != nil {
				c.runs[fn] = true
			}
		}
	}
}

// contexts returns the contexts of the request in its function and in the literals
// there: the parameter itself, or what the carrier gives.
func (r *request) contexts() []ssa.Value {
	if ctxlib.IsContext(r.param.Type()) {
		return []ssa.Value{r.param}
	}
	var found []ssa.Value
	eachFunc(r.fn, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok && r.gives(&call.Call) {
					found = append(found, call)
				}
			}
		}
	})
	return found
}

// eachFunc calls f for a function and the literals in it.
func eachFunc(fn *ssa.Function, f func(*ssa.Function)) {
	f(fn)
	for _, lit := range fn.AnonFuncs {
		eachFunc(lit, f)
	}
}

// gives reports whether a call gives the context of the request: that of the carrier,
// or of the *http.Request in it.
func (r *request) gives(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Name() != "Context" || !ctxlib.IsContext(call.Signature().Results().At(0).Type()) {
		return false
	}
	recv, args := ssax.Receiver(call)
	if recv == nil || len(args) > 0 {
		return false
	}
	if f, ok := web.Of(recv.Type()); ok && !f.Ends {
		return false
	}
	return isOf(recv, r.param)
}

// isOf reports whether v is the parameter, in its function or in a literal there, or
// the *http.Request that it holds.
func isOf(v ssa.Value, param *ssa.Parameter) bool {
	for range maxSteps {
		switch x := ssax.Only(v).(type) {
		case *ssa.Parameter:
			return x == param
		case *ssa.UnOp:
			field, ok := x.X.(*ssa.FieldAddr)
			if !ok || !isRequest(x.Type()) {
				return false
			}
			v = field.X
		case *ssa.Call:
			recv, args := ssax.Receiver(&x.Call)
			if recv == nil || len(args) > 0 || !isRequest(x.Type()) {
				return false
			}
			v = recv
		default:
			return false
		}
	}
	return false
}

// maxSteps bounds how many variables and parts a value is followed through. What is
// farther is unknown, and not reported.
const maxSteps = 10

func isRequest(t types.Type) bool { return ctxlib.IsNamedOrPointer(t, "net/http", "Request") }

// isCarrier reports whether t is a type that a framework hands to handlers.
func isCarrier(t types.Type) bool {
	f, ok := web.Of(t)
	return ok && (f.Ends || f.Reuse != "")
}
