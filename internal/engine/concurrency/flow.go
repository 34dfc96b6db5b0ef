package concurrency

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// entry accounts for what flows into and out of fn by calls out of view.
func (c *channels) entry(fn *ssa.Function) {
	if !c.calledElsewhere(fn) {
		return
	}
	c.escapes[fn] = true
	for _, param := range fn.Params {
		c.openAll(c.node(param)) // whoever made it has it with all rights
	}
	results := fn.Signature.Results()
	for i := range results.Len() {
		if chanOf(results.At(i).Type()) != nil {
			c.open(c.at(result{fn, i}), results.At(i).Type())
		}
	}
}

// calledElsewhere reports whether there may be calls of fn other than static
// ones in the package: it is exported, is a method (which an interface may
// have), or is used as a value.
func (c *channels) calledElsewhere(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		if fn.Object() == nil {
			return false // the package initializer
		}
		if fn.Object().Exported() || fn.Signature.Recv() != nil && c.p.dynamic(fn) {
			return true
		}
	}
	// A function without calls may be called by code that is not built here.
	return c.p.usedAsValue(fn) || len(fn.Params) > 0 && len(c.p.CallsOf(fn))+len(c.p.StartsOf(fn)) == 0
}

// instr joins the channels of the values that the instruction moves a channel
// between.
func (c *channels) instr(instr ssa.Instruction) {
	if c.container(instr) {
		return
	}
	switch instr := instr.(type) {
	case *ssa.MakeChan:
		c.node(instr)
	case *ssa.Phi:
		if n := c.node(instr); n != nil {
			for _, e := range instr.Edges {
				c.join(n, c.node(e))
			}
		}
	case *ssa.ChangeType:
		c.convert(instr.Type(), instr.X.Type())
		c.join(c.node(instr), c.node(instr.X))
	case *ssa.Store:
		if n := c.node(instr.Val); n != nil {
			if target := c.node(instr.Addr); target != nil && chanOf(instr.Val.Type()) != nil && !isPointer(instr.Val.Type()) {
				c.join(target, n)
			} else {
				c.openAll(n)
			}
		}
	case *ssa.UnOp:
		switch instr.Op {
		case token.MUL:
			c.join(c.node(instr), c.node(instr.X))
		case token.ARROW:
			c.transfer(instr, instr.X)
		}
	case *ssa.MakeClosure:
		fn := instr.Fn.(*ssa.Function)
		for i, b := range instr.Bindings {
			c.join(c.node(fn.FreeVars[i]), c.node(b))
		}
	case *ssa.Extract:
		c.extract(instr)
	case *ssa.Return:
		for i, r := range instr.Results {
			if n := c.node(r); n != nil {
				c.join(c.at(result{instr.Parent(), i}), n)
			}
		}
	case *ssa.MakeInterface:
		c.openAll(c.node(instr.X))
	case *ssa.Send:
		c.transfer(instr.X, instr.Chan)
	case *ssa.Select:
		for _, s := range instr.States {
			if s.Send != nil {
				c.transfer(s.Send, s.Chan)
			}
		}
	case *ssa.MapUpdate:
		c.openAll(c.node(instr.Key))
		c.openAll(c.node(instr.Value))
	case *ssa.MakeSlice, *ssa.MakeMap, *ssa.Alloc:
		c.node(instr.(ssa.Value)) // holds what is put in
	case *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.TypeAssert, *ssa.Convert, *ssa.MultiConvert, *ssa.ChangeInterface, *ssa.SliceToArrayPointer:
		c.openAll(c.node(instr.(ssa.Value)))
		for _, op := range instr.Operands(nil) {
			if *op != nil {
				c.openAll(c.node(*op))
			}
		}
	case ssa.CallInstruction:
		c.call(instr)
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// extract handles a component of a tuple that is not the result of a call of
// the package's own functions; call joins those.
func (c *channels) extract(x *ssa.Extract) {
	n := c.node(x)
	if n == nil {
		return
	}
	if in, ok := takenOut(x); ok {
		c.join(n, c.node(in))
		return
	}
	if ch := receivedFrom(x); ch != nil {
		c.transfer(x, ch)
		return
	}
	if call, ok := x.Tuple.(*ssa.Call); ok {
		if callee := c.p.Callee(&call.Call); callee != nil {
			c.join(n, c.at(result{callee, x.Index}))
			return
		}
	}
	c.openAll(n)
}

// call passes the arguments of a call to its parameters, and its result back.
func (c *channels) call(instr ssa.CallInstruction) {
	common := instr.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "close", "len", "cap", "print", "println", "delete", "clear":
		case "append", "copy":
			to := c.node(common.Args[1])
			c.join(to, c.node(common.Args[0]))
			if v := instr.Value(); v != nil {
				c.join(c.node(v), to)
				c.join(c.node(v), c.node(common.Args[0])) // either may be nil
			}
		default:
			for _, arg := range common.Args {
				c.openAll(c.node(arg))
			}
		}
		return
	}
	callee := c.p.Callee(common)
	if callee != nil && len(callee.Params) == len(common.Args) {
		for i, arg := range common.Args {
			c.join(c.node(callee.Params[i]), c.node(arg))
		}
	} else {
		for i, arg := range common.Args {
			if n := c.node(arg); n != nil {
				c.open(n, paramType(common, i, arg))
			}
		}
	}
	v := instr.Value()
	if v == nil {
		return
	}
	n := c.node(v)
	switch {
	case n == nil:
	case callee != nil:
		c.join(n, c.at(result{callee, 0}))
	case isDoneCall(common):
		n.find().done = true
	case isTimerCall(common):
		n.find().timer = true
	default:
		c.openAll(n)
	}
}

// paramType returns the type of the parameter that argument i goes to, which
// says what the callee can do to a channel, or the type of the argument if
// there is no such parameter.
func paramType(common *ssa.CallCommon, i int, arg ssa.Value) types.Type {
	if t := ssax.ParamType(common, i); t != nil && chanOf(t) != nil {
		return t
	}
	return arg.Type()
}

// isDoneCall reports whether the call is of the method Done of a context.
func isDoneCall(common *ssa.CallCommon) bool {
	fn := ssax.Callee(common)
	if fn == nil || fn.Name() != "Done" || fn.Signature().Recv() == nil {
		return false
	}
	t := fn.Signature().Recv().Type()
	if common.IsInvoke() {
		t = common.Value.Type()
	}
	return ctxlib.IsContextual(t)
}

// IsTick reports whether ch is the channel of a timer or ticker of package time.
func IsTick(ch ssa.Value) bool {
	switch ch := ch.(type) {
	case *ssa.Call:
		return isTimerCall(&ch.Call)
	case *ssa.UnOp:
		f := ssax.FieldOf(ch.X)
		return f != nil && isTimerField(f)
	}
	return false
}

// isTimerCall reports whether the call is of time.After or time.Tick.
func isTimerCall(common *ssa.CallCommon) bool {
	fn := ssax.Callee(common)
	return ctxlib.IsFunc(fn, "time", "After") || ctxlib.IsFunc(fn, "time", "Tick")
}
