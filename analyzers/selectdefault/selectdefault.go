package selectdefault

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds select statements that lose an error, ignore a cancellation or
// burn a CPU.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("selectdefault", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, concurrency.Analyzer, syntax.Analyzer)
	return a
}

// checker is the state of one pass.
type checker struct {
	pass   *analysis.Pass
	report *diag.Reporter
	pkg    *concurrency.Package
	syntax *syntax.Index

	source *edit.Source           // for fixes
	asking map[*ssa.Function]bool // whether they only look something up
}

// A statement is a select statement in both of its forms.
type statement struct {
	ssax.Select
	whole bool // it is known where all cases begin
	node  *ast.SelectStmt
	fn    *ssa.Function
	loop  *ssax.Loop // the innermost around it, or nil
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	pkg := pass.ResultOf[concurrency.Analyzer].(*concurrency.Package)
	if scope.Of(pass).FactsOnly || !pkg.Receives() {
		return nil, nil
	}
	defer pkg.Lock()()
	c := &checker{pass: pass, report: diag.NewReporter(pass, wanted), pkg: pkg, syntax: pass.ResultOf[syntax.Analyzer].(*syntax.Index), source: edit.NewSource(pass), asking: make(map[*ssa.Function]bool)}
	c.report.Guard(pass.Files[0].Name.Pos(), func() {
		for _, fn := range pkg.SSA().Funcs {
			c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
		}
	})
	return nil, nil
}

// checkFunc reports at most one thing about each select statement of fn.
func (c *checker) checkFunc(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			sel, ok := instr.(*ssa.Select)
			if !ok {
				continue
			}
			s := c.statement(sel)
			if s == nil {
				continue
			}
			if !sel.Blocking {
				_ = c.checkErrorRecv(s) || c.checkErrorSend(s) || c.checkResultSend(s) || s.whole && (c.checkUncancellable(s) || c.checkDoneIgnored(s) || c.checkSpin(s))
			} else if s.whole {
				_ = c.checkOperands(s) || c.checkDoneIgnored(s)
			}
		}
	}
	if c.report.Enabled(cause) {
		c.checkCause(fn)
	}
}

// statement returns the select statement of an SSA instruction, nil if the two
// cannot be brought together.
func (c *checker) statement(sel *ssa.Select) *statement {
	forms, _ := ssax.SelectOf(sel)
	if !sel.Pos().IsValid() || len(sel.States) == 0 {
		return nil // without a case there is nothing that the default keeps from happening
	}
	node, _ := c.syntax.NodeAt(sel.Pos(), func(n ast.Node) bool {
		s, ok := n.(*ast.SelectStmt)
		return ok && s.Select == sel.Pos()
	}).(*ast.SelectStmt)
	if node == nil {
		return nil
	}
	return &statement{forms, forms.Whole(), node, sel.Parent(), c.pkg.Loops(sel.Parent()).Around(sel.Block())}
}

// defaultClause returns the default clause of the statement, nil if it has none.
func (s *statement) defaultClause() *ast.CommClause {
	for _, clause := range s.node.Body.List {
		if cc := clause.(*ast.CommClause); cc.Comm == nil {
			return cc
		}
	}
	return nil
}

// clause returns the clause of a state.
func (s *statement) clause(state int) *ast.CommClause {
	i := 0
	for _, clause := range s.node.Body.List {
		cc := clause.(*ast.CommClause)
		if cc.Comm == nil {
			continue
		}
		if i == state {
			return cc
		}
		i++
	}
	return nil
}
