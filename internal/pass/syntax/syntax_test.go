package syntax_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

const src = `package p

func f(ch chan int) {
	for {
		g(<-ch)
	}
}

var x = 1
`

func TestAt(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	lazy, err := syntax.Analyzer.Run(&analysis.Pass{Files: []*ast.File{f}})
	if err != nil {
		t.Fatal(err)
	}
	pos := func(part string) token.Pos { return f.FileStart + token.Pos(strings.Index(src, part)) }
	isCall := func(n ast.Node) bool { _, ok := n.(*ast.CallExpr); return ok }
	isFor := func(n ast.Node) bool { _, ok := n.(*ast.ForStmt); return ok }
	for name, x := range map[string]*syntax.Index{"lazy": lazy.(*syntax.Index), "given": syntax.Of(inspector.New([]*ast.File{f}))} {
		t.Run(name, func(t *testing.T) {
			var all sync.WaitGroup
			for range 4 { // go test -race detects unsynchronised access
				all.Go(func() {
					if n := x.NodeAt(pos("<-ch"), isCall); n == nil || n.Pos() != pos("g(<-") {
						t.Errorf("around the receive there is the call %v", n)
					}
					if cur, ok := x.At(pos("<-ch"), isFor); !ok || cur.Node().Pos() != pos("for {") {
						t.Error("around the receive there is no loop")
					}
					if n := x.NodeAt(pos("x = 1"), isFor); n != nil {
						t.Errorf("around the variable there is the loop %v", n)
					}
					if n := x.NodeAt(token.NoPos, isFor); n != nil {
						t.Errorf("nowhere there is the loop %v", n)
					}
				})
			}
			all.Wait()
		})
	}
}
