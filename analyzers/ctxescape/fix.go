package ctxescape

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// name returns the name of what a call calls.
func (c *checker) name(call *ssa.CallCommon) string {
	if fn := ssax.Callee(call); fn != nil {
		return fn.Name()
	}
	return "it"
}

// span returns the source of a call.
func (c *checker) span(instr ssa.Instruction) (pos, end token.Pos) {
	if n := c.syntax.Call(instr.Pos()); n != nil {
		return n.Pos(), n.End()
	}
	return instr.Pos(), token.NoPos
}

// detachFix replaces the context of the request where the go statement hands it to
// its function, as an argument: there, it is evaluated before the handler returns.
// Elsewhere other uses of the variable would have to be looked at.
func (c *checker) detachFix(u *ctxflow.Use, start ssa.CallInstruction, seed ssa.Value) []analysis.SuggestedFix {
	if u.Kind != ctxflow.Started || len(u.Steps) > 0 {
		return nil
	}
	stmt := c.goStmt(start)
	if stmt == nil {
		return nil
	}
	var arg ast.Expr
	for _, a := range stmt.Call.Args {
		if t := c.pass.TypesInfo.TypeOf(a); t != nil && ctxlib.IsContext(t) {
			if arg != nil {
				return nil
			}
			arg = a
		}
	}
	file := c.fileAt(start.Pos())
	if arg == nil || file == nil {
		return nil
	}
	name := syntax.ImportName(file, "context")
	if name == "" || !syntax.AtLeast(c.pass.TypesInfo, file, "go1.21") || c.shadowed(name, arg.Pos()) {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message: "use context.WithoutCancel",
		TextEdits: []analysis.TextEdit{
			{Pos: arg.Pos(), End: arg.Pos(), NewText: []byte(name + ".WithoutCancel(")},
			{Pos: arg.End(), End: arg.End(), NewText: []byte(")")},
		},
	}}
}

func (c *checker) fileAt(pos token.Pos) *ast.File {
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// shadowed reports whether the name by which a file imports package context means
// something else at pos.
func (c *checker) shadowed(name string, pos token.Pos) bool {
	scope := c.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(name, pos)
	_, isPkg := obj.(*types.PkgName)
	return !isPkg
}

// copyFix gives a goroutine a copy of the carrier that it gets as an argument, or
// captures, if the framework has such copies and the goroutine only reads from it what
// a copy has.
func (c *checker) copyFix(p carried, start *ssa.Go) []analysis.SuggestedFix {
	stmt := c.goStmt(start)
	if p.row.Copy == "" || p.body || stmt == nil {
		return nil
	}
	v, _ := p.param.Object().(*types.Var)
	var used []*ast.Ident
	ok := true
	parents := make(map[ast.Expr]*ast.SelectorExpr)
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			parents[n.X] = n
		case *ast.Ident:
			if c.pass.TypesInfo.Uses[n] == v {
				used = append(used, n)
				sel := parents[n]
				ok = ok && sel != nil && web.Reads(p.row, sel.Sel.Name)
			}
		}
		return true
	})
	if !ok || len(used) == 0 {
		return nil
	}
	block, _ := c.syntax.NodeAt(stmt.Pos(), func(n ast.Node) bool {
		b, ok := n.(*ast.BlockStmt)
		return ok && slices.Contains(b.List, ast.Stmt(stmt))
	}).(*ast.BlockStmt)
	name := v.Name() + "Copy"
	if block == nil || c.taken(name, stmt.Pos()) {
		return nil
	}
	column := c.pass.Fset.Position(stmt.Pos()).Column
	edits := []analysis.TextEdit{{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte(name + " := " + v.Name() + ".Copy()\n" + strings.Repeat("\t", column-1))}}
	for _, id := range used {
		edits = append(edits, analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte(name)})
	}
	return []analysis.SuggestedFix{{Message: "give the goroutine a copy", TextEdits: edits}}
}

// taken reports whether a name already means something at pos.
func (c *checker) taken(name string, pos token.Pos) bool {
	scope := c.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(name, pos)
	return obj != nil || scope.Lookup(name) != nil
}

func (c *checker) goStmt(start ssa.CallInstruction) *ast.GoStmt {
	stmt, _ := c.syntax.NodeAt(start.Pos(), func(n ast.Node) bool { g, ok := n.(*ast.GoStmt); return ok && g.Go == start.Pos() }).(*ast.GoStmt)
	return stmt
}
