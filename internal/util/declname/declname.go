// Package declname names declared functions as findings do.
package declname

import "go/ast"

// Func returns "F" for a function, "T.M" for a method of T and "(*T).M" for a
// method of *T, without type parameters.
func Func(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return decl.Name.Name
	}
	return receiver(decl.Recv.List[0].Type) + "." + decl.Name.Name
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.ParenExpr:
		return receiver(t.X)
	case *ast.StarExpr:
		return "(*" + receiver(t.X) + ")"
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}
