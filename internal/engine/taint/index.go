package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// An Index says where the functions of a package store and call things. It
// keeps its answers, and is not safe for concurrent use.
type Index struct {
	*ssax.Index
	pkg     *ssa.Package
	fields  map[*types.Var][]*ssa.Store
	globals map[*ssa.Global][]*ssa.Store
	methods map[string][]*ssa.Function      // methods that are declared here, by name
	puts    map[*types.Var][]*ssa.MapUpdate // what puts values into the maps in fields
	// counters tells which variables and fields are only counted up, as far as it was asked.
	counters map[*types.Var]bool
	loops    map[*ssa.Function]*ssax.Loops
	routes
}

// NewIndex returns the index of functions of pkg; plain is the package's
// general index. It does not know what other packages store or call.
func NewIndex(pkg *ssa.Package, funcs []*ssa.Function, plain *ssax.Index) *Index {
	x := &Index{
		Index:    plain,
		pkg:      pkg,
		fields:   make(map[*types.Var][]*ssa.Store),
		globals:  make(map[*ssa.Global][]*ssa.Store),
		methods:  make(map[string][]*ssa.Function),
		puts:     make(map[*types.Var][]*ssa.MapUpdate),
		counters: make(map[*types.Var]bool),
		loops:    make(map[*ssa.Function]*ssax.Loops),
		routes:   routes{verbs: make(map[*ssa.Function]bool), subtrees: make(map[*ssa.Function]bool), paths: make(map[*ssa.Function]int)},
	}
	for _, fn := range funcs {
		if fn.Signature.Recv() != nil {
			x.methods[fn.Name()] = append(x.methods[fn.Name()], fn)
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				x.addRoutes(instr)
				if put, ok := instr.(*ssa.MapUpdate); ok {
					if fa, ok := ssax.LoadedFrom(put.Map).(*ssa.FieldAddr); ok {
						x.puts[ssax.FieldOf(fa)] = append(x.puts[ssax.FieldOf(fa)], put)
					}
				}
			}
		}
	}
	return x
}

// fieldStores returns the stores into field f, which may be nil, of any struct.
func (x *Index) fieldStores(f *types.Var) []*ssa.Store {
	stores, ok := x.fields[f]
	if !ok {
		stores = x.FieldStores(f)
		x.fields[f] = stores
	}
	return stores
}

// globalStores returns the stores into a package variable.
func (x *Index) globalStores(g *ssa.Global) []*ssa.Store {
	stores, ok := x.globals[g]
	if !ok {
		stores = x.GlobalStores(g)
		x.globals[g] = stores
	}
	return stores
}

// loopsOf returns the loops of fn.
func (x *Index) loopsOf(fn *ssa.Function) *ssax.Loops {
	l := x.loops[fn]
	if l == nil {
		l = ssax.LoopsOf(fn)
		x.loops[fn] = l
	}
	return l
}

// inView returns fn, or the generic function that it is an instance of, if its
// body is known.
func (x *Index) inView(fn *ssa.Function) *ssa.Function {
	if fn = ssax.Body(fn); fn == nil || fn.Pkg != x.pkg {
		return nil
	}
	return fn
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

// FuncOf returns the function that v is, or nil if it is not in view.
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
			stores = ssax.StoresTo(addr)
		case *ssa.Global:
			stores = x.globalStores(addr)
		case *ssa.FieldAddr:
			stores = x.fieldStores(ssax.FieldOf(addr))
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
