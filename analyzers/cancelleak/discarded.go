package cancelleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// checkStatement reports a go or defer statement whose call makes an obligation:
// its results are dropped. "defer begin(ctx)" is meant to be "defer begin(ctx)()".
func (c *checker) checkStatement(instr ssa.CallInstruction) {
	callee := ssax.Callee(instr.Common())
	results := instr.Common().Signature().Results()
	for i := range results.Len() {
		if !c.isObligation(callee, i, results.At(i).Type()) {
			continue
		}
		statement := "go"
		if _, ok := instr.(*ssa.Defer); ok {
			statement = "defer"
		}
		s := &site{kind: cancelFunc, result: i, maker: "a function value", callee: callee}
		if callee != nil {
			s.maker = symbol.Of(callee).In(c.pass.Pkg.Path())
		}
		d := analysis.Diagnostic{
			Pos:      instr.Pos(),
			End:      instr.Pos() + token.Pos(len(statement)),
			Category: categoryDiscarded,
			Message:  fmt.Sprintf("%s is discarded by this %s statement, %s; make the call before it", s.noun(), statement, s.harm()),
		}
		c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: c.confidence(s)})
	}
}

// reportDiscarded reports an obligation that the program drops on the spot.
func (c *checker) reportDiscarded(s *site) {
	confidence := catalog.High
	if freestanding(s) {
		none, sure := harmless(s)
		if none {
			return
		}
		confidence = sure
		if !awaited(s) {
			confidence = catalog.Low // it is another name for its root
		}
	}
	if s.kind == stopFunc && ssax.IsMain(s.Site.Parent()) {
		confidence = catalog.Low // the signals are caught as long as the process lives, with a defer, too
	}
	what := "is discarded"
	switch id, named := c.syntax.target(s.Site, s.result).(*ast.Ident); {
	case s.kind == group:
		what = "is never waited for"
	case named && id.Name != "_" && s.Value == nil && c.assignedLater(id):
		c.reportSite(s, max(confidence, c.overwrittenConfidence(s)), categoryDiscarded, fmt.Sprintf("%s is overwritten before it is called, %s; name and call both", s.noun(), s.harm()), nil)
		return
	case named && id.Name != "_":
		what = "is never used"
	}
	advice := "name it and defer it"
	switch {
	case s.kind == group:
		advice = "call Wait on every path"
	case what == "is never used":
		advice = "defer it"
	}
	c.reportSite(s, confidence, categoryDiscarded, fmt.Sprintf("%s %s, %s; %s", s.noun(), what, s.harm(), advice), c.deferFix(s))
}

// assignedLater reports whether the variable that id names in an assignment is
// assigned again after it, or in a later iteration of a loop around it.
func (c *checker) assignedLater(id *ast.Ident) bool {
	v := c.pass.TypesInfo.ObjectOf(id)
	cur, ok := c.syntax.At(id.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.FuncDecl); return ok })
	if v == nil || !ok {
		return false
	}
	if n := c.syntax.innermostLoop(id.Pos()); n != nil && !(n.Pos() <= v.Pos() && v.Pos() < n.End()) {
		return true
	}
	again := false
	ast.Inspect(cur.Node(), func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				l, ok := lhs.(*ast.Ident)
				again = again || ok && l.Pos() > id.Pos() && c.pass.TypesInfo.ObjectOf(l) == v
			}
		}
		return !again
	})
	return again
}

// overwrittenConfidence returns how sure it is that an obligation which is overwritten is
// lost. A variable that holds an empty function before the first obligation, and again
// after each call, follows a protocol: whoever assigns it may know that it is empty.
func (c *checker) overwrittenConfidence(s *site) catalog.Confidence {
	if s.holder == nil {
		return catalog.High
	}
	cur, ok := c.syntax.At(s.holder.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.FuncDecl); return ok })
	if !ok {
		return catalog.High
	}
	begins, resets := false, false
	ast.Inspect(cur.Node(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			begins = begins || len(n.Names) == 1 && len(n.Values) == 1 && c.isVar(n.Names[0], s.holder) && isEmptyFunc(n.Values[0])
		case *ast.AssignStmt:
			begins = begins || n.Tok == token.DEFINE && c.empties(n, s.holder)
		case *ast.BlockStmt:
			resets = resets || c.resetsIn(n.List, s.holder)
		case *ast.CaseClause:
			resets = resets || c.resetsIn(n.Body, s.holder)
		case *ast.CommClause:
			resets = resets || c.resetsIn(n.Body, s.holder)
		}
		return true
	})
	if begins && resets {
		return catalog.Medium
	}
	return catalog.High
}

// resetsIn reports whether statements call v and assign it an empty function next.
func (c *checker) resetsIn(list []ast.Stmt, v *types.Var) bool {
	for i := 1; i < len(list); i++ {
		expr, ok := list[i-1].(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := expr.X.(*ast.CallExpr)
		if !ok || !c.isVar(call.Fun, v) {
			continue
		}
		if assign, ok := list[i].(*ast.AssignStmt); ok && c.empties(assign, v) {
			return true
		}
	}
	return false
}

// empties reports whether an assignment gives v an empty function.
func (c *checker) empties(assign *ast.AssignStmt, v *types.Var) bool {
	if len(assign.Lhs) != len(assign.Rhs) {
		return false
	}
	for i, lhs := range assign.Lhs {
		if c.isVar(lhs, v) && isEmptyFunc(assign.Rhs[i]) {
			return true
		}
	}
	return false
}

func (c *checker) isVar(e ast.Expr, v *types.Var) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && c.pass.TypesInfo.ObjectOf(id) == v
}

// isEmptyFunc reports whether an expression is a function literal that does nothing.
func isEmptyFunc(e ast.Expr) bool {
	if conv, ok := ast.Unparen(e).(*ast.CallExpr); ok && len(conv.Args) == 1 {
		e = conv.Args[0] // context.CancelFunc(func() {})
	}
	lit, ok := ast.Unparen(e).(*ast.FuncLit)
	return ok && len(lit.Body.List) == 0
}
