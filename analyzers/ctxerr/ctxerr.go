package ctxerr

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds errors of contexts that are taken for something else.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("ctxerr", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, ssabuild.Analyzer, syntax.Analyzer, ctxuse.Analyzer, ctxlife.Analyzer)
	a.FactTypes = []analysis.Fact{new(causeFact), new(wrapsFact)}
	return a
}

// checker is the state of one pass.
type checker struct {
	pass    *analysis.Pass
	report  *diag.Reporter
	builder *ssabuild.Builder
	syntax  *syntax.Index
	source  *edit.Source
	uses    *ctxuse.Result
	lives   *ctxlife.Result
	seen    mentions

	asksCause bool // the package does: nobody can say that nothing asks for the cause

	outcomes *outcomes
	origins  *fixpoint.Solver[any, origin]
	switches map[*ast.SwitchStmt]bool // that were reported
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	factsOnly := scope.Of(pass).FactsOnly
	if factsOnly && scope.IsStandard(pass) {
		return nil, nil
	}
	c := &checker{
		pass:     pass,
		report:   diag.NewReporter(pass, wanted),
		builder:  pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		syntax:   pass.ResultOf[syntax.Analyzer].(*syntax.Index),
		uses:     pass.ResultOf[ctxuse.Analyzer].(*ctxuse.Result),
		lives:    pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result),
		source:   edit.NewSource(pass),
		outcomes: newOutcomes(pass),
		switches: make(map[*ast.SwitchStmt]bool),
	}
	if c.asksCause = asksCause(pass); c.asksCause {
		c.exportCauseFacts()
	}
	c.outcomes.exportFacts()
	scope.Of(pass).Findings(c.check)
	return nil, nil
}

func (c *checker) check() {
	c.seen = mentionsIn(c.pass)
	if !c.seen.any() {
		return
	}
	c.origins = c.newOrigins()
	for _, fn := range c.builder.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
	}
}

// checkFunc reports what is wrong in fn.
func (c *checker) checkFunc(fn *ssa.Function) {
	if fn.Synthetic != "" && fn.Parent() == nil {
		return
	}
	test := ssax.InTest(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.BinOp:
				if !test {
					c.checkCompare(instr)
					c.checkTextCompared(instr)
				}
			case *ssa.Call:
				if !test {
					c.checkTextSearched(instr)
				}
				c.silentIs(instr)
				c.checkCauseLost(instr)
				c.checkShadowed(instr)
			}
		}
	}
	if c.seen.loops && !test {
		c.checkRetries(fn)
	}
	if c.report.Enabled(status) && !test {
		c.checkStatus(fn)
	}
}

// mentions is what a package mentions that a check is about. Most packages mention
// nothing, and need no SSA.
type mentions struct {
	sentinel bool // context.Canceled or context.DeadlineExceeded
	phrase   bool // a text that only errors of contexts have
	makes    bool // a context that is derived, and may be shadowed or lose its cause
	loops    bool // a call with a context in a loop
	counts   bool // a metric
	equals   bool // a comparison of errors, one of which may be that of a package variable
}

func (m mentions) any() bool {
	return m.sentinel || m.phrase || m.makes || m.loops || m.counts || m.equals
}

// asksCause reports whether a package names context.Cause.
func asksCause(pass *analysis.Pass) bool {
	if !importpath.Imports(pass.Pkg.Imports(), "context") {
		return false
	}
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Name() == "Cause" && obj.Pkg() != nil && obj.Pkg().Path() == "context" {
			return true
		}
	}
	return false
}

// mentionsIn returns what a package mentions.
func mentionsIn(pass *analysis.Pass) mentions {
	var m mentions
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Pkg() == nil || obj.Pkg().Path() != "context" {
			m.counts = m.counts || (obj.Name() == "Inc" || obj.Name() == "Add") && obj.Pkg() != nil && isMetrics(obj.Pkg().Path())
			continue
		}
		switch obj.Name() {
		case "Canceled", "DeadlineExceeded":
			m.sentinel = true
		case "WithCancelCause", "WithTimeoutCause", "WithDeadlineCause", "WithTimeout", "WithDeadline":
			m.makes = true
		}
	}
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				m.phrase = m.phrase || n.Kind == token.STRING && sentinelOf(constantText(pass.TypesInfo, n)) != ""
			case *ast.BinaryExpr:
				m.equals = m.equals || (n.Op == token.EQL || n.Op == token.NEQ) && isErrorVariable(pass.TypesInfo, n.X, n.Y)
			case *ast.CaseClause:
				m.equals = m.equals || isErrorVariable(pass.TypesInfo, n.List...)
			case *ast.ForStmt:
				m.loops = m.loops || callsWithContext(pass.TypesInfo, n.Body)
			case *ast.RangeStmt:
				if basic, ok := pass.TypesInfo.TypeOf(n.X).Underlying().(*types.Basic); ok && basic.Info()&types.IsInteger != 0 {
					m.loops = m.loops || callsWithContext(pass.TypesInfo, n.Body)
				}
			}
			return true
		})
	}
	return m
}

// isErrorVariable reports whether one of some expressions is a package variable that holds
// an error.
func isErrorVariable(info *types.Info, exprs ...ast.Expr) bool {
	return slices.ContainsFunc(exprs, func(e ast.Expr) bool {
		v := packageVariable(info, e)
		return v != nil && ctxlib.IsError(v.Type())
	})
}

// callsWithContext reports whether a call in the body gets a context.
func callsWithContext(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
			t := info.TypeOf(call.Args[0])
			found = found || t != nil && ctxlib.IsContext(t)
		}
		return !found
	})
	return found
}
