package cancelleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// syntaxIndex finds the syntax of SSA instructions.
type syntaxIndex struct{ *syntax.Index }

// call returns the cursor of the call expression of an SSA call.
func (x syntaxIndex) call(call *ssa.Call) (inspector.Cursor, bool) {
	return x.CallAt(call.Pos())
}

// target returns the expression to which result i of a call is assigned, nil if
// there is none.
func (x syntaxIndex) target(call *ssa.Call, i int) ast.Expr {
	cur, ok := x.call(call)
	if !ok {
		return nil
	}
	return targetOf(cur, i)
}

func targetOf(cur inspector.Cursor, i int) ast.Expr {
	rhs := cur.Node()
	for {
		parent := cur.Parent()
		if _, ok := parent.Node().(*ast.ParenExpr); !ok {
			cur = parent
			break
		}
		cur, rhs = parent, parent.Node()
	}
	switch stmt := cur.Node().(type) {
	case *ast.AssignStmt:
		if len(stmt.Rhs) == 1 && len(stmt.Lhs) > i {
			return stmt.Lhs[i]
		}
		for j, r := range stmt.Rhs {
			if r == rhs && i == 0 && j < len(stmt.Lhs) {
				return stmt.Lhs[j]
			}
		}
	case *ast.ValueSpec:
		if len(stmt.Values) == 1 && len(stmt.Names) > i {
			return stmt.Names[i]
		}
		for j, v := range stmt.Values {
			if v == rhs && i == 0 && j < len(stmt.Names) {
				return stmt.Names[j]
			}
		}
	}
	return nil
}

// assignedVar returns the local variable to which result i of a call is assigned.
func (x syntaxIndex) assignedVar(info *types.Info, call *ssa.Call, i int) *types.Var {
	id, ok := x.target(call, i).(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	v, _ := info.ObjectOf(id).(*types.Var)
	if v == nil || v.Parent() == nil || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

// innermostLoop returns the for or range statement around pos within the same
// function, nil if there is none.
func (x syntaxIndex) innermostLoop(pos token.Pos) ast.Node {
	cur, ok := x.At(pos, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit, *ast.FuncDecl:
			return true
		}
		return false
	})
	if !ok {
		return nil
	}
	switch n := cur.Node().(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return n
	}
	return nil
}

// declaredIn reports whether v is declared inside node, which may be nil.
func (x syntaxIndex) declaredIn(node ast.Node, v *types.Var) bool {
	return node != nil && node.Pos() <= v.Pos() && v.Pos() < node.End()
}
