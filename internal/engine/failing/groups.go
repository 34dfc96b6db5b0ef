package failing

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// grouped says what comes after a literal returns a failure that is a task of an errgroup with a
// context: the others end, and whoever waits for the group gets the error. It is "" for other
// literals.
func (r *Result) grouped(lit inspector.Cursor) string {
	start, ok := lit.Parent().Node().(*ast.CallExpr)
	if !ok {
		return ""
	}
	group := r.groupOf(start, "Go", "TryGo")
	if group == nil || !r.hasContext(group) {
		return ""
	}
	for fn := range lit.Enclosing((*ast.FuncDecl)(nil)) {
		for cur := range fn.Preorder((*ast.CallExpr)(nil)) {
			if r.groupOf(cur.Node().(*ast.CallExpr), "Wait") == group && !inLiteral(cur) {
				to, _ := r.after(cur)
				return to
			}
		}
	}
	return ""
}

// groupOf returns the variable of whose group a call is a method of one of the names, or nil.
func (r *Result) groupOf(call *ast.CallExpr, names ...string) types.Object {
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if !ok || !ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", names...) {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return nil
	}
	return r.pass.TypesInfo.ObjectOf(id)
}

// hasContext reports whether a group is made with a context where its variable is declared.
func (r *Result) hasContext(group types.Object) bool {
	assign, ok := r.syntax.NodeAt(group.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.AssignStmt); return ok }).(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return false
	}
	call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, _ := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	return ctxlib.IsErrGroup(fn)
}

func inLiteral(cur inspector.Cursor) bool {
	for range cur.Enclosing((*ast.FuncLit)(nil)) {
		return true
	}
	return false
}
