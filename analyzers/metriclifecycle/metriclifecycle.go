package metriclifecycle

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/diag"
	"github.com/ctxlint/ctxlint/internal/factsonly"
	"github.com/ctxlint/ctxlint/internal/ssabuild"
	"github.com/ctxlint/ctxlint/internal/suppress"
	"github.com/ctxlint/ctxlint/internal/vectors"
)

// Analyzer finds metrics that are made, registered, or deleted wrongly.
var Analyzer = &analysis.Analyzer{
	Name:     "metriclifecycle",
	Doc:      Documentation.Text,
	URL:      diag.URL("metriclifecycle"),
	Requires: []*analysis.Analyzer{suppress.Analyzer, factsonly.Analyzer, ssabuild.Analyzer, vectors.Analyzer},
	Run:      run,
}

// disabled is the -disable flag: categories that are not reported.
var disabled string

func init() {
	Analyzer.Flags.StringVar(&disabled, "disable", "", "comma-separated `categories` that are not reported")
}

// The categories of diagnostics; doc.go explains them.
const (
	arity = "arity"
)

// checker is the state of one pass.
type checker struct {
	pass    *analysis.Pass
	report  *diag.Reporter
	vectors *vectors.Resolver
	calls   map[token.Pos]*ast.CallExpr // by the position of the parenthesis; nil until needed
}

func run(pass *analysis.Pass) (any, error) {
	if pass.ResultOf[factsonly.Analyzer].(*factsonly.Mode).FactsOnly {
		return nil, nil
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, disabled),
		vectors: pass.ResultOf[vectors.Analyzer].(*vectors.Resolver),
	}
	if !c.vectors.Used() {
		return nil, nil
	}
	for _, fn := range pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
	}
	return nil, nil
}

func (c *checker) checkFunc(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				c.checkArity(call)
			}
		}
	}
}

// span returns where a finding about a call is shown.
func (c *checker) span(call ssa.CallInstruction) (pos, end token.Pos) {
	if c.calls == nil {
		c.calls = make(map[token.Pos]*ast.CallExpr)
		for _, f := range c.pass.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				if e, ok := n.(*ast.CallExpr); ok {
					c.calls[e.Lparen] = e
				}
				return true
			})
		}
	}
	if e := c.calls[call.Common().Pos()]; e != nil {
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
			return sel.Sel.Pos(), e.End()
		}
		return e.Pos(), e.End()
	}
	return call.Pos(), token.NoPos
}

// inTest reports whether the position is in a test file.
func (c *checker) inTest(pos token.Pos) bool {
	return strings.HasSuffix(c.pass.Fset.File(pos).Name(), "_test.go")
}
