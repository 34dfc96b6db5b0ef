// Package syntax finds the nodes around a position, such as that of an SSA
// instruction.
package syntax

import (
	"go/ast"
	"go/token"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Analyzer gives the package's [*Index].
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintsyntax",
	Doc:        "find syntax by position",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/pass/syntax",
	Run:        func(pass *analysis.Pass) (any, error) { return &Index{files: pass.Files}, nil },
	ResultType: reflect.TypeFor[*Index](),
}

// An Index finds nodes in the files of a package. It is built when first asked,
// which never happens in most packages, and may be asked concurrently.
type Index struct {
	files []*ast.File
	once  sync.Once
	in    *inspector.Inspector

	onceCalls sync.Once
	calls     map[token.Pos]inspector.Cursor // by their opening parentheses
}

// Of returns an index that uses the given inspector of the package's files.
func Of(in *inspector.Inspector) *Index {
	x := &Index{in: in}
	x.once.Do(func() {})
	return x
}

// Inspector returns the inspector of the package's files.
func (x *Index) Inspector() *inspector.Inspector {
	x.once.Do(func() { x.in = inspector.New(x.files) })
	return x.in
}

// At returns the innermost node around pos that want accepts, or false if there
// is none.
func (x *Index) At(pos token.Pos, want func(ast.Node) bool) (inspector.Cursor, bool) {
	if !pos.IsValid() {
		return inspector.Cursor{}, false
	}
	cur, ok := x.Inspector().Root().FindByPos(pos, pos)
	for ; ok && cur.Node() != nil; cur = cur.Parent() {
		if want(cur.Node()) {
			return cur, true
		}
		if _, isFile := cur.Node().(*ast.File); isFile {
			break
		}
	}
	return inspector.Cursor{}, false
}

// NodeAt is like At, but returns the node, or nil if there is none.
func (x *Index) NodeAt(pos token.Pos, want func(ast.Node) bool) ast.Node {
	cur, ok := x.At(pos, want)
	if !ok {
		return nil
	}
	return cur.Node()
}

// CallAt returns the call with its opening parenthesis at pos, which is the position that
// SSA gives it, or false if there is none.
func (x *Index) CallAt(pos token.Pos) (inspector.Cursor, bool) {
	// A table of thousands of functions has as many siblings for At to pass.
	x.onceCalls.Do(func() {
		x.calls = make(map[token.Pos]inspector.Cursor)
		for cur := range x.Inspector().Root().Preorder((*ast.CallExpr)(nil)) {
			x.calls[cur.Node().(*ast.CallExpr).Lparen] = cur
		}
	})
	cur, ok := x.calls[pos]
	return cur, ok
}

// Call is like CallAt, but returns the expression, or nil if there is none.
func (x *Index) Call(pos token.Pos) *ast.CallExpr {
	cur, ok := x.CallAt(pos)
	if !ok {
		return nil
	}
	return cur.Node().(*ast.CallExpr)
}
