package ctxescape

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/engine/joining"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds contexts that are used after what they belong to has ended.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("ctxescape", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, ssabuild.Analyzer, ctxuse.Analyzer, syntax.Analyzer, inview.Analyzer)
	a.FactTypes = []analysis.Fact{new(funcFact)}
	return a
}

// checker is the state of one pass.
type checker struct {
	pass     *analysis.Pass
	report   *diag.Reporter
	builder  *ssabuild.Builder
	uses     *ctxuse.Result
	syntax   *syntax.Index
	view     *inview.View
	joins    *joining.Finder
	services *web.Services
	deeds    *fixpoint.Solver[source, deed]
	loopsOf  map[*ssa.Function]*ssax.Loops
	runs     map[*ssa.Function]bool // functions that a library runs as handlers; nil before it is asked for
	asValues map[*ssa.Function]bool // functions and methods that are used as values; nil before it is asked for
	reported map[ssa.Instruction]bool
	silences []silence
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	factsOnly := scope.Of(pass).FactsOnly
	if scope.IsStandard(pass) && factsOnly {
		return nil, nil // there are no facts about the standard library
	}
	c := &checker{
		pass:     pass,
		report:   diag.NewReporter(pass, wanted),
		builder:  pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		uses:     pass.ResultOf[ctxuse.Analyzer].(*ctxuse.Result),
		syntax:   pass.ResultOf[syntax.Analyzer].(*syntax.Index),
		view:     inview.Of(pass),
		joins:    joining.New(),
		services: web.NewServices(pass.Pkg),
		loopsOf:  make(map[*ssa.Function]*ssax.Loops),
		reported: make(map[ssa.Instruction]bool),
	}
	c.deeds = c.newDeeds()
	c.exportFacts()
	scope.Of(pass).Findings(c.check)
	return nil, nil
}

// mentions says what a package has, so that most packages cost only a walk over their
// syntax.
type mentions struct {
	takers bool // functions that take a context, or something that carries one
	pools  bool // a sync.Pool
}

func look(pass *analysis.Pass) (m mentions) {
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncType:
				m.takers = m.takers || takesOne(pass.TypesInfo, n)
			case *ast.SelectorExpr:
				if n.Sel.Name == "Put" || n.Sel.Name == "Pool" {
					m.pools = true
				}
			}
			return true
		})
	}
	return m
}

func takesOne(info *types.Info, t *ast.FuncType) bool {
	for _, field := range t.Params.List {
		if typ := info.TypeOf(field.Type); typ != nil && (ctxlib.IsContext(typ) || isCarrier(typ)) {
			return true
		}
	}
	return false
}

func (c *checker) check() {
	if m := look(c.pass); !m.takers && !m.pools {
		return
	}
	for _, fn := range c.builder.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
	}
	c.tell()
}

// checkFunc reports what fn, a function or a literal, does wrong.
func (c *checker) checkFunc(fn *ssa.Function) {
	if ssax.InTest(fn) {
		return
	}
	c.checkCarriers(fn) // first: of a go statement that needs both, it is the worse that is said
	c.checkPools(fn)
	c.checkObjects(fn)
	if r := c.requestOf(fn); r != nil {
		c.checkRequest(r)
	}
}
