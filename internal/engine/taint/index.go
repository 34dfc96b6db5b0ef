package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// An Index says where the functions of a package store and call things.
type Index struct {
	pkg      *ssa.Package
	fields   map[*types.Var][]*ssa.Store
	globals  map[*ssa.Global][]*ssa.Store
	closures map[*ssa.Function][]*ssa.MakeClosure
	calls    map[*ssa.Function][]ssa.CallInstruction // static calls
	invokes  map[string][]ssa.CallInstruction        // calls through interfaces by the name of the method
	methods  map[string][]*ssa.Function              // methods that are declared here, by name
	verbs    map[*ssa.Function]bool                  // handlers of routes with a method
}

// NewIndex returns the index of functions of pkg. What others store or call is
// not known to it.
func NewIndex(pkg *ssa.Package, funcs []*ssa.Function) *Index {
	x := &Index{
		pkg:      pkg,
		fields:   make(map[*types.Var][]*ssa.Store),
		globals:  make(map[*ssa.Global][]*ssa.Store),
		closures: make(map[*ssa.Function][]*ssa.MakeClosure),
		calls:    make(map[*ssa.Function][]ssa.CallInstruction),
		invokes:  make(map[string][]ssa.CallInstruction),
		methods:  make(map[string][]*ssa.Function),
		verbs:    make(map[*ssa.Function]bool),
	}
	for _, fn := range funcs {
		if fn.Signature.Recv() != nil {
			x.methods[fn.Name()] = append(x.methods[fn.Name()], fn)
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				x.add(instr)
			}
		}
	}
	return x
}

func (x *Index) add(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		switch addr := instr.Addr.(type) {
		case *ssa.Global:
			x.globals[addr] = append(x.globals[addr], instr)
		case *ssa.FieldAddr:
			if f := structField(addr.X.Type(), addr.Field); f != nil {
				x.fields[f.Origin()] = append(x.fields[f.Origin()], instr)
			}
		}
	case *ssa.MakeClosure:
		fn := instr.Fn.(*ssa.Function)
		x.closures[fn] = append(x.closures[fn], instr)
	}
	if call, ok := instr.(ssa.CallInstruction); ok {
		if call.Common().IsInvoke() {
			name := call.Common().Method.Name()
			x.invokes[name] = append(x.invokes[name], call)
		} else if callee := origin(call.Common().StaticCallee()); callee != nil {
			x.calls[callee] = append(x.calls[callee], call)
		}
		x.addRoute(call.Common())
	}
}

// origin returns the generic function that fn is an instance of, or fn itself.
func origin(fn *ssa.Function) *ssa.Function {
	if fn != nil && fn.Origin() != nil {
		return fn.Origin()
	}
	return fn
}

// inView returns fn, or what it is an instance of, if its body is known.
func (x *Index) inView(fn *ssa.Function) *ssa.Function {
	if fn = origin(fn); fn == nil || len(fn.Blocks) == 0 || fn.Pkg != x.pkg {
		return nil
	}
	return fn
}

// bindings returns the values that a free variable can stand for.
func (x *Index) bindings(v *ssa.FreeVar) []ssa.Value {
	var values []ssa.Value
	i := freeVarIndex(v)
	for _, mc := range x.closures[v.Parent()] {
		values = append(values, mc.Bindings[i])
	}
	return values
}

func freeVarIndex(v *ssa.FreeVar) int {
	for i, fv := range v.Parent().FreeVars {
		if fv == v {
			return i
		}
	}
	return -1
}

// Callers returns the calls of fn in the package: static ones, and those through
// interfaces that the receiver of fn implements.
func (x *Index) Callers(fn *ssa.Function) []ssa.CallInstruction {
	calls := x.calls[fn]
	recv := fn.Signature.Recv()
	if recv == nil {
		return calls
	}
	for _, call := range x.invokes[fn.Name()] {
		if iface, ok := call.Common().Value.Type().Underlying().(*types.Interface); ok && types.Implements(recv.Type(), iface) {
			calls = append(calls[:len(calls):len(calls)], call)
		}
	}
	return calls
}

// Implementations returns the methods declared in the package that a call through
// an interface can reach.
func (x *Index) Implementations(call *ssa.CallCommon) []*ssa.Function {
	iface, ok := call.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found []*ssa.Function
	for _, fn := range x.methods[call.Method.Name()] {
		if types.Implements(fn.Signature.Recv().Type(), iface) {
			found = append(found, fn)
		}
	}
	return found
}

// Argument returns the value that call, a call of p's function, passes for p.
func Argument(call ssa.CallInstruction, p *ssa.Parameter) ssa.Value { return argument(call, p) }

func returns(fn *ssa.Function) []*ssa.Return {
	var found []*ssa.Return
	for _, b := range fn.Blocks {
		if len(b.Instrs) > 0 {
			if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				found = append(found, r)
			}
		}
	}
	return found
}

// Returns returns the return statements of fn.
func Returns(fn *ssa.Function) []*ssa.Return { return returns(fn) }

// FuncOf returns the function that v is, nil if it is not in view.
func (x *Index) FuncOf(v ssa.Value) *ssa.Function { return x.inView(x.handler(v)) }

// Constructors returns the calls that v, which is read from a variable or a field,
// is known to come from.
func (x *Index) Constructors(v ssa.Value) []*ssa.Call {
	var stores []*ssa.Store
	switch v := v.(type) {
	case *ssa.Call:
		return []*ssa.Call{v}
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.Alloc:
			stores = storesTo(addr)
		case *ssa.Global:
			stores = x.globals[addr]
		case *ssa.FieldAddr:
			stores = x.fields[structField(addr.X.Type(), addr.Field).Origin()]
		}
	}
	var calls []*ssa.Call
	for _, s := range stores {
		if call, ok := s.Val.(*ssa.Call); ok {
			calls = append(calls, call)
		}
	}
	return calls
}
