package selectdefault

import (
	"bytes"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// isBlank reports whether there is nothing but white space between two positions.
func (c *checker) isBlank(pos, end token.Pos) bool {
	src := c.source.Between(pos, end)
	return src != nil && len(bytes.TrimSpace(src)) == 0
}

// dropDefault returns the fix for a poll that spins: the empty default goes, and
// the select waits. Nil if the default is not empty, or has a comment.
func (c *checker) dropDefault(s *statement) *analysis.SuggestedFix {
	clause := s.defaultClause()
	if len(clause.Body) > 0 {
		return nil
	}
	end := s.node.Body.Rbrace
	before := s.node.Body.Lbrace + 1
	for _, other := range s.node.Body.List {
		switch {
		case other.Pos() > clause.Pos() && other.Pos() < end:
			end = other.Pos()
		case other.Pos() < clause.Pos():
			before = other.End()
		}
	}
	above := c.source.Between(before, clause.Pos())
	if above == nil || !c.isBlank(clause.Colon+1, end) {
		return nil
	}
	start := before + token.Pos(len(bytes.TrimRight(above, " \t\r\n")))
	return &analysis.SuggestedFix{
		Message:   "Drop the default",
		TextEdits: []analysis.TextEdit{{Pos: start, End: clause.Colon + 1}},
	}
}

// returnFix returns the fix for a case that stays in the loop: a return. Nil
// unless that is the only sensible end: the loop has no other, the case holds
// nothing else, and the function returns nothing or an error alone.
func (c *checker) returnFix(s *statement, state int) *analysis.SuggestedFix {
	clause := s.clause(state)
	if clause == nil || len(clause.Body) > 1 || !c.pkg.IsEndless(s.loop) {
		return nil
	}
	ret := c.returnText(s.fn, clause)
	if ret == "" {
		return nil
	}
	edit := analysis.TextEdit{Pos: clause.Colon + 1, End: clause.Colon + 1, NewText: []byte("\n" + ret)}
	if len(clause.Body) == 1 {
		stmt, ok := clause.Body[0].(*ast.BranchStmt)
		if !ok || stmt.Tok != token.CONTINUE && stmt.Tok != token.BREAK {
			return nil
		}
		edit = analysis.TextEdit{Pos: stmt.Pos(), End: stmt.End(), NewText: []byte(ret)}
	}
	return &analysis.SuggestedFix{Message: "Return when it is done", TextEdits: []analysis.TextEdit{edit}}
}

// returnText returns the return statement for a function whose context is done,
// "" if there is no obvious one.
func (c *checker) returnText(fn *ssa.Function, clause *ast.CommClause) string {
	results := fn.Signature.Results()
	switch {
	case results.Len() == 0:
		if _, body := fn.Syntax().(*ast.RangeStmt); body {
			return "" // of a range over a function
		}
		return "return"
	case results.Len() > 1 || !ctxlib.IsError(results.At(0).Type()):
		return ""
	}
	// case <-ctx.Done():
	stmt, ok := clause.Comm.(*ast.ExprStmt)
	if !ok {
		return ""
	}
	recv, ok := ast.Unparen(stmt.X).(*ast.UnaryExpr)
	if !ok {
		return ""
	}
	call, ok := ast.Unparen(recv.X).(*ast.CallExpr)
	if !ok {
		return ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !ctxlib.IsContextual(c.pass.TypesInfo.TypeOf(sel.X)) {
		return ""
	}
	id, ok := sel.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return "return " + id.Name + ".Err()"
}

// joinFix returns the fix that makes the wait a case instead of the default. Nil
// unless the default begins with the wait, whose operands may as well be evaluated
// before the poll.
func (c *checker) joinFix(s *statement, clause *ast.CommClause, w *wait) *analysis.SuggestedFix {
	if clause.Body[0] != w.stmt || !c.isBlank(clause.Colon+1, w.stmt.Pos()) {
		return nil
	}
	text := ""
	switch stmt := w.stmt.(type) {
	case *ast.SendStmt:
		if !isPlain(stmt.Chan) || !isPlain(stmt.Value) {
			return nil
		}
		text = string(c.source.Between(stmt.Pos(), stmt.End()))
	case *ast.ExprStmt:
		switch e := ast.Unparen(stmt.X).(type) {
		case *ast.UnaryExpr:
			if !isPlain(e.X) {
				return nil
			}
			text = string(c.source.Between(stmt.Pos(), stmt.End()))
		case *ast.CallExpr:
			sel, ok := e.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Sleep" {
				return nil
			}
			pkg := c.source.Between(sel.X.Pos(), sel.X.End())
			text = "<-" + string(pkg) + ".After(" + string(c.source.Between(e.Args[0].Pos(), e.Args[0].End())) + ")"
		}
	case *ast.AssignStmt:
		recv, ok := ast.Unparen(stmt.Rhs[0]).(*ast.UnaryExpr)
		if !ok || !isPlain(recv.X) {
			return nil
		}
		text = string(c.source.Between(stmt.Pos(), stmt.End()))
	}
	if text == "" {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   "Make it a case of the select",
		TextEdits: []analysis.TextEdit{{Pos: clause.Case, End: w.stmt.End(), NewText: []byte("case " + text + ":")}},
	}
}

// isPlain reports whether evaluating e has no effect and cannot fail: it is made
// of names, fields and constants.
func isPlain(e ast.Expr) bool {
	plain := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Ident, *ast.SelectorExpr, *ast.BasicLit, *ast.ParenExpr, nil:
		default:
			plain = false
		}
		return plain
	})
	return plain
}
