package missingctx

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// span returns the source of the expression that an instruction evaluates.
func (c *checker) span(instr ssa.Instruction) (pos, end token.Pos) {
	for _, n := range c.pathTo(instr.Pos()) {
		switch n := n.(type) {
		case *ast.CallExpr:
			if n.Lparen == instr.Pos() {
				return n.Pos(), n.End()
			}
		case *ast.UnaryExpr:
			if n.OpPos == instr.Pos() {
				return n.Pos(), n.End()
			}
		case ast.Stmt:
			return instr.Pos(), token.NoPos
		}
	}
	return instr.Pos(), token.NoPos
}

// pathTo returns the syntax around a position, the innermost first.
func (c *checker) pathTo(pos token.Pos) []ast.Node {
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			path, _ := astutil.PathEnclosingInterval(f, pos, pos)
			return path
		}
	}
	return nil
}

// callExpr returns the call that an instruction evaluates, and the syntax around it.
func (c *checker) callExpr(instr ssa.Instruction) (*ast.CallExpr, []ast.Node) {
	path := c.pathTo(instr.Pos())
	for i, n := range path {
		if e, ok := n.(*ast.CallExpr); ok && e.Lparen == instr.Pos() {
			return e, path[i+1:]
		}
	}
	return nil, nil
}

// fix puts the context in, nil if more has to change than the call.
func (c *checker) fix(p *pause, near *athand.Context) *analysis.SuggestedFix {
	if p.likely || p.escapes || near.Deadline || !c.atHand.Visible(near, p.instr.Pos()) {
		return nil // a deadline may be meant for something else
	}
	e, around := c.callExpr(p.instr)
	if e == nil {
		return nil
	}
	switch p.category {
	case call:
		return c.callFix(p, e, near)
	case sleep:
		return c.sleepFix(e, around, near)
	case unbound:
		return c.bindFix(p, near)
	}
	return nil
}

// callFix calls the counterpart.
func (c *checker) callFix(p *pause, e *ast.CallExpr, near *athand.Context) *analysis.SuggestedFix {
	sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	if !ok || p.like.Use == "" || p.like.Rest != "" && len(e.Args) > 0 {
		return nil
	}
	args := near.Expr
	switch {
	case len(e.Args) > 0:
		args += ", "
	case p.like.Rest != "":
		args += ", " + p.like.Rest
	}
	return &analysis.SuggestedFix{
		Message: fmt.Sprintf("call %s with %s", p.like.Use, near.Expr),
		TextEdits: []analysis.TextEdit{
			{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte(p.like.Use)},
			{Pos: e.Lparen + 1, End: e.Lparen + 1, NewText: []byte(args)},
		},
	}
}

// sleepFix makes a select statement of a sleep, in a function whose last result is an
// error and whose others have a zero value that it returns elsewhere, too.
func (c *checker) sleepFix(e *ast.CallExpr, around []ast.Node, near *athand.Context) *analysis.SuggestedFix {
	sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	if !ok || len(around) == 0 {
		return nil
	}
	stmt, ok := around[0].(*ast.ExprStmt)
	if !ok || ast.Unparen(stmt.X) != ast.Expr(e) {
		return nil
	}
	results, ok := c.earlyReturn(around)
	if !ok {
		return nil
	}
	results = append(results, near.Expr+".Err()")
	tabs := strings.Repeat("\t", c.pass.Fset.Position(stmt.Pos()).Column-1)
	return &analysis.SuggestedFix{
		Message: "wait for the end of " + near.Expr + ", too",
		TextEdits: []analysis.TextEdit{
			{Pos: stmt.Pos(), End: e.Lparen + 1, NewText: fmt.Appendf(nil, "select {\n%[1]scase <-%[2]s.Done():\n%[1]s\treturn %[3]s\n%[1]scase <-%[4]s.After(",
				tabs, near.Expr, strings.Join(results, ", "), types.ExprString(sel.X))},
			{Pos: e.Rparen, End: stmt.End(), NewText: []byte("):\n" + tabs + "}")},
		},
	}
}

// earlyReturn returns what the function around a statement returns, before the error,
// where it fails.
func (c *checker) earlyReturn(around []ast.Node) (results []string, ok bool) {
	for _, n := range around {
		var body *ast.BlockStmt
		var sig *types.Signature
		switch n := n.(type) {
		case *ast.FuncDecl:
			body = n.Body
			if fn := function(c.pass.TypesInfo.Defs[n.Name]); fn != nil {
				sig = fn.Signature()
			}
		case *ast.FuncLit:
			body = n.Body
			sig, _ = c.pass.TypesInfo.TypeOf(n).(*types.Signature)
		default:
			continue
		}
		if sig == nil || !ctxlib.CanFail(sig) {
			return nil, false
		}
		if sig.Results().Len() == 1 {
			return nil, true
		}
		return c.zeroReturn(body, sig.Results().Len())
	}
	return nil, false
}

// zeroReturn returns the zero values that a return statement of the body, with an error,
// has for the other results.
func (c *checker) zeroReturn(body *ast.BlockStmt, n int) (results []string, ok bool) {
	ast.Inspect(body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if ok || len(node.Results) != n || c.isZero(node.Results[n-1]) {
				return true
			}
			results = results[:0]
			for _, e := range node.Results[:n-1] {
				if !c.isZero(e) {
					return true
				}
				results = append(results, types.ExprString(e))
			}
			ok = true
		}
		return !ok
	})
	return results, ok
}

// isZero reports whether an expression is a zero value that means the same everywhere:
// nil, "", 0, false or T{}.
func (c *checker) isZero(e ast.Expr) bool {
	tv := c.pass.TypesInfo.Types[e]
	if tv.IsNil() {
		return true
	}
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok {
		_, isStruct := c.pass.TypesInfo.TypeOf(lit).Underlying().(*types.Struct)
		return isStruct && len(lit.Elts) == 0 && lit.Type != nil && isTypeName(lit.Type)
	}
	if tv.Value == nil {
		return false
	}
	switch tv.Value.ExactString() {
	case `""`, "0", "false":
		return true
	}
	return false
}

func isTypeName(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return true
	}
	return false
}

// bindFix binds what a query starts from.
func (c *checker) bindFix(p *pause, near *athand.Context) *analysis.SuggestedFix {
	root, ok := p.binder.root.(ssa.Instruction)
	if !ok || p.binder.argument {
		return nil
	}
	end := c.rootEnd(root)
	if !end.IsValid() {
		return nil
	}
	text := fmt.Sprintf(".%s(%s)", p.binder.With, near.Expr)
	return &analysis.SuggestedFix{
		Message:   "bind it to " + near.Expr,
		TextEdits: []analysis.TextEdit{{Pos: end, End: end, NewText: []byte(text)}},
	}
}

// rootEnd returns the end of the expression that is a call, or the name of a field or
// variable.
func (c *checker) rootEnd(root ssa.Instruction) token.Pos {
	if call, ok := root.(*ssa.Call); ok {
		if e, _ := c.callExpr(call); e != nil {
			return e.End()
		}
		return token.NoPos
	}
	load, ok := root.(*ssa.UnOp)
	if !ok {
		return token.NoPos
	}
	pos := load.Pos()
	if addr, ok := load.X.(*ssa.FieldAddr); ok {
		pos = addr.Pos()
	}
	for _, n := range c.pathTo(pos) {
		if id, ok := n.(*ast.Ident); ok && id.Pos() <= pos && pos <= id.End() && ssax.Place(load.X) == c.pass.TypesInfo.Uses[id] {
			return id.End()
		}
	}
	return token.NoPos
}
