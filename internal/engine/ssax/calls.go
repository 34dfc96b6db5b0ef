package ssax

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Callee returns the declared function or method that a call names: the
// interface's method for a call through an interface, the generic declaration
// for an instance, the method for a method value or expression that is called
// where it is made. It is nil for builtins, literals and function values. The
// signature of a generic declaration has type parameters; call.Signature() has
// the types of the call.
func Callee(call *ssa.CallCommon) *types.Func {
	if call.IsInvoke() {
		return call.Method.Origin()
	}
	if fn := call.StaticCallee(); fn != nil {
		return FuncOf(fn)
	}
	return nil
}

// FuncOf returns the declaration of fn: the generic one for an instance, the
// method for the wrapper of a method value. It is nil for literals and for
// functions that go/ssa makes up, such as the package initializer.
func FuncOf(fn *ssa.Function) *types.Func {
	if obj, ok := fn.Object().(*types.Func); ok {
		return obj.Origin()
	}
	return nil
}

// Static returns the function that a call is certain to run, including literals
// that are called on the spot; for an instance, it is the generic function. It
// is nil for calls through interfaces and of function values, for which see
// [Target].
func Static(call *ssa.CallCommon) *ssa.Function { return Origin(call.StaticCallee()) }

// Body returns fn, or the generic function if fn is an instance, if its body is
// available. Otherwise, and for nil, it returns nil.
func Body(fn *ssa.Function) *ssa.Function {
	if fn = Origin(fn); fn == nil || len(fn.Blocks) == 0 {
		return nil
	}
	return fn
}

// maxAliases bounds the chain of variables that [Target] follows. For a
// variable that is only assigned itself (f = f), the chain never ends.
const maxAliases = 8

// Target returns the one function that a call of the function value v is
// certain to run: a literal, a declared function, the method of a method value
// or expression, or the value of a variable that is assigned once and whose
// address does not escape. It is nil if there may be others. Instances are not
// replaced by their generic function.
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
			if v, ok = UsesOf(cell).Only(); !ok {
				return nil
			}
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

// Receiver returns the receiver of the method that a call names, and the other
// arguments as the source has them. For functions and function values, the
// receiver is nil and all arguments are returned.
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

// Explicit returns argument i of a call as the source has it, or the receiver
// for -1. It is nil if there is none.
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

// ParamType returns the type of the parameter that gets call.Args[i]. It is nil
// for a receiver and beyond the last parameter. For a variadic parameter it is
// the slice type.
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

// IsReceiver reports whether a parameter is the receiver of its function.
func IsReceiver(p *ssa.Parameter) bool {
	fn := p.Parent()
	return fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == p
}

// Argument returns what a call of p's function passes for p, or nil if it has
// no such argument. If the call goes through an interface, p may belong to any
// method that the call may run.
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

// Result returns result i of a call as a value, or nil if nothing uses it.
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

// Results returns those results of a call that something uses, as values.
func Results(call *ssa.Call) []ssa.Value {
	if _, several := call.Type().(*types.Tuple); !several {
		return []ssa.Value{call}
	}
	var results []ssa.Value
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok {
			results = append(results, x)
		}
	}
	return results
}

// ValueName returns the name of the variable or field that holds a function.
func ValueName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Field:
		return FieldOf(v).Name()
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.FieldAddr:
			return FieldOf(addr).Name()
		case *ssa.Global:
			return addr.Name()
		}
	}
	return ""
}
