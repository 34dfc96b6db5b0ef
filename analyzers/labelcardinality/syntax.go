package labelcardinality

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// syntaxIndex finds the expressions that values come from.
type syntaxIndex struct{ *syntax.Index }

// at returns the expression whose value has the position in go/ssa.
func (x syntaxIndex) at(pos token.Pos) ast.Expr {
	e, _ := x.NodeAt(pos, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return n.Lparen == pos
		case *ast.SelectorExpr:
			return n.Sel.Pos() == pos
		case *ast.IndexExpr:
			return n.Lbrack == pos
		}
		return false
	}).(ast.Expr)
	return e
}

// expr returns the expression that v is the value of, nil if there is none.
func (x syntaxIndex) expr(v ssa.Value) ast.Expr {
	switch v := v.(type) {
	case *ssa.UnOp:
		return x.expr(v.X)
	case *ssa.Extract:
		return x.expr(v.Tuple)
	case *ssa.MakeInterface:
		return x.expr(v.X)
	case *ssa.Call, *ssa.FieldAddr, *ssa.Field, *ssa.Lookup:
		return x.at(v.Pos())
	}
	return nil
}

// text returns the source text of v, "" if there is none or it is long.
func (x syntaxIndex) text(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Phi:
		if token.IsIdentifier(v.Comment) {
			return v.Comment
		}
	case *ssa.UnOp:
		if cell, ok := v.X.(*ssa.Alloc); ok && cell.Comment != "" {
			return cell.Comment
		}
	}
	e := x.expr(v)
	if e == nil {
		return ""
	}
	s := strings.Join(strings.Fields(types.ExprString(e)), " ")
	if len(s) > 60 {
		if call, ok := e.(*ast.CallExpr); ok {
			return types.ExprString(call.Fun) + "(…)"
		}
		return ""
	}
	return s
}
