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
// to a sync.Once, or its one caller is such a function, init or main.
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
		callers := c.index.Calls(fn)
		if len(callers) != 1 || c.index.UsedAsValue(fn) || c.loopHeader(callers[0].Block()) != nil {
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
