package metriclifecycle

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// changes reports whether the package assigns a variable after it is initialized.
func (c *checker) changes(g *ssa.Global) bool {
	return slices.ContainsFunc(c.index.GlobalStores(g), func(st *ssa.Store) bool { return !ssax.IsInit(st.Parent()) })
}

// loops returns the loops of fn.
func (c *checker) loops(fn *ssa.Function) *ssax.Loops {
	l := c.loopsOf[fn]
	if l == nil {
		l = ssax.LoopsOf(fn)
		c.loopsOf[fn] = l
	}
	return l
}

// loopHeader returns the head of the innermost loop around b if each full iteration
// runs b, nil if there is none.
func (c *checker) loopHeader(b *ssa.BasicBlock) *ssa.BasicBlock {
	loop := c.loops(b.Parent()).Around(b)
	if loop == nil {
		return nil
	}
	for _, latch := range loop.Header.Preds {
		if loop.Blocks[latch] && !b.Dominates(latch) {
			return nil
		}
	}
	return loop.Header
}

// once reports whether fn runs at most once by the way it is used: it is handed
// to a sync.Once, or its one caller is such a function, init or main. Tests register more
// than once, and mean it.
func (c *checker) once(fn *ssa.Function) bool {
	for seen := make(map[*ssa.Function]bool); !seen[fn]; {
		seen[fn] = true
		if isOnce(fn) || c.runByOnce(fn) {
			return true
		}
		obj, ok := fn.Object().(*types.Func)
		if fn.Parent() == nil && (!ok || obj.Exported() && obj.Pkg().Name() != "main" || obj.Signature().Recv() != nil && obj.Exported()) {
			return false
		}
		callers := c.callsOf(fn)
		if len(callers) != 1 || c.index.UsedAsValue(fn) || c.loopHeader(callers[0].Block()) != nil {
			return false
		}
		fn = callers[0].Parent()
	}
	return false
}

// callsOf returns the calls of fn, other than those that tests make.
func (c *checker) callsOf(fn *ssa.Function) []ssa.CallInstruction {
	var calls []ssa.CallInstruction
	for _, call := range c.index.Calls(fn) {
		if !ssax.InstrInTest(call) {
			calls = append(calls, call)
		}
	}
	return calls
}

// repeated reports whether fn is seen to run more than once in a process: it answers
// requests, it is called in a loop or from several places, or its one caller is such a
// function. A loop or several places in what main and init run once count, too.
func (c *checker) repeated(fn *ssa.Function) bool {
	for seen := make(map[*ssa.Function]bool); fn != nil && !seen[fn]; {
		seen[fn] = true
		if hotRoot(fn) != "" {
			return true
		}
		callers := c.callsOf(fn)
		switch {
		case len(callers) > 1:
			return true
		case len(callers) == 0:
			return fn.Parent() != nil && hotRoot(fn.Parent()) != ""
		case c.loops(callers[0].Parent()).Around(callers[0].Block()) != nil:
			return true
		}
		fn = callers[0].Parent()
	}
	return false
}

// ofFresh reports whether fn is a method whose callers are all seen, and each calls it
// for what it has just made: then it runs once for each instance.
func (c *checker) ofFresh(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || fn.Signature.Recv() == nil || obj.Exported() && obj.Pkg().Name() != "main" || c.index.UsedAsValue(fn) {
		return false
	}
	calls := c.index.Calls(fn)
	fresh := func(call ssa.CallInstruction) bool {
		made, ok := ssax.Strip(call.Common().Args[0]).(*ssa.Alloc)
		return ok && c.loops(call.Parent()).Around(call.Block()) == c.loops(call.Parent()).Around(made.Block())
	}
	if len(calls) == 0 {
		return false
	}
	return !slices.ContainsFunc(calls, func(call ssa.CallInstruction) bool { return !fresh(call) || callsTwice(calls, call) })
}

// callsTwice reports whether another call is for the same instance.
func callsTwice(calls []ssa.CallInstruction, call ssa.CallInstruction) bool {
	return slices.ContainsFunc(calls, func(other ssa.CallInstruction) bool {
		return other != call && ssax.Strip(other.Common().Args[0]) == ssax.Strip(call.Common().Args[0])
	})
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
			if !ok || !isOnceCall(ssax.Callee(call.Common())) {
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

// same reports whether two values of one function are sure to be equal if calls
// have no effects. It assumes that variables do not change in between.
func same(a, b ssa.Value) bool {
	return ssax.Same(a, b, func(*types.Func) bool { return true })
}
