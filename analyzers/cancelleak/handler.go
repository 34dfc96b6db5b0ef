package cancelleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkHandler reports goroutines that work under the context of the request that fn, a
// handler of net/http, answers, and for which fn does not wait: the server ends that
// context when the handler returns.
func (c *checker) checkHandler(fn *ssa.Function) {
	if !c.report.Enabled(categoryEarly) || ssax.InTest(fn) || !isHandler(fn.Signature) {
		return
	}
	req := fn.Params[len(fn.Params)-1]
	var t *boundTree
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			start, ok := instr.(*ssa.Go)
			if !ok || !goesUnawaited(start) {
				continue
			}
			if t == nil {
				t = c.requestTree(fn, req)
			}
			if t.startedWith(start) || asksInside(start, req) {
				c.reportHandler(fn, start)
			}
		}
	}
}

// isHandler reports whether a function has the signature of http.HandlerFunc.
func isHandler(sig *types.Signature) bool {
	params := sig.Params()
	return params.Len() == 2 && sig.Results().Len() == 0 && ctxlib.IsNamedOrPointer(params.At(0).Type(), "net/http", "ResponseWriter") && isRequest(params.At(1).Type())
}

// requestTree returns the tree of the contexts that a function gets from its request.
func (c *checker) requestTree(fn *ssa.Function, req *ssa.Parameter) *boundTree {
	t := c.newTree()
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && asksFor(&call.Call, req) {
				t.grow(call)
			}
		}
	}
	return t
}

// asksFor reports whether a call gives the context of the request that v is.
func asksFor(call *ssa.CallCommon, v ssa.Value) bool {
	return ctxlib.IsMethod(ssax.Callee(call), "net/http", "Request", "Context") && same(call.Args[0], v)
}

// startedWith reports whether a go statement hands a context of the tree to a function
// that minds its end, or runs a closure that does.
func (t *boundTree) startedWith(start *ssa.Go) bool {
	for _, arg := range start.Call.Args {
		if x := t.nodeOf(arg); x != nil && t.ofRequest(x) && minds(&start.Call, arg) {
			return true
		}
	}
	mc, ok := start.Call.Value.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	for _, b := range mc.Bindings {
		cell, ok := b.(*ssa.Alloc)
		if !ok || len(ssax.StoresTo(cell)) != 1 {
			continue
		}
		if x := t.nodeOf(onlyStored(cell)); x != nil && t.ofRequest(x) && worksWith(mc, cell) {
			return true
		}
	}
	return false
}

// ofRequest reports whether a node is a context that ends with the request and not
// before: one with a cancel function is judged by that.
func (t *boundTree) ofRequest(x *bound) bool {
	if !x.plain || x.on >= 0 {
		return false
	}
	for ; x.parent >= 0; x = &t.nodes[x.parent] {
		if ext, ok := x.value.(*ssa.Extract); ok {
			if call, ok := ext.Tuple.(*ssa.Call); ok && len(t.c.sites(call)) > 0 {
				return false
			}
		}
	}
	return true
}

// asksInside reports whether a go statement runs a literal that captures the request,
// and hands its context to a function that minds its end.
func asksInside(start *ssa.Go, req *ssa.Parameter) bool {
	mc, ok := start.Call.Value.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	fn := mc.Fn.(*ssa.Function)
	for i, b := range mc.Bindings {
		stores := ssax.StoresTo(b)
		if len(stores) != 1 || stores[0].Val != ssa.Value(req) {
			continue
		}
		for _, ref := range *fn.FreeVars[i].Referrers() {
			load, ok := ref.(*ssa.UnOp)
			if !ok {
				continue
			}
			for _, use := range *load.Referrers() {
				call, ok := use.(*ssa.Call)
				if ok && ctxlib.IsMethod(ssax.Callee(&call.Call), "net/http", "Request", "Context") && isArgument(call) {
					return true
				}
			}
		}
	}
	return false
}

func (c *checker) reportHandler(fn *ssa.Function, start *ssa.Go) {
	sure := catalog.High
	if len(c.renewals().index.Calls(fn)) > 0 {
		sure = catalog.Medium // its caller may wait
	}
	c.report.ReportFinding(diag.Finding{Confidence: sure, Diagnostic: analysis.Diagnostic{
		Pos:      start.Pos(),
		End:      start.Pos() + 2,
		Category: categoryEarly,
		Message:  "this goroutine works under the context of the request, which ends when the handler returns, and nothing waits for it; use context.WithoutCancel",
		Related:  []analysis.RelatedInformation{{Pos: fn.Pos(), Message: "the handler"}},
	}})
}

// hasHandlers reports whether a handler of the package starts a goroutine, by the look
// of it.
func (c *checker) hasHandlers() bool {
	found := false
	look := func(t types.Type, body *ast.BlockStmt) {
		sig, ok := t.(*types.Signature)
		if found || !ok || body == nil || !isHandler(sig) {
			return
		}
		ast.Inspect(body, func(n ast.Node) bool {
			_, starts := n.(*ast.GoStmt)
			found = found || starts
			return !found
		})
	}
	for _, f := range c.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if fn, ok := c.pass.TypesInfo.Defs[n.Name].(*types.Func); ok {
					look(fn.Type(), n.Body)
				}
			case *ast.FuncLit:
				look(c.pass.TypesInfo.TypeOf(n), n.Body)
			}
			return !found
		})
	}
	return found
}
