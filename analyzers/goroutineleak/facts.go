package goroutineleak

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"

	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
)

// endlessFact says that a function loops forever: whoever starts it as a goroutine
// cannot end it.
type endlessFact struct {
	Loop string // "file:line" of the loop
}

func (*endlessFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *endlessFact) String() string { return "endless" }

// exportFacts exports a fact for each exported function or method that loops
// forever. Syntax shows that, so that a dependency needs no SSA.
func exportFacts(pass *analysis.Pass, never *noreturn.Result) {
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil || !decl.Name.IsExported() {
				continue
			}
			fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if !ok {
				continue
			}
			loop := lastLoop(decl.Body)
			if loop == nil || !endless(decl.Body, never) {
				continue
			}
			posn := pass.Fset.Position(loop.Pos())
			name := posn.Filename[strings.LastIndexAny(posn.Filename, `/\`)+1:]
			pass.ExportObjectFact(fn, &endlessFact{fmt.Sprintf("%s:%d", name, posn.Line)})
		}
	}
}

// lastLoop returns the loop without a condition that ends the body, nil if it ends
// otherwise.
func lastLoop(body *ast.BlockStmt) *ast.ForStmt {
	if len(body.List) == 0 {
		return nil
	}
	stmt := body.List[len(body.List)-1]
	if labeled, ok := stmt.(*ast.LabeledStmt); ok {
		stmt = labeled.Stmt
	}
	if loop, ok := stmt.(*ast.ForStmt); ok && loop.Cond == nil {
		return loop
	}
	return nil
}

// endless reports whether control that enters the body never gets to a return, or
// to a call that ends the goroutine.
func endless(body *ast.BlockStmt, never *noreturn.Result) bool {
	g := cfg.New(body, func(call *ast.CallExpr) bool { return !never.EndsIn(call) })
	for _, b := range g.Blocks {
		if b.Live && len(b.Succs) == 0 {
			return false
		}
	}
	return true
}
