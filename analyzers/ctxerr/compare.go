package ctxerr

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
)

// checkCompare reports a comparison of an error with that of a context, where the
// error may have that of the context in it.
func (c *checker) checkCompare(cmp *ssa.BinOp) {
	if cmp.Op != token.EQL && cmp.Op != token.NEQ || !ctxlib.IsError(cmp.X.Type()) || !ctxlib.IsError(cmp.Y.Type()) {
		return
	}
	err, name := cmp.X, sentinel(cmp.Y)
	if name == "" {
		err, name = cmp.Y, sentinel(cmp.X)
	}
	switch {
	case name == "":
		c.checkNeverEqual(cmp)
		return
	case isIs(cmp.Parent()):
		c.report.Silent(compare, cmp.Pos(), inIs)
		return
	}
	confidence := catalog.High
	o := c.originOf(err)
	switch {
	case o.has(chained|remote) && !c.alsoOthers(err):
	case c.checkNeverEqual(cmp):
		return
	case o.has(called | chained | remote | given):
		confidence = catalog.Medium
	case o.has(unknown):
		c.report.Silent(compare, cmp.Pos(), unknownFrom)
		return
	default:
		c.report.Silent(compare, cmp.Pos(), bareError)
		return
	}
	c.reportCompare(cmp, name, o, confidence)
}

// alsoOthers reports whether err is a parameter that some caller gives an error that is not
// seen to be wrapped: a function that translates the errors of contexts may get those from
// such callers only.
func (c *checker) alsoOthers(err ssa.Value) bool {
	p, ok := err.(*ssa.Parameter)
	if !ok {
		return false
	}
	return slices.ContainsFunc(c.builder.SSA().Index().Calls(p.Parent()), func(call ssa.CallInstruction) bool {
		arg := ssax.Argument(call.Common(), p)
		return arg != nil && !c.originOf(arg).has(chained|remote)
	})
}

// isIs reports whether fn is the method by which errors.Is asks an error. It is given
// each error of a chain in turn.
func isIs(fn *ssa.Function) bool {
	return fn.Name() == "Is" && fn.Signature.Recv() != nil && fn.Signature.Params().Len() == 1
}

// sentinel returns the name of the error of package context that v is, or "".
func sentinel(v ssa.Value) string {
	g, ok := ssax.LoadedFrom(v).(*ssa.Global)
	if ok && g.Pkg.Pkg.Path() == "context" && (g.Name() == "Canceled" || g.Name() == "DeadlineExceeded") {
		return "context." + g.Name()
	}
	return ""
}

func (c *checker) reportCompare(cmp *ssa.BinOp, name string, o origin, confidence catalog.Confidence) {
	d, ask, fix, ok := c.comparing(cmp, name)
	if !ok {
		return
	}
	d.Message = fmt.Sprintf("an error that has %s in it does not compare equal, and clients and drivers wrap; ask %s", name, ask)
	if o.only(remote | bare) {
		code := strings.TrimPrefix(name, "context.")
		d.Message = fmt.Sprintf("the error of a gRPC call is a status and never %s; ask status.Code(err) for codes.%s", name, code)
		fix = nil
	}
	if fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// comparing returns the place of a diagnostic about a comparison with the error called name,
// how to ask for it instead, and the fix that does so, nil if there is none. ok is false
// where nothing is to be said: each switch is reported once.
func (c *checker) comparing(cmp *ssa.BinOp, name string) (d analysis.Diagnostic, ask string, fix *analysis.SuggestedFix, ok bool) {
	node := c.comparison(cmp.Pos())
	if node == nil {
		return d, "", nil, false
	}
	d = analysis.Diagnostic{Pos: node.Pos(), End: node.End(), Category: compare}
	ask = "errors.Is(err, " + name + ")"
	switch node := node.(type) {
	case *ast.BinaryExpr:
		if node.Op == token.NEQ {
			ask = "!" + ask
		}
		fix = c.isFix(node)
	case *ast.SwitchStmt:
		if c.switches[node] {
			return d, "", nil, false
		}
		c.switches[node] = true
		d.Pos, d.End = node.Switch, node.Body.Lbrace
		fix = c.switchFix(node)
	}
	return d, ask, fix, true
}

// comparison returns the expression at pos, or the switch statement one of whose cases
// is there.
func (c *checker) comparison(pos token.Pos) ast.Node {
	return c.syntax.NodeAt(pos, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return n.OpPos == pos
		case *ast.SwitchStmt:
			return n.Tag != nil
		case *ast.FuncLit, *ast.FuncDecl:
			return true
		}
		return false
	})
}

// isFix returns the fix that asks errors.Is instead of comparing.
func (c *checker) isFix(e *ast.BinaryExpr) *analysis.SuggestedFix {
	err, sentinel := e.X, e.Y
	if c.isSentinel(err) {
		err, sentinel = e.Y, e.X
	}
	not := ""
	if e.Op == token.NEQ {
		not = "!"
	}
	name, edits, ok := edit.Import(c.pass, e.Pos(), "errors", "Is")
	first, second := c.source.Text(ast.Unparen(err)), c.source.Text(ast.Unparen(sentinel))
	if !ok || first == "" || second == "" {
		return nil
	}
	call := fmt.Sprintf("%s%s.Is(%s, %s)", not, name, first, second)
	return &analysis.SuggestedFix{
		Message:   "Ask errors.Is",
		TextEdits: append(edits, analysis.TextEdit{Pos: e.Pos(), End: e.End(), NewText: []byte(call)}),
	}
}

func (c *checker) isSentinel(e ast.Expr) bool { return packageVariable(c.pass.TypesInfo, e) != nil }

// packageVariable returns the package variable that an expression names, nil if it names none.
func packageVariable(info *types.Info, e ast.Expr) *types.Var {
	v, ok := named(info, e).(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return nil
	}
	return v
}

// switchFix returns the fix that makes a condition of each case. Nil unless what is
// compared is a name, and all cases are nil or errors of packages.
func (c *checker) switchFix(s *ast.SwitchStmt) *analysis.SuggestedFix {
	tag, ok := ast.Unparen(s.Tag).(*ast.Ident)
	if !ok {
		return nil
	}
	name, edits, ok := edit.Import(c.pass, s.Pos(), "errors", "Is")
	if !ok {
		return nil
	}
	edits = append(edits, analysis.TextEdit{Pos: s.Tag.Pos(), End: s.Tag.End()})
	for _, clause := range s.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			cond := fmt.Sprintf("%s.Is(%s, %s)", name, tag.Name, c.source.Text(e))
			switch {
			case c.pass.TypesInfo.Types[e].IsNil():
				cond = tag.Name + " == nil"
			case !c.isSentinel(e):
				return nil
			}
			edits = append(edits, analysis.TextEdit{Pos: e.Pos(), End: e.End(), NewText: []byte(cond)})
		}
	}
	return &analysis.SuggestedFix{Message: "Ask errors.Is in each case", TextEdits: edits}
}
