package arriving

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
)

// derived is a context that a statement makes together with its cancel function.
type derived struct {
	parent ast.Expr
	cancel types.Object
	stmt   *ast.AssignStmt
}

// derivation returns what a statement derives with WithCancel, nil if it is another one.
func (w *walk) derivation(n *ast.AssignStmt) *derived {
	if len(n.Lhs) != 2 || len(n.Rhs) != 1 {
		return nil
	}
	call, ok := n.Rhs[0].(*ast.CallExpr)
	if !ok {
		return nil
	}
	fn, _ := typeutil.Callee(w.pass.TypesInfo, call).(*types.Func)
	id, ok := n.Lhs[1].(*ast.Ident)
	if !ok || !ctxlib.IsFunc(fn, "context", "WithCancel") && !ctxlib.IsFunc(fn, "context", "WithCancelCause") {
		return nil
	}
	cancel := w.pass.TypesInfo.ObjectOf(id)
	if cancel == nil {
		return nil
	}
	return &derived{call.Args[0], cancel, n}
}

// derive notes the context that a statement derives.
func (w *walk) derive(n *ast.AssignStmt) {
	d := w.derivation(n)
	if d == nil {
		return
	}
	if id, ok := n.Lhs[0].(*ast.Ident); ok {
		if v, ok := w.pass.TypesInfo.Defs[id].(*types.Var); ok {
			w.derived[v] = d
		}
	}
}

// held reports whether the context of a variable, which is given one once, cannot end until a
// call has returned (must): it derives from a root in the same function, and what is done with
// the cancel function before is only deferred. Where nothing is repeated, before means in the
// source, too.
func (w *walk) held(v *types.Var, at *site) bool {
	d := w.derived[v]
	if d == nil || at.apart || !d.cancel.Pos().IsValid() || d.cancel.Parent() == w.pass.Pkg.Scope() ||
		d.stmt.Pos() < at.decl.Pos() || d.stmt.End() > at.call.Pos() || w.origin(d.parent, at) != arrivals.Root {
		return false
	}
	ok := true
	ast.Inspect(at.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			ok = false
		case *ast.ForStmt, *ast.RangeStmt:
			ok = ok && (at.call.Pos() < n.Pos() || at.call.End() > n.End())
		case *ast.FuncLit:
			ok = ok && (d.stmt.Pos() < n.Pos() || d.stmt.End() > n.End())
		case *ast.DeferStmt:
			ok = ok && n.Call != at.call
			return false
		case *ast.Ident:
			ok = ok && (w.pass.TypesInfo.Uses[n] != d.cancel || n.Pos() > at.call.End())
		}
		return ok
	})
	return ok
}
