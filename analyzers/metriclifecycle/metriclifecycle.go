package metriclifecycle

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Analyzer finds metrics that are made, registered, or deleted wrongly.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("metriclifecycle", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, ssabuild.Analyzer, vectors.Analyzer)
	a.FactTypes = []analysis.Fact{new(repeatFact)}
	return a
}

// checker is the state of one pass.
type checker struct {
	pass    *analysis.Pass
	report  *diag.Reporter
	vectors *vectors.Resolver
	index   *ssax.Index
	loopsOf map[*ssa.Function]*ssax.Loops
	calls   map[token.Pos]*ast.CallExpr // by the position of the parenthesis; nil until needed
	blanks  map[token.Pos]bool          // by the same position: the result goes to the blank identifier

	eventsOf map[*ssa.Function][]event
	repeats  *fixpoint.Solver[*ssa.Function, []reached]
	reported map[ssa.CallInstruction]bool // by checkHot

	places *placeIndex
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	c := &checker{
		pass:     pass,
		report:   diag.NewReporter(pass, wanted),
		vectors:  pass.ResultOf[vectors.Analyzer].(*vectors.Resolver),
		eventsOf: make(map[*ssa.Function][]event),
		reported: make(map[ssa.CallInstruction]bool),
		loopsOf:  make(map[*ssa.Function]*ssax.Loops),
	}
	c.repeats = c.newRepeats()
	factsOnly := scope.Of(pass).FactsOnly
	registers := c.registers()
	if !registers && (factsOnly || !c.vectors.Used() && !c.measures()) {
		return nil, nil
	}
	s := pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA()
	funcs := s.Funcs
	c.index = s.Index()
	if registers {
		c.exportFacts(funcs)
	}
	scope.Of(pass).Findings(func() {
		for _, fn := range funcs {
			c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
		}
		c.report.Guard(pass.Files[0].Package, func() {
			c.places = c.indexPlaces()
			c.checkMemberships(funcs)
			c.checkDeletes(funcs)
			if c.report.Explains() {
				for _, fn := range funcs {
					c.silentHot(fn)
				}
			}
		})
	})
	return nil, nil
}

// registers reports whether the package calls a function that registers
// collectors, or one that does so by its fact.
func (c *checker) registers() bool {
	imports := slices.ContainsFunc(c.pass.Pkg.Imports(), func(p *types.Package) bool {
		return slices.Contains(vectors.Libraries, p.Path()) || p.Path() == legacyPath
	})
	if !imports && len(c.pass.AllObjectFacts()) == 0 {
		return false
	}
	for _, obj := range c.pass.TypesInfo.Uses {
		if obj.Pkg() == nil || obj.Pkg() == c.pass.Pkg {
			continue
		}
		switch obj.Pkg().Path() {
		case autoPath, legacyPath:
			return true
		case promPath, kubePath:
			switch obj.Name() {
			case "Register", "MustRegister", "RawMustRegister", "CustomRegister", "CustomMustRegister":
				return true
			}
		default:
			if fn, ok := obj.(*types.Func); ok && c.pass.ImportObjectFact(fn.Origin(), new(repeatFact)) {
				return true
			}
		}
	}
	return false
}

// measures reports whether the package imports a library whose instruments are not
// vectors.
func (c *checker) measures() bool {
	for _, p := range c.pass.Pkg.Imports() {
		switch importpath.Canonical(p.Path()) {
		case otelPath, "github.com/go-kit/kit/metrics":
			return true
		}
	}
	return false
}

func (c *checker) checkFunc(fn *ssa.Function) {
	c.checkHot(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				c.checkArity(instr)
				c.checkLost(instr)
				c.checkCallback(instr)
			case *ssa.Store:
				c.checkAccumulating(fn, instr)
			}
		}
	}
}

// indexCalls fills calls and blanks.
func (c *checker) indexCalls() {
	if c.calls != nil {
		return
	}
	c.calls, c.blanks = make(map[token.Pos]*ast.CallExpr), make(map[token.Pos]bool)
	for _, f := range c.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.calls[n.Lparen] = n
			case *ast.AssignStmt:
				if call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr); ok && len(n.Lhs) == 1 && isBlank(n.Lhs[0]) {
					c.blanks[call.Lparen] = true
				}
			}
			return true
		})
	}
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// span returns where a finding about a call is shown.
func (c *checker) span(call ssa.CallInstruction) (pos, end token.Pos) {
	c.indexCalls()
	if e := c.calls[call.Common().Pos()]; e != nil {
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
			return sel.Sel.Pos(), e.End()
		}
		return e.Pos(), e.End()
	}
	return call.Pos(), token.NoPos
}
