package labelcardinality

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// routeFix replaces the path of a request by the pattern of its route, where the
// framework has it at hand.
//
// There is no fix for net/http: r.Pattern is set by a mux below, on a request that
// may be another one, and only once that has run.
func (c *checker) routeFix(f *finding) []analysis.SuggestedFix {
	s := f.origin.Source
	if s.Category != metriclib.Request || len(f.origin.Steps) != 1 {
		return nil
	}
	e := c.syntax.expr(s.Shown)
	pos, end := c.span(f.use, f.reach)
	if e == nil || e.Pos() < pos || end < e.End() {
		return nil // it is read elsewhere, where others may use it, too
	}
	route := c.route(e)
	if route == "" {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "Use the pattern of the route, " + route,
		TextEdits: []analysis.TextEdit{{Pos: e.Pos(), End: e.End(), NewText: []byte(route)}},
	}}
}

// route returns an expression for the pattern of the route of a request whose path
// e is, "" if there is none.
func (c *checker) route(e ast.Expr) string {
	if call, ok := e.(*ast.CallExpr); ok { // c.Path() of fiber
		if recv := c.methodOf(call, "github.com/gofiber/fiber", "Ctx", "Path"); recv != nil && len(call.Args) == 0 {
			return types.ExprString(recv) + ".Route().Path"
		}
		return ""
	}
	path, ok := e.(*ast.SelectorExpr)
	if !ok || path.Sel.Name != "Path" {
		return ""
	}
	url, ok := path.X.(*ast.SelectorExpr)
	if !ok || url.Sel.Name != "URL" {
		return ""
	}
	switch req := url.X.(type) {
	case *ast.SelectorExpr: // c.Request.URL.Path of gin
		if c.isType(req.X, "github.com/gin-gonic/gin", "Context") {
			return types.ExprString(req.X) + ".FullPath()"
		}
	case *ast.CallExpr: // c.Request().URL.Path of echo
		if recv := c.methodOf(req, "github.com/labstack/echo", "Context", "Request"); recv != nil {
			return types.ExprString(recv) + ".Path()"
		}
	}
	return ""
}

// methodOf returns the receiver of a call of the method, nil if it is none.
func (c *checker) methodOf(call *ast.CallExpr, pkg, recv, name string) ast.Expr {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name || !c.isType(sel.X, pkg, recv) {
		return nil
	}
	return sel.X
}

// isType reports whether e has the named type, or is a pointer to it.
func (c *checker) isType(e ast.Expr, pkg, name string) bool {
	t := c.pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	named := metriclib.Named(t)
	return named != nil && named.Obj().Name() == name && named.Obj().Pkg() != nil && metriclib.Canonical(named.Obj().Pkg().Path()) == pkg
}
