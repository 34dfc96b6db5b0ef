package evidence

import (
	"go/ast"
	"go/token"

	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// opKind is what a goroutine can be doing in a line.
type opKind uint8

const (
	opSend opKind = 1 << iota
	opReceive
	opSelect
	opGo
	opLoop
	opCall
)

// blocking are the operations that wait by themselves.
const blocking = opSend | opReceive | opSelect

// op is an operation in a function.
type op struct {
	kind        opKind
	first, last int // lines in which a stack may show it; of a loop, all of its lines

	// Of a go statement, or a call of a method Go: the lines of the literal that runs, or
	// the name of the function.
	bodyFirst, bodyLast int
	callee              string

	called string // the name of what a call calls, "" if that is not known
	exits  []int  // of a deferred call: the lines in which the function leaves, which is where it runs
}

func (o op) has(line int) bool { return o.first <= line && line <= o.last }

// findOps returns the operations in a declaration, in the order of the source.
func findOps(fset *token.FileSet, decl ast.Node) []op {
	var ops []op
	line := func(pos token.Pos) int { return fset.Position(pos).Line }
	add := func(kind opKind, from, to token.Pos) *op {
		ops = append(ops, op{kind: kind, first: line(from), last: line(to)})
		return &ops[len(ops)-1]
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			ops = append(ops, deferred(fset, n.Body)...)
		case *ast.FuncLit:
			ops = append(ops, deferred(fset, n.Body)...)
		case *ast.SendStmt:
			add(opSend, n.Pos(), n.End())
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				add(opReceive, n.Pos(), n.End())
			}
		case *ast.SelectStmt:
			o := add(opSelect, n.Pos(), n.Pos())
			for _, clause := range n.Body.List {
				// The position of a case stands for the select, which is where a stack is.
				if comm := clause.(*ast.CommClause); comm.Comm != nil {
					ops = append(ops, op{kind: opSelect, first: line(comm.Pos()), last: line(comm.Comm.End()), bodyFirst: o.first})
				}
			}
		case *ast.RangeStmt:
			add(opReceive, n.Pos(), n.X.End()) // if it is over a channel
			add(opCall, n.Pos(), n.X.End())    // if it is over a function
			add(opLoop, n.Pos(), n.End())
		case *ast.ForStmt:
			add(opLoop, n.Pos(), n.End())
		case *ast.GoStmt:
			o := add(opGo, n.Pos(), n.Call.Pos())
			o.last = max(o.last, line(n.Call.Lparen))
			runs(fset, o, n.Call.Fun)
		case *ast.CallExpr:
			o := add(opCall, n.Pos(), n.Lparen)
			o.called = nameOf(n.Fun)
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && len(n.Args) == 1 {
				runs(fset, o, n.Args[0])
			}
		}
		return true
	})
	return ops
}

// deferred returns the deferred calls of a function, without those of literals in it.
func deferred(fset *token.FileSet, body *ast.BlockStmt) []op {
	if body == nil {
		return nil
	}
	var ops []op
	exits := []int{fset.Position(body.Rbrace).Line}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			exits = append(exits, fset.Position(n.Pos()).Line)
		case *ast.DeferStmt:
			ops = append(ops, op{kind: opCall, first: fset.Position(n.Pos()).Line, last: fset.Position(n.Call.Lparen).Line, called: nameOf(n.Call.Fun)})
		}
		return true
	})
	for i := range ops {
		ops[i].exits = exits
	}
	return ops
}

// nameOf returns the name of the function that an expression stands for, "" if it has none.
func nameOf(fn ast.Expr) string {
	if id := syntax.NameOf(fn); id != nil {
		return id.Name
	}
	return ""
}

// runs notes what a goroutine that is started runs.
func runs(fset *token.FileSet, o *op, fn ast.Expr) {
	o.callee = nameOf(fn)
	if lit, ok := ast.Unparen(fn).(*ast.FuncLit); ok {
		o.bodyFirst, o.bodyLast = fset.Position(lit.Pos()).Line, fset.Position(lit.End()).Line
	}
}

// opsOf returns the operations of some kinds, of calls only those of a function with the
// name if it is not "".
func (fn *function) opsOf(kinds opKind, called string) []op {
	var out []op
	for _, o := range fn.ops {
		if o.kind&kinds != 0 && o.kind != opLoop && (called == "" || o.called == called) {
			out = append(out, o)
		}
	}
	return out
}
