package failing

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// ends says what comes after a function returns, if it does so soon after a statement: all that
// is left to do is to log, to clean up, or to leave.
func (r *Result) ends(stmt inspector.Cursor) string {
	if test, ok := stmt.Parent().Node().(*ast.IfStmt); ok {
		if test.Init != stmt.Node() || !r.brief(test.Body) || test.Else != nil && !r.brief(test.Else) {
			return ""
		}
		stmt = stmt.Parent()
	}
	switch stmt.Parent().Parent().Node().(type) {
	case *ast.FuncDecl, *ast.FuncLit:
	default:
		return "" // also of a statement that is not in a block
	}
	for next, ok := stmt.NextSibling(); ok; next, ok = next.NextSibling() {
		if !r.brief(next.Node()) {
			return ""
		}
	}
	return r.returned(stmt, false)
}

// brief reports whether a statement neither waits, as far as can be seen, nor does any work.
func (r *Result) brief(stmt ast.Node) bool {
	brief := true
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.SelectStmt, *ast.GoStmt, *ast.SendStmt, *ast.BranchStmt:
			brief = false
		case *ast.UnaryExpr:
			brief = brief && n.Op != token.ARROW
		case *ast.CallExpr:
			brief = brief && r.briefCall(n)
		}
		return brief
	})
	return brief
}

func (r *Result) briefCall(call *ast.CallExpr) bool {
	if r.pass.TypesInfo.Types[call.Fun].IsType() || r.exits(call) {
		return true
	}
	switch fn := typeutil.Callee(r.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return true
	case *types.Func:
		return fn.Pkg() == nil || fn.Pkg().Path() == "fmt" || fn.Pkg().Path() == "errors" || // error.Error has no package
			loglib.Takes(fn) || words.CleansUp(fn.Name())
	}
	return false
}
