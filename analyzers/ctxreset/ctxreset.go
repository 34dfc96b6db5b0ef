package ctxreset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/arriving"
	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/designs"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/engine/prescribed"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Analyzer finds contexts that are reset in the middle of a call chain.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories

	// Carriers are further types that carry a context: a comma-separated list of
	// pkg.Type=expression with x in the expression for the carrier.
	Carriers string
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("ctxreset", Documentation.Text, Categories, o.Selection, func(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
		return run(pass, &o, wanted)
	})
	a.Requires = append(a.Requires, ssabuild.Analyzer, ctxuse.Analyzer, ctxlife.Analyzer, inview.Analyzer, arriving.Analyzer)
	a.FactTypes = []analysis.Fact{new(chainFact), new(rootFact)}
	a.Flags.StringVar(&o.Carriers, "carriers", o.Carriers, "comma-separated further carriers of a context, each `pkg.Type=expression` with x standing for the carrier")
	return a
}

// checker is the state of one pass.
type checker struct {
	pass       *analysis.Pass
	report     *diag.Reporter
	builder    *ssabuild.Builder
	atHand     *athand.Finder
	purposes   *purpose.Finder
	prescribed *prescribed.Finder
	uses       *ctxuse.Result
	fresh      bool // whether the package may have to do with fresh contexts
	fields     *fieldIndex
	comments   *commentIndex

	chains        *fixpoint.Solver[*ssa.Function, *chainFact] // nil where there is none
	roots         *fixpoint.Solver[*ssa.Function, rootKind]
	view          *inview.View
	onlyEnds      *fixpoint.Solver[*ssa.Function, bool]
	observesField *fixpoint.Solver[fieldOf, bool]
	places        *callpath.Places
	designs       *designs.Finder
	reach         map[*types.Func]bool                // nil before it is asked for
	readers       map[*types.Var]map[*types.Func]bool // by field: see readersOf
	named         map[methodName]bool                 // of methods that may have a chain, for calls through interfaces
}

func run(pass *analysis.Pass, o *Options, wanted *catalog.Set) (any, error) {
	carriers, err := athand.ParseCarriers(o.Carriers)
	if err != nil {
		return nil, err
	}
	factsOnly := scope.Of(pass).FactsOnly
	if scope.IsThirdParty(pass) || factsOnly && scope.IsStandard(pass) {
		// The user cannot change other modules: nothing is reported about them,
		// nor about calls of them. There are no facts about the standard library.
		return nil, nil
	}
	fresh, derived := mentions(pass)
	if !fresh && (factsOnly || !derived) {
		return nil, nil
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		uses:    pass.ResultOf[ctxuse.Analyzer].(*ctxuse.Result),
		fresh:   fresh,
		view:    inview.Of(pass),
		places:  callpath.NewPlaces(pass),
		readers: make(map[*types.Var]map[*types.Func]bool),
	}
	c.atHand = athand.New(pass, c.builder, pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result), carriers)
	c.purposes = purpose.New(c.builder, c.atHand)
	c.prescribed = prescribed.New(pass, c.builder)
	c.designs = designs.New(designs.Question{Pkg: pass.Pkg, Funcs: c.builder.SSA().Funcs, Waits: c.resetsItself, Place: c.places.Of})
	c.chains, c.roots, c.onlyEnds, c.observesField = c.newChains(), c.newRoots(), c.newOnlyEnds(), c.newObservesField()
	c.fields = newFieldIndex(c)
	c.comments = &commentIndex{pass: pass, files: make(map[*token.File]*explanations)}
	if fresh {
		c.exportFacts()
	}
	if scope.SupportsTests(pass) {
		return nil, nil // whoever waits there is a test
	}
	scope.Of(pass).Findings(func() {
		found := newFindings(c)
		for _, fn := range c.builder.SSA().Funcs {
			c.report.Guard(fn.Pos(), func() { found.check(fn) })
		}
		found.report()
	})
	return nil, nil
}

// mentions reports what the package may have to do with: fresh contexts, because it
// uses a root, or a function or variable with a fact; and derived ones, which may
// be left unused.
func mentions(pass *analysis.Pass) (fresh, derived bool) {
	facts := pass.AllObjectFacts()
	methods := make(map[string]bool)
	for _, f := range facts {
		if fn, ok := f.Object.(*types.Func); ok && fn.Signature().Recv() != nil {
			methods[fn.Name()] = true
		}
	}
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Pkg() == nil {
			continue
		}
		switch obj := obj.(type) {
		case *types.Func:
			derived = derived || ctxlib.DerivesFrom(obj) >= 0 || obj.Name() == "WithContext"
			switch {
			case ctxlib.IsRoot(obj) || methods[obj.Name()] && inview.IsMethod(obj):
				return true, true
			case len(facts) == 0 || obj.Pkg() == pass.Pkg:
			case pass.ImportObjectFact(obj.Origin(), new(chainFact)) || pass.ImportObjectFact(obj.Origin(), new(rootFact)):
				return true, true
			}
		case *types.Var:
			if len(facts) > 0 && obj.Pkg() != pass.Pkg && !obj.IsField() && pass.ImportObjectFact(obj, new(rootFact)) {
				return true, true
			}
		}
	}
	return false, derived
}
