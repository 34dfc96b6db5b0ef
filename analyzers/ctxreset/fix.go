package ctxreset

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// span returns the source of the expression that an instruction evaluates.
func (c *checker) span(instr ssa.Instruction) (pos, end token.Pos) {
	if e := c.expr(instr); e != nil {
		return e.Pos(), e.End()
	}
	return instr.Pos(), token.NoPos
}

// expr returns the expression of a call or of the load of a variable, nil if the
// source has none.
func (c *checker) expr(instr ssa.Instruction) ast.Expr {
	file := c.file(instr.Pos())
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, instr.Pos(), instr.Pos())
	for _, n := range path {
		switch n := n.(type) {
		case *ast.CallExpr:
			if _, ok := instr.(*ssa.Call); ok && n.Lparen == instr.Pos() {
				return n
			}
		case *ast.SelectorExpr:
			if _, ok := instr.(*ssa.UnOp); ok && n.Sel.Pos() == instr.Pos() {
				return n
			}
		case *ast.Ident:
			if _, ok := instr.(*ssa.UnOp); ok && n.Pos() == instr.Pos() {
				if sel, ok := path[1].(*ast.SelectorExpr); ok && sel.Sel == n {
					return sel
				}
				return n
			}
		}
	}
	return nil
}

func (c *checker) file(pos token.Pos) *ast.File {
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// inheritFix replaces the fresh context by the one at hand. Where the function
// waits for the context's end there is no fix: a call that ends early returns an
// error, but after a wait that ends early the function goes on as if the time had
// come.
func (c *checker) inheritFix(h *athand.Context, r *reset) *analysis.SuggestedFix {
	if slices.ContainsFunc(r.work, func(u ctxflow.Use) bool { return u.Kind == ctxflow.Waited || isCopyOf(&u, h) }) {
		return nil
	}
	if h.Deadline {
		return nil // the deadline may be meant for something else
	}
	return c.replace(h, r, h.Expr, "pass "+h.Expr)
}

// isCopyOf reports whether a use gives the fresh context to a copy of the carrier of
// h, as r.WithContext does: with the context at hand the call would do nothing,
// and somebody wrote it to be rid of that context.
func isCopyOf(u *ctxflow.Use, h *athand.Context) bool {
	call := u.Call()
	if call == nil || call.IsInvoke() || len(call.Args) == 0 {
		return false
	}
	switch fn := ssax.Callee(call); {
	case fn == nil || fn.Signature().Recv() == nil:
		return false
	case fn.Name() != "WithContext" && fn.Name() != "Clone" && fn.Name() != "SetContext":
		return false
	}
	return types.Identical(call.Args[0].Type(), h.Var.Type())
}

// withoutCancelFix keeps the values of the context at hand and drops its end.
func (c *checker) withoutCancelFix(h *athand.Context, r *reset) *analysis.SuggestedFix {
	file := c.file(r.instr.Pos())
	name := syntax.ImportName(file, "context")
	if name == "" || !syntax.AtLeast(c.pass.TypesInfo, file, "go1.21") || isPooled(h) || h.Receiver {
		return nil // hardly anything about a field's context matters but its end
	}
	text := name + ".WithoutCancel(" + h.Expr + ")"
	return c.replace(h, r, text, "use "+text)
}

func (c *checker) replace(h *athand.Context, r *reset, text, message string) *analysis.SuggestedFix {
	e := c.expr(r.instr)
	file := c.file(r.instr.Pos())
	if call, ok := r.instr.(*ssa.Call); ok && (!ctxlib.IsContextual(call.Type()) || !c.isDeclared(call)) {
		return nil // one of several results, or a variable that nothing else may use
	}
	if r.confidence() > catalog.High || !r.plain || hasDeadline(r.flow) || inReturned(r.instr.Parent(), h.Func) || c.isAssignedAnew(h) {
		return nil
	}
	if e == nil || file == nil || !c.atHand.Visible(h, e.Pos()) || c.assignsTo(file, e, h) {
		return nil
	}
	if r.root.direct() && !c.keepsImport(file) && text == h.Expr {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   message,
		TextEdits: []analysis.TextEdit{{Pos: e.Pos(), End: e.End(), NewText: []byte(text)}},
	}
}

// hasDeadline reports whether the fresh context gets a deadline of its own. Whoever
// bounded the work like that may have meant it to end then and not earlier, such as
// what is written back at shutdown; whether it may end earlier is for people to say.
func hasDeadline(flow *ctxflow.Flow) bool {
	return slices.ContainsFunc(flow.Derived, func(instr ssa.Instruction) bool {
		return ctxlib.IsDeadline(ssax.Callee(instr.(ssa.CallInstruction).Common()))
	})
}

// isPooled reports whether the carrier of h is used again for another request
// when the handler has returned, so that a goroutine must not read it.
func isPooled(h *athand.Context) bool {
	switch ctxlib.TypeName(h.Var.Type()) {
	case "", "net/http.Request":
		return false
	}
	return h.Request && h.Expr != h.Root && !web.IsStream(h.Var.Type())
}

// inReturned reports whether fn is, or is part of, a literal that the function
// outer returns: it may run when the context has ended.
func inReturned(fn, outer *ssa.Function) bool {
	for ; fn != nil && fn != outer; fn = fn.Parent() {
		if athand.Escapes(fn) {
			return true
		}
	}
	return false
}

// isAssignedAnew reports whether the function assigns to the variable of the
// context at hand something that is not made from it.
func (c *checker) isAssignedAnew(h *athand.Context) bool {
	node := nodeOf(h.Func)
	if node == nil {
		return true
	}
	anew := false
	ast.Inspect(node, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || anew {
			return !anew
		}
		for i, l := range assign.Lhs {
			id, ok := ast.Unparen(l).(*ast.Ident)
			if !ok || c.pass.TypesInfo.Uses[id] != types.Object(h.Var) {
				continue
			}
			rhs := assign.Rhs[min(i, len(assign.Rhs)-1)]
			if !c.mentionsVar(rhs, h.Var) && !c.mentionsRoot(rhs) {
				anew = true
			}
		}
		return !anew
	})
	return anew
}

func (c *checker) mentionsVar(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == types.Object(v) {
			found = true
		}
		return !found
	})
	return found
}

func (c *checker) mentionsRoot(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if fn, ok := c.pass.TypesInfo.Uses[id].(*types.Func); ok && ctxlib.IsRoot(fn) {
				found = true
			}
		}
		return !found
	})
	return found
}

// isDeclared reports whether a call names a function that is declared in a package.
func (c *checker) isDeclared(call *ssa.Call) bool {
	e, ok := c.expr(call).(*ast.CallExpr)
	if !ok {
		return false
	}
	_, ok = typeutil.Callee(c.pass.TypesInfo, e).(*types.Func)
	return ok
}

// assignsTo reports whether e is assigned to the variable of the context at hand
// itself, or declares a variable that hides it: "ctx := context.Background()".
func (c *checker) assignsTo(file *ast.File, e ast.Expr, h *athand.Context) bool {
	path, _ := astutil.PathEnclosingInterval(file, e.Pos(), e.End())
	for _, n := range path {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				id, ok := l.(*ast.Ident)
				if ok && id.Name == h.Expr && len(n.Rhs) == len(n.Lhs) && ast.Unparen(n.Rhs[i]) == e {
					return true
				}
			}
			return false
		case ast.Stmt:
			return false
		}
	}
	return false
}

// keepsImport reports whether the file still uses package context when every
// root in it is replaced.
func (c *checker) keepsImport(file *ast.File) bool {
	keeps := false
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return !keeps
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok {
			return !keeps
		}
		if pkg, ok := c.pass.TypesInfo.Uses[id].(*types.PkgName); ok && pkg.Imported().Path() == "context" && sel.Sel.Name != "Background" && sel.Sel.Name != "TODO" {
			keeps = true
		}
		return !keeps
	})
	return keeps
}
