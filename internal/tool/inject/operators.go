package main

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/packages"
)

// A site is a place where an operator can put a defect: a text that is replaced.
type site struct {
	operator string
	pkg      string
	file     string
	line     int
	from, to int // offsets in the file
	text     string
}

// The operators, in the order in which they are reported.
const (
	reset  = "reset"  // a call gets context.Background() for the context at hand
	cancel = "cancel" // a deferred cancel function is not called
	wait   = "wait"   // a select loses its case for the end of the context
	pause  = "sleep"  // a wait with a context becomes a sleep
)

var operators = []string{reset, cancel, wait, pause}

// sitesOf returns the sites in the package's files, by file and offset. Generated files,
// in which ctxlint reports nothing, have none.
func sitesOf(pkg *packages.Package) (sites []site) {
	for _, f := range pkg.Syntax {
		if ast.IsGenerated(f) {
			continue
		}
		s := &scanner{pkg: pkg, file: f}
		ast.Inspect(f, s.visit)
		sites = append(sites, s.sites...)
	}
	slices.SortFunc(sites, func(a, b site) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.from, b.from), cmp.Compare(a.operator, b.operator))
	})
	return sites
}

// scanner collects the sites of one file.
type scanner struct {
	pkg   *packages.Package
	file  *ast.File
	sites []site
}

func (s *scanner) add(operator string, from, to token.Pos, text string) {
	file := s.pkg.Fset.File(s.file.FileStart)
	s.sites = append(s.sites, site{operator, s.pkg.PkgPath, file.Name(), file.Line(from), file.Offset(from), file.Offset(to), text})
}

func (s *scanner) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		s.call(n)
	case *ast.DeferStmt:
		s.deferred(n)
	case *ast.SelectStmt:
		s.selection(n)
	}
	return true
}

// call finds a call that passes a context in a variable, in a file that imports context
// by its name. Calls that only derive a context do no work.
func (s *scanner) call(call *ast.CallExpr) {
	if s.pkg.TypesInfo.Types[call.Fun].IsType() || s.derives(call) || len(call.Args) == 0 || !s.imports("context") {
		return
	}
	if id, ok := call.Args[0].(*ast.Ident); ok && isContext(s.pkg.TypesInfo.TypeOf(id)) {
		s.add(reset, id.Pos(), id.End(), "context.Background()")
	}
}

// derives reports whether a call has a context as its first result.
func (s *scanner) derives(call *ast.CallExpr) bool {
	t := s.pkg.TypesInfo.TypeOf(call)
	if results, ok := t.(*types.Tuple); ok && results.Len() > 0 {
		t = results.At(0).Type()
	}
	return isContext(t)
}

// deferred finds a defer statement that calls a cancel function in a variable.
func (s *scanner) deferred(d *ast.DeferStmt) {
	id, ok := d.Call.Fun.(*ast.Ident)
	if !ok {
		return
	}
	if named, ok := types.Unalias(s.pkg.TypesInfo.TypeOf(id)).(*types.Named); ok && isIn(named, "context", "CancelFunc") {
		s.add(cancel, d.Pos(), d.End(), "_ = "+id.Name)
	}
}

// selection finds a select with a case for the end of a context beside another case.
func (s *scanner) selection(sel *ast.SelectStmt) {
	var done, other *ast.CommClause
	for _, stmt := range sel.Body.List {
		clause := stmt.(*ast.CommClause)
		switch {
		case done == nil && s.isDone(clause.Comm):
			done = clause
		default:
			other = clause
		}
	}
	if done == nil || other == nil || other.Comm == nil {
		return
	}
	s.add(wait, done.Pos(), done.End(), "")
	if after := s.after(other.Comm); after != nil && len(sel.Body.List) == 2 && len(other.Body) == 0 && s.imports("time") {
		s.add(pause, sel.Pos(), sel.End(), "time.Sleep("+types.ExprString(after)+")")
	}
}

// isDone reports whether a case receives from a context's Done.
func (s *scanner) isDone(comm ast.Stmt) bool {
	call := received(comm)
	if call == nil {
		return false
	}
	fun, ok := call.Fun.(*ast.SelectorExpr)
	return ok && fun.Sel.Name == "Done" && isContext(s.pkg.TypesInfo.TypeOf(fun.X))
}

// after returns the duration of a case that receives from time.After.
func (s *scanner) after(comm ast.Stmt) ast.Expr {
	call := received(comm)
	if call == nil || len(call.Args) != 1 {
		return nil
	}
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if fn, ok := s.pkg.TypesInfo.Uses[fun.Sel].(*types.Func); ok && fn.FullName() == "time.After" {
		return call.Args[0]
	}
	return nil
}

// received returns the call whose channel a statement receives from without keeping
// the value, nil if it does something else.
func received(stmt ast.Stmt) *ast.CallExpr {
	expr, ok := stmt.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	recv, ok := expr.X.(*ast.UnaryExpr)
	if !ok || recv.Op != token.ARROW {
		return nil
	}
	call, _ := recv.X.(*ast.CallExpr)
	return call
}

// imports reports whether the file imports a package of the standard library by its
// own name.
func (s *scanner) imports(path string) bool {
	return slices.ContainsFunc(s.file.Imports, func(spec *ast.ImportSpec) bool {
		return spec.Path.Value == `"`+path+`"` && spec.Name == nil
	})
}

func isContext(t types.Type) bool {
	if t == nil {
		return false
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && isIn(named, "context", "Context")
}

func isIn(t *types.Named, path, name string) bool {
	return t.Obj().Name() == name && t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == path
}
