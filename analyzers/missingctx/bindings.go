package missingctx

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxforms"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// A binding is what a query lacks.
type binding struct {
	With     string    // the method that binds it to a context
	root     ssa.Value // what it starts from
	argument bool      // that is an option among its arguments
}

// unboundAt returns the pause that a query is whose value comes, on all ways, from where
// nothing has bound it to a context.
func (c *checker) unboundAt(instr *ssa.Call, fn *types.Func) *pause {
	if p := c.withoutOption(instr, fn); p != nil {
		return p
	}
	recv, _ := ssax.Receiver(&instr.Call)
	if recv == nil || fn.Pkg() == c.pass.Pkg {
		return nil
	}
	binder, known := ctxforms.BinderOf(recv.Type())
	if !known {
		if binder, known = ctxforms.InferBinder(recv.Type(), fn); !known || scope.IsStandardPath(fn.Pkg().Path()) || scope.SharesModule(c.pass, fn.Pkg()) {
			return nil
		}
	} else if !binder.Runs[fn.Name()] {
		return nil
	}
	w := &provenance{c: c, with: binder.With, typ: recv.Type(), seen: make(map[ssa.Value]bool)}
	if !w.unbound(recv) || w.root == nil {
		return nil
	}
	return &pause{
		instr:    instr,
		category: unbound,
		what:     symbol.Of(fn),
		binder:   &binding{With: binder.With, root: w.root},
		likely:   !binder.Sure || w.likely,
		remote:   w.likely,
	}
}

// withoutOption returns the pause that a call is whose last argument are options without
// a context: none at all, or some that are made here.
func (c *checker) withoutOption(instr *ssa.Call, fn *types.Func) *pause {
	n := fn.Signature().Params().Len()
	if n == 0 || !ctxlib.CanFail(fn.Signature()) {
		return nil
	}
	with, ok := ctxforms.OptionOf(fn.Signature().Params().At(n - 1).Type())
	if !ok || scope.SharesModule(c.pass, fn.Pkg()) {
		return nil
	}
	arg := ssax.Explicit(&instr.Call, n-1)
	if arg == nil || !isBlankOption(arg, with) {
		return nil
	}
	return &pause{
		instr:    instr,
		category: unbound,
		what:     symbol.Of(fn),
		binder:   &binding{With: with, root: arg, argument: true},
	}
}

// isBlankOption reports whether options are nil, or made by the function and not bound
// in it.
func isBlankOption(v ssa.Value, with string) bool {
	if ssax.IsNil(v) {
		return true
	}
	made, ok := v.(*ssa.Alloc)
	return ok && !slices.ContainsFunc(*made.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(*ssa.Call)
		return ok && isMethod(call, with)
	})
}

func isMethod(call *ssa.Call, name string) bool {
	fn := ssax.Callee(&call.Call)
	return fn != nil && fn.Name() == name
}

// provenance follows a value back to where it comes from.
type provenance struct {
	c      *checker
	with   string     // the method that binds it
	typ    types.Type // its type
	seen   map[ssa.Value]bool
	root   ssa.Value // where it starts, if that is in the function
	likely bool      // that nobody has bound it before is likely, not proved
}

// unbound reports whether nothing binds v to a context on any way to it.
func (w *provenance) unbound(v ssa.Value) bool {
	if w.seen[v] {
		return true
	}
	w.seen[v] = true
	if refs := v.Referrers(); refs != nil && slices.ContainsFunc(*refs, w.binds) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Call:
		return w.call(v)
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !w.unbound(e) })
	case *ssa.UnOp:
		return w.load(v)
	}
	return false
}

// binds reports whether an instruction binds a value, for those that change what they
// are called on.
func (w *provenance) binds(ref ssa.Instruction) bool {
	call, ok := ref.(*ssa.Call)
	return ok && isMethod(call, w.with)
}

// call continues with what a method of the value's own kind is called on. Another call
// makes the value.
func (w *provenance) call(call *ssa.Call) bool {
	recv, args := ssax.Receiver(&call.Call)
	if slices.ContainsFunc(args, func(arg ssa.Value) bool { return carriesOne(arg) || isFunction(arg) }) {
		return false
	}
	fn := ssax.Callee(&call.Call)
	if fn == nil {
		return false
	}
	if recv != nil && types.Identical(pointee(recv.Type()), pointee(w.typ)) {
		if load, ok := recv.(*ssa.UnOp); ok && ssax.Place(load.X) == nil {
			recv = load.X // a method of a value is called on a copy
		}
		return w.unbound(recv)
	}
	w.root = call
	return fn.Pkg() != nil && !scope.SharesModule(w.c.pass, fn.Pkg())
}

// pointee returns what a pointer is to, and any other type as it is.
func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// isFunction reports whether a value is a function, such as a scope that binds what it is
// given.
func isFunction(v ssa.Value) bool {
	_, ok := v.Type().Underlying().(*types.Signature)
	return ok
}

// load continues with what is stored in a field or a package variable: others may have
// bound what is there, unless this package does so where it uses it.
func (w *provenance) load(load *ssa.UnOp) bool {
	place := ssax.Place(load.X)
	if place == nil {
		return false
	}
	w.root = load
	stores := w.c.storesTo(load.X)
	if slices.ContainsFunc(stores, func(st *ssa.Store) bool { return w.comesBound(st.Val, make(map[ssa.Value]bool)) }) {
		return false
	}
	w.likely = w.likely || !w.c.bindsElsewhere(load, w.with)
	return true
}

// comesBound reports whether what is stored may be bound: it is the result of a call that
// binds it, or is given a context.
func (w *provenance) comesBound(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Call:
		recv, args := ssax.Receiver(&v.Call)
		if isMethod(v, w.with) || slices.ContainsFunc(args, carriesOne) {
			return true
		}
		return recv != nil && w.comesBound(recv, seen)
	case *ssa.Extract:
		return w.comesBound(v.Tuple, seen)
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return w.comesBound(e, seen) })
	case *ssa.Parameter:
		if ctxlib.Takes(v.Parent().Signature) {
			return true // made for the context beside it
		}
		return slices.ContainsFunc(w.c.builder.SSA().Index().Callers(v.Parent()), func(call ssa.CallInstruction) bool {
			arg := ssax.Argument(call.Common(), v)
			return arg != nil && w.comesBound(arg, seen)
		})
	}
	return false
}

// storesTo returns the stores of the package into the field or variable at an address.
func (c *checker) storesTo(addr ssa.Value) []*ssa.Store {
	index := c.builder.SSA().Index()
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return index.FieldStores(ssax.FieldOf(addr))
	case *ssa.Global:
		return index.GlobalStores(addr)
	}
	return nil
}

// bindsElsewhere reports whether the package binds what is in the same field or variable
// in another place: then what is there is not bound yet.
func (c *checker) bindsElsewhere(load *ssa.UnOp, with string) bool {
	var loads []*ssa.UnOp
	index := c.builder.SSA().Index()
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		loads = index.Field(ssax.FieldOf(addr)).Loads
	case *ssa.Global:
		loads = index.Global(addr).Loads
	}
	return slices.ContainsFunc(loads, func(other *ssa.UnOp) bool {
		return slices.ContainsFunc(*other.Referrers(), func(ref ssa.Instruction) bool {
			call, ok := ref.(*ssa.Call)
			return ok && isMethod(call, with)
		})
	})
}
