package ctxescape

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkObjects reports what a function makes under a context that ends with it, and
// keeps in a place that is older than the function's work.
func (c *checker) checkObjects(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !ctxlib.HasEnd(ssax.Callee(&call.Call)) || !c.endsHere(call) {
				continue
			}
			c.checkBound(ssax.Result(call, 0), fn, "which "+fn.Name()+" cancels when it returns", surely)
		}
	}
}

// endsHere reports whether the function that makes a context defers its cancel
// function.
func (c *checker) endsHere(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		ext, ok := ref.(*ssa.Extract)
		if !ok || !ctxlib.IsCancelFunc(ext.Type()) {
			continue
		}
		for _, use := range *ext.Referrers() {
			if d, ok := use.(*ssa.Defer); ok && d.Call.Value == ssa.Value(ext) && ssax.Dominates(call, d) && d.Block() == call.Block() {
				return true
			}
		}
	}
	return false
}

// checkBound reports the objects that are bound to a context and kept.
func (c *checker) checkBound(ctx ssa.Value, fn *ssa.Function, end string, sure grade) {
	if ctx == nil {
		return
	}
	flow := ctxflow.Follow(ctx, nil)
	for i := range flow.Uses {
		u := &flow.Uses[i]
		call, ok := u.Instr.(*ssa.Call)
		if !ok || u.Kind != ctxflow.Argument || u.Instr.Parent() != fn || c.derived(u) != surely {
			continue
		}
		if k, ok := ctxlib.Keeps(ssax.Callee(&call.Call)); ok && k.TakesContext && k.What != "the request" {
			c.checkKept(call, fn, k.What, end, sure)
		}
	}
}

// checkKept reports an object if the function keeps it, and neither waits for it nor
// ends it.
func (c *checker) checkKept(made *ssa.Call, fn *ssa.Function, what, end string, sure grade) {
	store, where := kept(ssax.Result(made, 0), fn, 0)
	switch {
	case store == nil:
		c.silent(categoryObject, made, notKept)
		return
	case c.reported[store]:
		return
	case c.takenBack(store, fn):
		c.silent(categoryObject, store, takenBack)
		return
	}
	c.reported[store] = true
	c.report.ReportFinding(diag.Finding{Confidence: sure.confidence(), Diagnostic: analysis.Diagnostic{
		Pos:      store.Pos(),
		Category: categoryObject,
		Message:  fmt.Sprintf("%s is kept in %s, but bound to a context %s; use one that lives as long", what, where, end),
		Related:  []analysis.RelatedInformation{{Pos: made.Pos(), Message: "made here"}},
	}})
}

// kept returns the instruction that puts v, or a struct made here that holds it, where
// it stays, and the name of that place.
func kept(v ssa.Value, fn *ssa.Function, depth int) (ssa.Instruction, string) {
	if v == nil || v.Referrers() == nil || depth > maxSteps {
		return nil, ""
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val != v {
				continue
			}
			if where, _ := older(ref.Addr, fn); where != "" {
				return ref, where
			}
			if addr, ok := ref.Addr.(*ssa.FieldAddr); ok {
				if made, ok := addr.X.(*ssa.Alloc); ok {
					if st, where := kept(made, fn, depth+1); st != nil {
						return st, where
					}
				}
			}
			if cell, ok := ssax.Variable(ref.Addr); ok {
				if uses := ssax.UsesOf(cell); len(uses.Stores) == 1 && !uses.Escapes {
					for _, load := range uses.Loads {
						if st, where := kept(load, fn, depth+1); st != nil {
							return st, where
						}
					}
				}
			}
		case *ssa.MapUpdate:
			if where, _ := older(ref.Map, fn); where != "" && ref.Value == v {
				return ref, where
			}
		case *ssa.MakeInterface:
			if st, where := kept(ref, fn, depth+1); st != nil {
				return st, where
			}
		}
	}
	return nil, ""
}
