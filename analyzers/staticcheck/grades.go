package staticcheck

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/fatal"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// gradeNil says how likely the nil context at pos is a mistake. A test may try it, and a
// parameter without a name does no harm. Whoever asks whether there is a context expects that
// there may be none.
func gradeNil(s *shared, pos token.Pos) catalog.Confidence {
	call, ok := s.syntax.NodeAt(pos, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && len(call.Args) > 0 && call.Args[0].Pos() == pos
	}).(*ast.CallExpr)
	if !ok {
		return catalog.High
	}
	fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func)
	switch {
	case ok && (ctxlib.TakesNil(fn) || s.asksForNil(fn)):
		return catalog.Low
	case inTest(s, pos):
		return catalog.Medium
	case !ok || fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()):
		return catalog.High // whoever implements the method may use it
	}
	name := fn.Signature().Params().At(0).Name()
	return catalog.Grade(name != "" && name != "_")
}

// asksForNil reports whether a function of the package compares its first parameter with
// nil, or gives it to one that does.
func (s *shared) asksForNil(fn *types.Func) bool {
	seen := map[*types.Func]bool{fn.Origin(): true}
	for work := []*types.Func{fn.Origin()}; len(work) > 0; work = work[1:] {
		asks, next := s.comparesWithNil(work[0])
		if asks {
			return true
		}
		for _, callee := range next {
			if !seen[callee] {
				seen[callee] = true
				work = append(work, callee)
			}
		}
	}
	return false
}

// comparesWithNil reports whether a function of the package itself compares its first
// parameter with nil, and returns the functions that get it as their first argument.
func (s *shared) comparesWithNil(fn *types.Func) (compares bool, next []*types.Func) {
	if fn.Pkg() != s.pass.Pkg || fn.Signature().Params().Len() == 0 {
		return false, nil
	}
	param := fn.Signature().Params().At(0)
	decl, ok := s.syntax.NodeAt(fn.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.FuncDecl); return ok }).(*ast.FuncDecl)
	if !ok || decl.Body == nil {
		return false, nil
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			compares = compares || (n.Op == token.EQL || n.Op == token.NEQ) && s.pass.TypesInfo.Types[n.Y].IsNil() && s.names(n.X, param)
		case *ast.CallExpr:
			if callee, ok := typeutil.Callee(s.pass.TypesInfo, n).(*types.Func); ok && len(n.Args) > 0 && s.names(n.Args[0], param) {
				next = append(next, callee.Origin())
			}
		}
		return !compares
	})
	return compares, next
}

// names reports whether an expression is the name of v.
func (s *shared) names(e ast.Expr, v types.Object) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && v != nil && s.pass.TypesInfo.ObjectOf(id) == v
}

// gradeClose says how likely the deferred Close at pos does harm where nothing has been
// opened. That of a nil *os.File only returns an error, and none is called if the process ends.
func gradeClose(s *shared, pos token.Pos) catalog.Confidence {
	cur, ok := s.syntax.At(pos, func(n ast.Node) bool { _, ok := n.(*ast.DeferStmt); return ok })
	if !ok {
		return catalog.High
	}
	if sel, ok := ast.Unparen(cur.Node().(*ast.DeferStmt).Call.Fun).(*ast.SelectorExpr); ok && ctxlib.IsNamedOrPointer(s.pass.TypesInfo.TypeOf(sel.X), "os", "File") {
		return catalog.Low
	}
	next, ok := cur.NextSibling()
	if !ok {
		return catalog.High
	}
	if test, ok := next.Node().(*ast.IfStmt); ok && test.Init == nil && s.findsError(test.Cond) && s.exits(test.Body) {
		return catalog.Low
	}
	return catalog.High
}

// findsError reports whether a condition compares an error with nil, and holds if it is one.
func (s *shared) findsError(cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && cmp.Op == token.NEQ && s.pass.TypesInfo.Types[cmp.Y].IsNil() && ctxlib.IsError(s.pass.TypesInfo.TypeOf(cmp.X))
}

// exits reports whether a statement of a block ends the process, without running what is
// deferred.
func (s *shared) exits(body *ast.BlockStmt) bool {
	return slices.ContainsFunc(body.List, func(stmt ast.Stmt) bool {
		expr, ok := stmt.(*ast.ExprStmt)
		if !ok {
			return false
		}
		call, ok := expr.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func)
		return ok && fatal.Exits(fn)
	})
}
