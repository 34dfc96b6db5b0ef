package metriclifecycle

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// callIndex knows who calls the functions of a package.
type callIndex struct {
	callers map[*ssa.Function][]ssa.CallInstruction
	values  map[*ssa.Function]bool // functions that are used otherwise than to be called
	changes map[*ssa.Global]bool   // variables that are assigned after they are initialized
}

func newCallIndex(funcs []*ssa.Function) *callIndex {
	x := &callIndex{make(map[*ssa.Function][]ssa.CallInstruction), make(map[*ssa.Function]bool), make(map[*ssa.Global]bool)}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				x.add(instr)
			}
		}
	}
	return x
}

func (x *callIndex) add(instr ssa.Instruction) {
	if store, ok := instr.(*ssa.Store); ok && !isInit(instr.Parent()) {
		if g, ok := store.Addr.(*ssa.Global); ok {
			x.changes[g] = true
		}
	}
	var called ssa.Value
	if call, ok := instr.(ssa.CallInstruction); ok {
		called = call.Common().Value
		if body := vectors.Body(call.Common().StaticCallee()); body != nil {
			x.callers[body] = append(x.callers[body], call)
		}
	}
	for _, op := range instr.Operands(nil) {
		if fn, ok := (*op).(*ssa.Function); ok && *op != called {
			if _, ok := instr.(*ssa.MakeClosure); !ok {
				x.values[fn] = true
			}
		}
	}
}

// once reports whether fn runs at most once by the way it is used: it is handed
// to a sync.Once, or its one caller is such a function, init or main.
func (c *checker) once(fn *ssa.Function) bool {
	for range 5 {
		if isOnce(fn) || c.runByOnce(fn) {
			return true
		}
		obj, ok := fn.Object().(*types.Func)
		if fn.Parent() == nil && (!ok || obj.Exported() && obj.Pkg().Name() != "main" || obj.Signature().Recv() != nil && obj.Exported()) {
			return false
		}
		callers := c.index.callers[fn]
		if len(callers) != 1 || c.index.values[fn] || loopHeader(callers[0].Block()) != nil {
			return false
		}
		fn = callers[0].Parent()
	}
	return false
}

// runByOnce reports whether the function literal, or method value, goes to the
// Do of a sync.Once, or to sync.OnceFunc and its like.
func (c *checker) runByOnce(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		return false
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !isOnceCall(vectors.Callee(call.Common())) {
				continue
			}
			for _, arg := range call.Common().Args {
				if mc, ok := arg.(*ssa.MakeClosure); ok && mc.Fn == fn || arg == fn {
					return true
				}
			}
		}
	}
	return false
}

func isOnceCall(fn *types.Func) bool {
	return ctxlib.IsMethod(fn, "sync", "Once", "Do") || ctxlib.IsFunc(fn, "sync", "OnceFunc") || ctxlib.IsFunc(fn, "sync", "OnceValue") || ctxlib.IsFunc(fn, "sync", "OnceValues")
}

// sameValue reports whether two values of one function are sure to be equal,
// looking at most depth steps back: the same parameter, field or method of it.
// A variable that changes in between is taken not to.
func sameValue(a, b ssa.Value, depth int) bool {
	if a == b {
		return true
	}
	if depth == 0 {
		return false
	}
	switch a := a.(type) {
	case *ssa.Const:
		b, ok := b.(*ssa.Const)
		return ok && a.Value != nil && b.Value != nil && a.Value.ExactString() == b.Value.ExactString()
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == b.Op && sameValue(a.X, b.X, depth-1)
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && sameValue(a.X, b.X, depth-1)
	case *ssa.Field:
		b, ok := b.(*ssa.Field)
		return ok && a.Field == b.Field && sameValue(a.X, b.X, depth-1)
	case *ssa.ChangeType:
		b, ok := b.(*ssa.ChangeType)
		return ok && sameValue(a.X, b.X, depth-1)
	case *ssa.Convert:
		b, ok := b.(*ssa.Convert)
		return ok && sameValue(a.X, b.X, depth-1)
	case *ssa.Call:
		b, ok := b.(*ssa.Call)
		if !ok || vectors.Callee(&a.Call) == nil || vectors.Callee(&a.Call) != vectors.Callee(&b.Call) || len(a.Call.Args) != len(b.Call.Args) {
			return false
		}
		if a.Call.IsInvoke() && !sameValue(a.Call.Value, b.Call.Value, depth-1) {
			return false
		}
		for i := range a.Call.Args {
			if !sameValue(a.Call.Args[i], b.Call.Args[i], depth-1) {
				return false
			}
		}
		return true
	}
	return false
}
