// Package failing finds what a package does when a function that it calls has failed, or has
// returned at all: see package failures.
//
// It looks at syntax and types only, and not before somebody asks. An answer that the process
// ends, or that the caller fails or returns, too, is a must-answer. Whatever else is done
// counts as going on, and so does the use of a function as a value. What tests do does not
// count. That the other tasks of a group end when one has failed is taken for granted.
package failing

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer gives a [*Result].
var Analyzer = &analysis.Analyzer{
	Name:     "ctxlintfailing",
	Doc:      "find what a package does when a function has failed",
	URL:      "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/failing",
	Requires: []*analysis.Analyzer{noreturn.Analyzer, syntax.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		return &Result{pass, pass.ResultOf[noreturn.Analyzer].(*noreturn.Result), pass.ResultOf[syntax.Analyzer].(*syntax.Index)}, nil
	},
	ResultType: reflect.TypeFor[*Result](),
}

// Result answers for one package.
type Result struct {
	pass   *analysis.Pass
	never  *noreturn.Result
	syntax *syntax.Index
}

// Failures returns what the package does when functions of its module fail, in the order of
// [failures.Sorted].
func (r *Result) Failures() []failures.Failure {
	if scope.IsThirdParty(r.pass) || scope.IsStandard(r.pass) {
		return nil
	}
	var found []failures.Failure
	called := make(map[*ast.Ident]bool)
	for cur := range r.syntax.Inspector().Root().Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		callee, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
		if !ok || scope.TestFile(r.pass.Fset, call.Pos()) {
			continue
		}
		if id := syntax.NameOf(call.Fun); id != nil {
			called[id] = true
		}
		if key := r.keyOf(callee); key != "" {
			to, done := r.after(cur)
			found = append(found, failures.Failure{Of: key, To: to, Done: done})
		}
	}
	for id, obj := range r.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && !called[id] && !scope.TestFile(r.pass.Fset, id.Pos()) {
			if key := r.keyOf(fn); key != "" {
				found = append(found, failures.Failure{Of: key})
			}
		}
	}
	return failures.Sorted(found)
}

// keyOf returns the key of a function of the module whose failure may matter, "" for others.
func (r *Result) keyOf(fn *types.Func) string {
	if !failures.Tells(fn.Signature()) {
		return ""
	}
	switch recv := fn.Signature().Recv(); {
	case recv != nil && types.IsInterface(recv.Type()):
		if fn.Pkg() != nil && (fn.Pkg() == r.pass.Pkg || scope.SharesModule(r.pass, fn.Pkg())) {
			return arrivals.MethodKey(fn)
		}
	case fn.Pkg() == r.pass.Pkg || scope.SharesModule(r.pass, fn.Pkg()):
		return arrivals.Key(fn)
	}
	return ""
}

// after says what comes after the function that is called at cur: to if it has failed, and
// done if it has returned at all.
func (r *Result) after(cur inspector.Cursor) (to, done string) {
	at := cur.Parent()
	for isParen(at.Node()) {
		at = at.Parent()
	}
	switch n := at.Node().(type) {
	case *ast.CallExpr: // os.Exit(run())
		if r.exits(n) {
			return failures.Exit, failures.Exit
		}
	case *ast.ReturnStmt:
		if last := n.Results[len(n.Results)-1]; ast.Unparen(last) == cur.Node() {
			return r.returned(at, true), r.returned(at, false)
		}
	case *ast.AssignStmt:
		return r.tested(at, n), r.ends(at)
	case *ast.ExprStmt:
		return "", r.ends(at)
	}
	return "", ""
}

func isParen(n ast.Node) bool { _, ok := n.(*ast.ParenExpr); return ok }

// exits reports whether a call ends the process. Who calls panic may be recovered.
func (r *Result) exits(call *ast.CallExpr) bool {
	id, _ := ast.Unparen(call.Fun).(*ast.Ident)
	if id != nil {
		if _, builtin := r.pass.TypesInfo.Uses[id].(*types.Builtin); builtin {
			return false
		}
	}
	return r.never.EndsIn(call)
}

// returned says what comes after a function returns at cur, if that is a failure or in any case.
func (r *Result) returned(cur inspector.Cursor, failing bool) string {
	for fn := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := fn.Node().(type) {
		case *ast.FuncLit:
			if sig, ok := r.pass.TypesInfo.TypeOf(n).(*types.Signature); ok && web.IsCommand(sig) {
				return failures.Exit
			}
			if failing {
				return r.grouped(fn)
			}
		case *ast.FuncDecl:
			caller, ok := r.pass.TypesInfo.Defs[n.Name].(*types.Func)
			switch {
			case !ok:
			case n.Recv == nil && n.Name.Name == "main" && r.pass.Pkg.Name() == "main", web.IsCommand(caller.Signature()):
				return failures.Exit
			default:
				return failures.Caller(caller)
			}
		}
		break
	}
	return ""
}

// tested says what comes after the failure that a statement assigns to a variable: the next
// one, or the statement that this one initializes, asks for it.
func (r *Result) tested(cur inspector.Cursor, assign *ast.AssignStmt) string {
	id, ok := assign.Lhs[len(assign.Lhs)-1].(*ast.Ident)
	if !ok || len(assign.Rhs) != 1 {
		return ""
	}
	err := r.pass.TypesInfo.ObjectOf(id)
	next, ok := cur.Parent(), true
	if test, isTest := next.Node().(*ast.IfStmt); !isTest || test.Init != assign {
		if next, ok = cur.NextSibling(); !ok {
			return ""
		}
	}
	switch n := next.Node().(type) {
	case *ast.ReturnStmt:
		if len(n.Results) > 0 && r.is(n.Results[len(n.Results)-1], err) {
			return r.returned(next, true)
		}
	case *ast.IfStmt:
		if cond, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr); ok && cond.Op == token.NEQ && r.is(cond.X, err) && r.isNil(cond.Y) {
			return r.leaves(next, n.Body)
		}
	}
	return ""
}

func (r *Result) is(e ast.Expr, v types.Object) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && v != nil && r.pass.TypesInfo.ObjectOf(id) == v
}

func (r *Result) isNil(e ast.Expr) bool { return r.pass.TypesInfo.Types[e].IsNil() }

// leaves says what comes of a block at the end of which the failure of something has to be
// known outside. A block that may also be left in another way counts as one that goes on.
func (r *Result) leaves(cur inspector.Cursor, body *ast.BlockStmt) string {
	if len(body.List) == 0 || r.hides(body) {
		return ""
	}
	switch last := body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt:
		return r.returned(cur, true)
	case *ast.ExprStmt:
		if call, ok := last.X.(*ast.CallExpr); ok && r.exits(call) {
			return failures.Exit
		}
	}
	return ""
}

// hides reports whether a block may be left by a jump, or by a return that tells of no
// failure.
func (r *Result) hides(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = true
		case *ast.ReturnStmt:
			if len(n.Results) > 0 {
				last := r.pass.TypesInfo.Types[n.Results[len(n.Results)-1]]
				number := types.Identical(last.Type, types.Typ[types.Int])
				found = found || last.IsNil() || number && (last.Value == nil || last.Value.String() == "0")
			}
		}
		return !found
	})
	return found
}
