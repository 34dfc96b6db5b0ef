package syntax

import "go/ast"

// NameOf returns the name of the function that an expression stands for, without its package,
// receiver or type arguments; nil if it has none.
func NameOf(fn ast.Expr) *ast.Ident {
	switch fn := ast.Unparen(fn).(type) {
	case *ast.Ident:
		return fn
	case *ast.SelectorExpr:
		return fn.Sel
	case *ast.IndexExpr:
		return NameOf(fn.X)
	case *ast.IndexListExpr:
		return NameOf(fn.X)
	}
	return nil
}
