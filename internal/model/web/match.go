package web

import (
	"go/ast"
	"go/parser"
)

// Match returns what takes the place of x in e, and whether e has the form of
// the pattern, which is one of the expressions of a [Framework].
func Match(pattern string, e ast.Expr) (x ast.Expr, ok bool) {
	p, err := parser.ParseExpr(pattern)
	if err != nil {
		return nil, false
	}
	return match(p, e)
}

func match(pattern, e ast.Expr) (x ast.Expr, ok bool) {
	switch pattern := pattern.(type) {
	case *ast.Ident:
		return e, pattern.Name == Itself
	case *ast.SelectorExpr:
		if e, ok := ast.Unparen(e).(*ast.SelectorExpr); ok && e.Sel.Name == pattern.Sel.Name {
			return match(pattern.X, e.X)
		}
	case *ast.CallExpr:
		if e, ok := ast.Unparen(e).(*ast.CallExpr); ok && len(e.Args) == 0 {
			return match(pattern.Fun, e.Fun)
		}
	}
	return nil, false
}
