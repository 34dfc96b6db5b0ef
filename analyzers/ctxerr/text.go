package ctxerr

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
)

// sentinelOf returns the name of the error of package context that only has the given
// text, or part of it, "" if there is none.
func sentinelOf(phrase string) string {
	phrase = strings.ToLower(phrase)
	switch {
	case phrase == "context canceled", phrase == "context cancelled":
		return "context.Canceled"
	case phrase == "context deadline exceeded", phrase == "deadline exceeded", phrase == "context deadline":
		return "context.DeadlineExceeded"
	}
	return ""
}

// constantText returns the value of a constant string, "" if e is none.
func constantText(info *types.Info, e ast.Expr) string {
	if v := info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return ""
}

// searches are the functions of package strings that look for their second argument in
// the first.
func searches(fn *types.Func) bool {
	for _, name := range [...]string{"Contains", "HasSuffix", "HasPrefix", "Index", "LastIndex", "EqualFold"} {
		if ctxlib.IsFunc(fn, "strings", name) {
			return true
		}
	}
	return false
}

// checkTextSearched reports a search for the text of a context's error in that of
// another.
func (c *checker) checkTextSearched(call *ssa.Call) {
	if !c.seen.phrase || !searches(ssax.Callee(&call.Call)) {
		return
	}
	phrase, ok := stringOf(call.Call.Args[1])
	if name := sentinelOf(phrase); ok && name != "" {
		c.checkText(call, call.Call.Args[0], name)
	}
}

// checkTextCompared reports a comparison of the text of an error with that of a
// context's error.
func (c *checker) checkTextCompared(cmp *ssa.BinOp) {
	if !c.seen.phrase || cmp.Op != token.EQL && cmp.Op != token.NEQ {
		return
	}
	v := cmp.X
	phrase, ok := stringOf(cmp.Y)
	if !ok {
		v = cmp.Y
		phrase, ok = stringOf(cmp.X)
	}
	if name := sentinelOf(phrase); ok && name != "" {
		c.checkText(cmp, v, name)
	}
}

// checkText reports instr, which looks in v for the text of the error with that name.
// Where the function asks for it in other ways, too, the text is for what those do not
// see.
func (c *checker) checkText(instr ssa.Instruction, v ssa.Value, name string) {
	err := errorOf(v)
	switch {
	case err == nil:
		c.report.Silent(text, instr.Pos(), notError)
		return
	case asks(ssax.Outermost(instr.Parent()), err):
		c.report.Silent(text, instr.Pos(), asksToo)
		return
	}
	o := c.originOf(err)
	confidence := catalog.Medium
	if o.only(bare | chained) {
		confidence = catalog.High
	}
	node := c.searchAt(instr.Pos())
	if node == nil {
		return
	}
	d := analysis.Diagnostic{
		Pos: node.Pos(), End: node.End(), Category: text,
		Message: fmt.Sprintf("the text of an error is searched for that of %s, which may change; ask errors.Is(err, %[1]s)", name),
	}
	if o.only(remote | bare) {
		d.Message = fmt.Sprintf("the text of an error is searched for that of %s, but the error of a gRPC call is a status; ask status.Code(err)", name)
	} else if fix := c.textFix(node, name); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// errorOf returns the error whose text v is, nil if it is not known to be one.
func errorOf(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.Call:
		fn := ssax.Callee(&v.Call)
		if v.Call.IsInvoke() && fn.Name() == "Error" && ctxlib.IsError(v.Call.Value.Type()) {
			return v.Call.Value
		}
		for _, name := range [...]string{"ToLower", "ToUpper", "TrimSpace"} {
			if ctxlib.IsFunc(fn, "strings", name) {
				return errorOf(v.Call.Args[0])
			}
		}
	case *ssa.UnOp:
		if cell, ok := ssax.Variable(v.X); ok {
			if val, ok := ssax.UsesOf(cell).Only(); ok {
				return errorOf(val)
			}
		}
	}
	return nil
}

// asks reports whether fn, or a literal in it, asks for the error of a context, other
// than for the text of err.
func asks(fn *ssa.Function, err ssa.Value) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.BinOp:
				if sentinel(instr.X) != "" || sentinel(instr.Y) != "" {
					return true
				}
			case *ssa.Call:
				for _, arg := range instr.Call.Args {
					if sentinel(arg) != "" {
						return true
					}
				}
				if isErr(&instr.Call) && ssa.Value(instr) != err {
					return true
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if asks(lit, err) {
			return true
		}
	}
	return false
}

// searchAt returns the call or the comparison that an instruction at pos is.
func (c *checker) searchAt(pos token.Pos) ast.Node {
	return c.syntax.NodeAt(pos, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return n.OpPos == pos
		case *ast.CallExpr:
			return n.Lparen == pos
		}
		return false
	})
}

// textFix returns the fix that asks errors.Is instead of a search for a text. Nil for a
// search whose result is not a condition, and where the error is not a name.
func (c *checker) textFix(node ast.Node, name string) *analysis.SuggestedFix {
	subject, not, uses := c.searched(node)
	err := errorText(subject)
	if err == nil {
		return nil
	}
	errorsName, edits, ok := edit.Import(c.pass, node.Pos(), "errors", "Is")
	contextName, more, ok2 := edit.Import(c.pass, node.Pos(), "context")
	if !ok || !ok2 {
		return nil
	}
	edits = append(edits, more...)
	if len(edits) == 2 {
		edits[0].NewText = append(edits[1].NewText, edits[0].NewText...)
		edits = edits[:1]
	}
	if uses {
		drop, ok := edit.Unused(c.pass, node.Pos(), "strings")
		if !ok {
			return nil
		}
		edits = append(edits, drop...)
	}
	call := fmt.Sprintf("%s%s.Is(%s, %s.%s)", not, errorsName, c.source.Text(err), contextName, strings.TrimPrefix(name, "context."))
	return &analysis.SuggestedFix{
		Message:   "Ask errors.Is",
		TextEdits: append(edits, analysis.TextEdit{Pos: node.Pos(), End: node.End(), NewText: []byte(call)}),
	}
}

// searched returns the text that is searched, whether the condition is negated, and
// whether the search mentions package strings.
func (c *checker) searched(node ast.Node) (subject ast.Expr, not string, uses bool) {
	switch node := node.(type) {
	case *ast.CallExpr:
		if t, ok := c.pass.TypesInfo.TypeOf(node).(*types.Basic); ok && t.Info()&types.IsBoolean != 0 && len(node.Args) > 0 {
			return node.Args[0], "", true
		}
	case *ast.BinaryExpr:
		if node.Op == token.NEQ {
			not = "!"
		}
		if constantText(c.pass.TypesInfo, node.X) == "" {
			return node.X, not, false
		}
		return node.Y, not, false
	}
	return nil, "", false
}

// errorText returns the name whose text e is: err of err.Error(), or nil.
func errorText(e ast.Expr) ast.Expr {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if id, ok := sel.X.(*ast.Ident); ok && sel.Sel.Name == "Error" {
		return id
	}
	return nil
}
