package cancelleak

import (
	"fmt"
	"go/ast"
	"go/token"

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
	}
	what := "is discarded"
	switch id, named := c.syntax.target(s.Site, s.result).(*ast.Ident); {
	case s.kind == group:
		what = "is never waited for"
	case named && id.Name != "_" && s.Value == nil && c.assignedLater(id):
		c.reportSite(s, confidence, categoryDiscarded, fmt.Sprintf("%s is overwritten before it is called, %s; call it first", s.noun(), s.harm()), nil)
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
