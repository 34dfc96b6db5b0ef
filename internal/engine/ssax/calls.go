package ssax

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Callee returns the declared function or method that a call names, that of the
// interface for a call through one: the generic declaration for an instance, the
// method for a method value or expression that is called where it is made. It is
// nil for builtins, literals and function values. That of an instance has the
// type parameters in its signature; call.Signature() has the types of the call.
func Callee(call *ssa.CallCommon) *types.Func {
	if call.IsInvoke() {
		return call.Method.Origin()
	}
	if fn := call.StaticCallee(); fn != nil {
		return FuncOf(fn)
	}
	return nil
}

// FuncOf returns the declaration of fn, the generic one for an instance, that of
// the method for the wrapper of a method value; nil for literals and what go/ssa
// makes up, such as the package initializer.
func FuncOf(fn *ssa.Function) *types.Func {
	if obj, ok := fn.Object().(*types.Func); ok {
		return obj.Origin()
	}
	return nil
}

// Static returns the function that a call is sure to run, literals that are called
// on the spot included, the generic one for an instance. It is nil for calls
// through interfaces and of function values, for which see [Target].
func Static(call *ssa.CallCommon) *ssa.Function { return Origin(call.StaticCallee()) }

// Body returns fn, the generic function for an instance, if its body is there to
// be looked at; nil otherwise, and for nil.
func Body(fn *ssa.Function) *ssa.Function {
	if fn = Origin(fn); fn == nil || len(fn.Blocks) == 0 {
		return nil
	}
	return fn
}

// maxAliases bounds the variables of variables through which [Target] looks. One that
// is only assigned itself (f = f) has no end.
const maxAliases = 8

// Target returns the one function that a call of the function value v is sure to
// run: a literal, a declared function, the method of a method value or
// expression, or what a variable holds that is assigned once and whose address
// goes nowhere. It is nil if there may be others. Instances are not replaced by
// their generic function.
func Target(v ssa.Value) *ssa.Function {
	for range maxAliases {
		switch x := v.(type) {
		case *ssa.Function:
			return unwrapped(x)
		case *ssa.MakeClosure:
			return unwrapped(x.Fn.(*ssa.Function))
		case *ssa.ChangeType:
			v = x.X
		case *ssa.UnOp:
			cell, ok := Variable(x.X)
			if x.Op != token.MUL || !ok {
				return nil
			}
			uses := UsesOf(cell)
			if uses.Escapes || len(uses.Stores) != 1 {
				return nil
			}
			v = uses.Stores[0].Val
		default:
			return nil
		}
	}
	return nil
}

// unwrapped returns the method behind the wrapper that go/ssa makes for a method
// value or expression.
func unwrapped(fn *ssa.Function) *ssa.Function {
	if fn.Synthetic == "" || fn.Object() == nil || fn.Parent() != nil {
		return fn
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return fn
	}
	if decl := fn.Prog.FuncValue(obj.Origin()); decl != nil {
		return decl
	}
	return fn
}

// Receiver returns the receiver of the method that a call names and the other
// arguments as the source has them; a nil receiver, and all arguments, for
// functions and function values.
func Receiver(call *ssa.CallCommon) (recv ssa.Value, args []ssa.Value) {
	if call.IsInvoke() {
		return call.Value, call.Args
	}
	fn := call.StaticCallee()
	if fn == nil || len(call.Args) == 0 && len(fn.FreeVars) == 0 {
		return nil, call.Args
	}
	if call.Signature().Recv() != nil {
		return call.Args[0], call.Args[1:]
	}
	obj := FuncOf(fn)
	if obj == nil || obj.Signature().Recv() == nil {
		return nil, call.Args
	}
	if mc, ok := call.Value.(*ssa.MakeClosure); ok { // a method value
		return mc.Bindings[0], call.Args
	}
	if len(call.Args) == 0 {
		return nil, call.Args
	}
	return call.Args[0], call.Args[1:] // a method expression
}

// Explicit returns argument i of a call as the source has it, the receiver for
// -1, nil if there is none.
func Explicit(call *ssa.CallCommon, i int) ssa.Value {
	recv, args := Receiver(call)
	switch {
	case i == -1:
		return recv
	case i < 0 || i >= len(args):
		return nil
	}
	return args[i]
}

// ParamType returns the type of the parameter that gets call.Args[i]; nil for a
// receiver and beyond the last. That of a variadic parameter is the slice.
func ParamType(call *ssa.CallCommon, i int) types.Type {
	sig := call.Signature()
	if !call.IsInvoke() && sig.Recv() != nil {
		i--
	}
	if i < 0 || i >= sig.Params().Len() {
		return nil
	}
	return sig.Params().At(i).Type()
}

// Argument returns what a call of the function of p passes for p, nil if it has
// no such argument. For a call through an interface p is of a method that may
// stand for the one called.
func Argument(call *ssa.CallCommon, p *ssa.Parameter) ssa.Value {
	i := slices.Index(p.Parent().Params, p)
	if call.IsInvoke() {
		if i == 0 {
			return call.Value
		}
		i--
	}
	if i < 0 || i >= len(call.Args) {
		return nil
	}
	return call.Args[i]
}

// Result returns result i of a call as a value, nil if nothing uses it.
func Result(call *ssa.Call, i int) ssa.Value {
	if _, ok := call.Type().(*types.Tuple); !ok {
		return call
	}
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index == i {
			return x
		}
	}
	return nil
}
