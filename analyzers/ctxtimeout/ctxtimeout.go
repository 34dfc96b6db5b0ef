package ctxtimeout

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds deadlines that are not what they seem.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("ctxtimeout", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, ssabuild.Analyzer, syntax.Analyzer)
	a.FactTypes = []analysis.Fact{new(limitFact)}
	return a
}

// checker is the state of one pass.
type checker struct {
	pass    *analysis.Pass
	report  *diag.Reporter
	builder *ssabuild.Builder
	syntax  *syntax.Index
	reals   *fixpoint.Solver[any, bool]
	scaled  map[*types.Var]scale // fields and variables that the package multiplies by a unit

	constants map[types.Object]*ast.BinaryExpr // that are declared as products
	thousands map[*ast.BinaryExpr]bool         // of seconds, that were reported
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	factsOnly := scope.Of(pass).FactsOnly
	if scope.IsThirdParty(pass) || factsOnly && scope.IsStandard(pass) {
		return nil, nil // facts are about the constants of the user's own functions
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		syntax:  pass.ResultOf[syntax.Analyzer].(*syntax.Index),

		thousands: make(map[*ast.BinaryExpr]bool),
	}
	m := mentionsIn(pass)
	if m.derives && !scope.IsStandard(pass) {
		c.exportLimits()
	}
	if m.time || m.derives {
		scope.Of(pass).Findings(func() { c.check(m) })
	}
	return nil, nil
}

func (c *checker) check(m mentions) {
	computes := c.checkLiterals()
	if !m.derives && !computes {
		return
	}
	c.reals, c.scaled = c.newReals(), c.scalesIn()
	for _, fn := range c.builder.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
	}
}

// checkFunc reports what is wrong in fn.
func (c *checker) checkFunc(fn *ssa.Function) {
	if fn.Synthetic != "" && fn.Parent() == nil && !ssax.IsInit(fn) || ssax.InTest(fn) {
		return
	}
	manyFiles := ssax.IsInit(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if manyFiles && ssax.InstrInTest(instr) {
				continue
			}
			switch instr := instr.(type) {
			case *ssa.BinOp:
				c.checkProduct(instr)
			case *ssa.Store:
				c.checkStored(instr)
			case *ssa.Call:
				c.checkCall(instr)
			}
		}
	}
	c.checkStartTimes(fn)
}

func (c *checker) checkCall(call *ssa.Call) {
	c.checkPassed(call)
	c.checkClient(call)
	c.checkTimeoutHandler(call)
	fn := ssax.Callee(&call.Call)
	if ctxlib.IsDeadline(fn) {
		c.checkExpired(call)
		c.checkInverted(call)
	}
	if ctxlib.DerivesFrom(fn) == 0 {
		c.checkStale(call)
	}
}

// mentions is what a package mentions that a check is about.
type mentions struct {
	time    bool // package time
	derives bool // a context is derived
}

func mentionsIn(pass *analysis.Pass) mentions {
	var m mentions
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Pkg() == nil {
			continue
		}
		switch obj.Pkg().Path() {
		case "time":
			m.time = true
		case "context":
			fn, ok := obj.(*types.Func)
			m.derives = m.derives || ok && ctxlib.DerivesFrom(fn) == 0
		case "net/http":
			m.time = m.time || obj.Name() == "Timeout"
		}
	}
	return m
}

// enclosing returns the expression of the kind T whose instruction is at pos, as at
// says.
func enclosing[T ast.Node](c *checker, pos token.Pos, at func(T) token.Pos) (T, bool) {
	n, ok := c.syntax.NodeAt(pos, func(n ast.Node) bool {
		t, ok := n.(T)
		return ok && at(t) == pos
	}).(T)
	return n, ok
}

// span returns the range of a call's expression.
func (c *checker) span(call *ssa.Call) (pos, end token.Pos) {
	if e := c.syntax.Call(call.Pos()); e != nil {
		return e.Pos(), e.End()
	}
	return call.Pos(), call.Pos()
}
