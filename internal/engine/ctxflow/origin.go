package ctxflow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Origins is the set of the places that a context value may come from.
type Origins struct {
	Root      bool // context.Background or TODO
	Inherited bool // a parameter of the function or of one around it, or what a carrier among them gives
	Nil       bool
	Unknown   bool // anything else: a field, an element, a channel, a call that is not understood
}

// Add adds the origins of another value that the same variable may hold.
func (o *Origins) Add(other Origins) {
	o.Root = o.Root || other.Root
	o.Inherited = o.Inherited || other.Inherited
	o.Nil = o.Nil || other.Nil
	o.Unknown = o.Unknown || other.Unknown
}

// OnlyRoot reports whether the value comes from a root, whatever the path.
func (o Origins) OnlyRoot() bool { return o.Root && !o.Inherited && !o.Unknown && !o.Nil }

// OnlyInherited reports whether the value comes from the caller, whatever the path.
func (o Origins) OnlyInherited() bool { return o.Inherited && !o.Root && !o.Unknown }

// Of walks back from the context v to its origins. Calls of functions for which
// isRoot holds are roots.
func Of(v ssa.Value, isRoot func(*ssa.CallCommon) bool) Origins {
	w := &backward{isRoot: isRoot, seen: make(map[ssa.Value]bool)}
	return w.value(v)
}

type backward struct {
	isRoot func(*ssa.CallCommon) bool
	seen   map[ssa.Value]bool
}

func (w *backward) value(v ssa.Value) (o Origins) {
	if w.seen[v] {
		return o // a loop adds nothing
	}
	w.seen[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		o.Nil = true
	case *ssa.Parameter:
		o.Inherited = true
	case *ssa.Phi:
		for _, e := range v.Edges {
			o.Add(w.value(e))
		}
	case *ssa.ChangeInterface:
		return w.value(v.X)
	case *ssa.MakeInterface:
		return w.value(v.X)
	case *ssa.ChangeType:
		return w.value(v.X)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return w.call(&call.Call)
		}
		o.Unknown = true
	case *ssa.Call:
		return w.call(&v.Call)
	case *ssa.UnOp:
		cell, ok := ssax.Variable(v.X)
		if v.Op != token.MUL || !ok {
			o.Unknown = true
			break
		}
		acc := ssax.UsesOf(cell)
		o.Unknown = acc.Escapes
		for _, st := range acc.Stores {
			o.Add(w.value(st.Val))
		}
	default:
		o.Unknown = true
	}
	return o
}

func (w *backward) call(call *ssa.CallCommon) (o Origins) {
	if w.isRoot(call) {
		o.Root = true
		return o
	}
	if Derives(call) != No {
		for i, arg := range call.Args {
			if p := ssax.ParamType(call, i); p != nil && ctxlib.IsContextual(p) {
				return w.value(arg)
			}
		}
	}
	// x.Context() comes from the parameter x; ctx.Value and the like are not
	// understood.
	if fn := ssax.Callee(call); fn != nil && fn.Name() == "Context" && call.Signature().Params().Len() == 0 {
		if recv, _ := ssax.Receiver(call); fromParameter(recv) {
			o.Inherited = true
			return o
		}
	}
	o.Unknown = true
	return o
}

// fromParameter reports whether a carrier is a parameter, or a field of one
// (c.Request of a gin.Context).
func fromParameter(v ssa.Value) bool {
	for {
		switch x := v.(type) {
		case *ssa.Parameter:
			return true
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		default:
			return false
		}
	}
}
