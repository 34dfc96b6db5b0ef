package ctxerr

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// checkShadowed reports a context with a deadline that is declared in an inner block,
// where nothing but a log gets it, while the one that it hides is used after the block:
//
//	if limit > 0 {
//		ctx, cancel := context.WithTimeout(ctx, limit)
//		defer cancel()
//		slog.DebugContext(ctx, "limited")
//	}
//	return load(ctx)
//
// The deferred cancel function says that the deadline is meant for the rest of the
// function: that of the block has run when the block ends, and is cancelled much later.
// A context that nothing gets at all is left to ctxreset.
func (c *checker) checkShadowed(call *ssa.Call) {
	if !ctxlib.IsDeadline(ssax.Callee(&call.Call)) {
		return
	}
	cur, ok := c.syntax.At(call.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.AssignStmt); return ok })
	if !ok {
		return
	}
	assign := cur.Node().(*ast.AssignStmt)
	inner, cancel := c.declared(assign)
	block, end := innerBlock(cur)
	if inner == nil || block == nil {
		return
	}
	outer := c.hidden(inner, assign)
	if outer == nil {
		return
	}
	use, why := c.outerUse(inner, outer, cancel, block, end)
	if use == nil {
		c.report.Silent(shadowed, assign.Pos(), why)
		return
	}
	c.report.Report(analysis.Diagnostic{
		Pos: assign.Lhs[0].Pos(), End: assign.Lhs[0].End(), Category: shadowed,
		Message: fmt.Sprintf("this %s is another variable, whose deadline ends with the block, and the work after it gets the outer one; declare cancel and assign with =", inner.Name()),
		Related: []analysis.RelatedInformation{{Pos: use.Pos(), Message: "this has no deadline: it gets the outer variable"}},
	})
}

// outerUse returns the work after a block, which ends there, that gets the outer context
// although the inner one seems to be for it; or why that is not so.
func (c *checker) outerUse(inner, outer, cancel *types.Var, block *ast.BlockStmt, end token.Pos) (*ast.CallExpr, decision.Reason) {
	switch {
	case !c.defers(block, cancel):
		return nil, notForRest
	case !c.onlyLogged(inner):
		return nil, usedInBlock
	}
	return c.workAfter(outer, end), nothingMore
}

// declared returns the variables that "ctx, cancel := call" declares, nil if it is not
// of that form.
func (c *checker) declared(assign *ast.AssignStmt) (ctx, cancel *types.Var) {
	if assign.Tok != token.DEFINE || len(assign.Lhs) != 2 || len(assign.Rhs) != 1 {
		return nil, nil
	}
	var vars [2]*types.Var
	for i, lhs := range assign.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok {
			return nil, nil
		}
		if vars[i], ok = c.pass.TypesInfo.Defs[id].(*types.Var); !ok {
			return nil, nil
		}
	}
	return vars[0], vars[1]
}

// innerBlock returns the block of an if statement, or a block by itself, in which a
// statement is, and where the code after it begins; nil for other blocks.
func innerBlock(stmt inspector.Cursor) (block *ast.BlockStmt, end token.Pos) {
	block, ok := stmt.Parent().Node().(*ast.BlockStmt)
	if !ok {
		return nil, token.NoPos
	}
	switch around := stmt.Parent().Parent().Node().(type) {
	case *ast.IfStmt:
		return block, around.End()
	case *ast.BlockStmt:
		return block, block.End()
	}
	return nil, token.NoPos
}

// defers reports whether a statement of the block defers the call of v.
func (c *checker) defers(block *ast.BlockStmt, v *types.Var) bool {
	for _, stmt := range block.List {
		if d, ok := stmt.(*ast.DeferStmt); ok {
			if id, ok := d.Call.Fun.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == v {
				return true
			}
		}
	}
	return false
}

// onlyLogged reports whether a context is used, and nothing but logging, asking for
// its deadline and deriving itself again uses it.
func (c *checker) onlyLogged(ctx *types.Var) bool {
	uses := 0
	for id, obj := range c.pass.TypesInfo.Uses {
		if obj != ctx {
			continue
		}
		cur, ok := c.syntax.At(id.Pos(), func(n ast.Node) bool { return n == id })
		if !ok || !c.logs(cur, id) {
			return false
		}
		uses++
	}
	return uses > 0
}

func (c *checker) logs(cur inspector.Cursor, id *ast.Ident) bool {
	switch parent := cur.Parent().Node().(type) {
	case *ast.SelectorExpr:
		return parent.Sel.Name == "Deadline" || parent.Sel.Name == "Value"
	case *ast.CallExpr:
		fn, ok := typeutil.Callee(c.pass.TypesInfo, parent).(*types.Func)
		return ok && (loglib.Takes(fn) || ctxuse.IsLogger(fn) || words.IsLogging(fn.Name()))
	case *ast.AssignStmt:
		return len(parent.Lhs) == 1 && parent.Lhs[0] == ast.Expr(id)
	}
	return false
}

// hidden returns the context of the same name that an inner one hides, in the same
// function, and from which it derives.
func (c *checker) hidden(inner *types.Var, assign *ast.AssignStmt) *types.Var {
	call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	id, ok := ast.Unparen(call.Args[0]).(*ast.Ident)
	if !ok || id.Name != inner.Name() {
		return nil
	}
	outer, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || outer.Parent() == c.pass.Pkg.Scope() {
		return nil
	}
	return outer
}

// workAfter returns the first call, in the same function after a block, that gets a
// context and does not only log, or nil.
func (c *checker) workAfter(ctx *types.Var, after token.Pos) *ast.CallExpr {
	cur, ok := c.syntax.At(after-1, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return true
		}
		return false
	})
	if !ok {
		return nil
	}
	var work *ast.CallExpr
	ast.Inspect(cur.Node(), func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || call.Pos() < after || work != nil {
			return work == nil
		}
		for _, arg := range call.Args {
			if id, ok := arg.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == ctx {
				if fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func); ok && !loglib.Takes(fn) && !ctxuse.IsLogger(fn) && !words.IsLogging(fn.Name()) {
					work = call
				}
			}
		}
		return work == nil
	})
	return work
}
