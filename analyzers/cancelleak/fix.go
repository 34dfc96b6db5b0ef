package cancelleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// deferFix names a discarded cancel function and defers it right after the
// statement that makes it, or after the check of the error made along with it.
//
// There is no fix where that would need thought: in a loop (the defer would pile
// up), where the context may outlive the function (the defer would end it too
// early), and where the statement is not a plain assignment in a block.
func (c *checker) deferFix(s *site) *analysis.SuggestedFix {
	if s.kind == group || s.fn().Synthetic == rangeFuncBody || ssax.Reaches(s.Site, s.Site) || c.outlives(s) {
		return nil
	}
	cur, ok := c.syntax.call(s.Site)
	if !ok {
		return nil
	}
	stmtCur := cur.Parent()
	for {
		if _, ok := stmtCur.Node().(*ast.ParenExpr); !ok {
			break
		}
		stmtCur = stmtCur.Parent()
	}
	assign, ok := stmtCur.Node().(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 || s.result >= len(assign.Lhs) || assign.Tok != token.ASSIGN && assign.Tok != token.DEFINE {
		return nil
	}
	stmts := siblings(stmtCur)
	if stmts == nil {
		return nil
	}
	blank, ok := assign.Lhs[s.result].(*ast.Ident)
	if !ok {
		return nil
	}
	name := blank.Name
	var edits []analysis.TextEdit
	if name == "_" {
		name = c.freeName(assign)
		edits = append(edits, analysis.TextEdit{Pos: blank.Pos(), End: blank.End(), NewText: []byte(name)})
		if assign.Tok == token.ASSIGN {
			edit, ok := c.declare(s, assign, name)
			if !ok {
				return nil
			}
			edits = append(edits, edit)
		}
	}
	after, ok := c.deferPoint(s, stmts, assign)
	if !ok {
		return nil
	}
	call := name + "()"
	if sig, ok := s.Site.Call.Signature().Results().At(s.result).Type().Underlying().(*types.Signature); ok && sig.Params().Len() == 1 {
		call = name + "(nil)"
	}
	if blank := blankUse(stmts, after, name); blank != nil {
		edits = append(edits, analysis.TextEdit{Pos: blank.Pos(), End: blank.End(), NewText: []byte("defer " + call)})
	} else {
		indent := c.indentation(assign.Pos())
		edits = append(edits, analysis.TextEdit{Pos: after, End: after, NewText: []byte("\n" + indent + "defer " + call)})
	}
	return &analysis.SuggestedFix{Message: fmt.Sprintf("Defer %s right after it is made", call), TextEdits: edits}
}

// siblings returns the statement list in which the statement stands.
func siblings(cur inspector.Cursor) []ast.Stmt {
	switch n := cur.Parent().Node().(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		for _, s := range n.Body {
			if s == cur.Node() {
				return n.Body // and not the communication itself
			}
		}
	}
	return nil
}

// declare returns the edit that gives "ctx, _ = f()" a variable for the cancel
// function: by := if every name on the left that is not new is declared in the same
// scope, so that := assigns to it, else by a declaration.
func (c *checker) declare(s *site, assign *ast.AssignStmt, name string) (analysis.TextEdit, bool) {
	scope := c.scopeAt(assign.Pos())
	same := scope != nil
	for i, lhs := range assign.Lhs {
		if i == s.result {
			continue
		}
		id, ok := lhs.(*ast.Ident)
		if !ok {
			same = false
			continue
		}
		if obj := c.pass.TypesInfo.ObjectOf(id); id.Name != "_" && (obj == nil || obj.Parent() != scope) {
			same = false
		}
	}
	if same {
		return analysis.TextEdit{Pos: assign.TokPos, End: assign.TokPos + 1, NewText: []byte(":=")}, true
	}
	typ, ok := c.spell(s.Site.Call.Signature().Results().At(s.result).Type(), assign.Pos())
	if !ok {
		return analysis.TextEdit{}, false
	}
	text := "var " + name + " " + typ + "\n" + c.indentation(assign.Pos())
	return analysis.TextEdit{Pos: assign.Pos(), End: assign.Pos(), NewText: []byte(text)}, true
}

// scopeAt returns the innermost scope around a statement.
func (c *checker) scopeAt(pos token.Pos) *types.Scope {
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			if s := c.pass.TypesInfo.Scopes[f]; s != nil {
				return s.Innermost(pos) // parameters share the scope of the function's body
			}
		}
	}
	return nil
}

// spell returns how the type is written in the file at pos, if it can be named there.
func (c *checker) spell(t types.Type, pos token.Pos) (string, bool) {
	ok := c.scopeAt(pos) != nil
	if !ok {
		return "", false
	}
	var imports []*ast.ImportSpec
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			imports = f.Imports
		}
	}
	text := types.TypeString(t, func(p *types.Package) string {
		if p == c.pass.Pkg {
			return ""
		}
		for _, spec := range imports {
			if strings.Trim(spec.Path.Value, `"`) != p.Path() {
				continue
			}
			name := p.Name()
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if name == "." {
				return ""
			}
			if _, obj := c.scopeAt(pos).LookupParent(name, pos); name != "_" && isPackage(obj) {
				return name
			}
		}
		ok = false
		return p.Name()
	})
	return text, ok
}

func isPackage(obj types.Object) bool {
	_, ok := obj.(*types.PkgName)
	return ok
}

// blankUse returns the statement "_ = name" if it is the first one after pos: the
// defer takes its place.
func blankUse(stmts []ast.Stmt, pos token.Pos, name string) ast.Stmt {
	for _, st := range stmts {
		if st.Pos() < pos {
			continue
		}
		a, ok := st.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
			return nil
		}
		l, ok1 := a.Lhs[0].(*ast.Ident)
		r, ok2 := a.Rhs[0].(*ast.Ident)
		if ok1 && ok2 && l.Name == "_" && r.Name == name {
			return a
		}
		return nil
	}
	return nil
}

// freeName returns cancel, or cancel2, ... if that is taken around the statement
// or used after it, by the program or by a fix offered before: all of them may be
// applied together.
func (c *checker) freeName(assign *ast.AssignStmt) string {
	scope := c.scopeAt(assign.Pos())
	for i := 1; ; i++ {
		name := "cancel"
		if i > 1 {
			name = fmt.Sprintf("cancel%d", i)
		}
		if scope == nil {
			return name
		}
		if scope.Lookup(name) != nil || c.claimed(name, scope) {
			continue
		}
		if _, obj := scope.LookupParent(name, token.NoPos); obj == nil || !c.mentioned(obj, scope) {
			c.claims = append(c.claims, claim{name, scope})
			return name
		}
	}
}

// claim is a name that a fix declares in a scope.
type claim struct {
	name  string
	scope *types.Scope
}

// claimed reports whether a fix declares name in the scope, around it, or in it.
func (c *checker) claimed(name string, scope *types.Scope) bool {
	return slices.ContainsFunc(c.claims, func(other claim) bool {
		return other.name == name && (other.scope.Contains(scope.Pos()) || scope.Contains(other.scope.Pos()))
	})
}

// mentioned reports whether obj is used inside scope, where a new variable of its
// name would hide it.
func (c *checker) mentioned(obj types.Object, scope *types.Scope) bool {
	for id, used := range c.pass.TypesInfo.Uses {
		if used == obj && scope.Pos() <= id.Pos() && id.Pos() < scope.End() {
			return true
		}
	}
	return false
}

// deferPoint returns where the defer goes: the end of the assignment, or of the
// if statement after it that checks the error made along with the obligation.
func (c *checker) deferPoint(s *site, stmts []ast.Stmt, assign *ast.AssignStmt) (token.Pos, bool) {
	var errVar types.Object
	fails := false
	results := s.Site.Call.Signature().Results()
	for i := range results.Len() {
		if i != s.result && i < len(assign.Lhs) && ctxlib.IsError(results.At(i).Type()) {
			fails = true
			if id, ok := assign.Lhs[i].(*ast.Ident); ok && id.Name != "_" {
				errVar = c.pass.TypesInfo.ObjectOf(id)
			}
		}
	}
	if !fails {
		return c.lineEnd(assign.End()), true
	}
	for i, st := range stmts {
		if st != ast.Stmt(assign) {
			continue
		}
		if i+1 == len(stmts) {
			return token.NoPos, false
		}
		if check, ok := stmts[i+1].(*ast.IfStmt); ok && c.leavesOnError(check, errVar) {
			return check.End(), true
		}
	}
	return token.NoPos, false
}

// leavesOnError reports whether an if statement is of the form
//
//	if err != nil { ...; return }
func (c *checker) leavesOnError(check *ast.IfStmt, errVar types.Object) bool {
	if check.Init != nil || check.Else != nil || errVar == nil || len(check.Body.List) == 0 {
		return false
	}
	switch last := check.Body.List[len(check.Body.List)-1].(type) {
	case *ast.ReturnStmt:
	case *ast.ExprStmt:
		if call, ok := last.X.(*ast.CallExpr); !ok || !c.never.EndsIn(call) {
			return false
		}
	default:
		return false
	}
	cond, ok := check.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ || !c.pass.TypesInfo.Types[cond.Y].IsNil() {
		return false
	}
	id, ok := cond.X.(*ast.Ident)
	return ok && c.pass.TypesInfo.Uses[id] == errVar
}

// lineEnd returns pos, or the end of the last comment that follows pos on its line.
func (c *checker) lineEnd(pos token.Pos) token.Pos {
	tf := c.pass.Fset.File(pos)
	for _, f := range c.pass.Files {
		if f.FileStart > pos || pos >= f.FileEnd {
			continue
		}
		line := tf.Line(pos)
		for _, group := range f.Comments {
			for _, comment := range group.List {
				if comment.Pos() >= pos && tf.Line(comment.Pos()) == line {
					pos = comment.End()
				}
			}
		}
	}
	return pos
}

// indentation returns the white space before the statement at pos, taking tabs
// for granted: the source is assumed to be gofmt'ed.
func (c *checker) indentation(pos token.Pos) string {
	return strings.Repeat("\t", max(0, c.pass.Fset.Position(pos).Column-1))
}

// outlives reports whether the context of s, or something that was given it, may
// be in use after the function has returned, so that a defer would come too early.
func (c *checker) outlives(s *site) bool {
	if s.Context == nil {
		return false
	}
	return (&escapeSearch{tainted: make(map[ssa.Value]bool)}).escapes(s.Context)
}
