package goroutineleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/failing"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds goroutines that never end.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("goroutineleak", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, noreturn.Analyzer, concurrency.Analyzer, syntax.Analyzer, ssabuild.Analyzer, ctxlife.Analyzer, failing.Analyzer)
	a.FactTypes = []analysis.Fact{new(endlessFact), new(producerFact)}
	return a
}

// checker is the state of one pass.
type checker struct {
	pass      *analysis.Pass
	report    *diag.Reporter
	pkg       *concurrency.Package
	seen      map[token.Pos]bool // where something is reported already
	syntax    *syntax.Index
	exits     map[*ssa.Function]*exits
	waitsIn   map[*ssa.Function]ssa.CallInstruction // by function: its Wait for a sync.WaitGroup
	ends      map[*concurrency.Channel]*end
	feeders   map[side]*feeders
	runs      map[*ssa.Function]map[*ssa.Function]bool // by function: what it runs
	atHand    *athand.Finder                           // nil before it is asked for
	producers *fixpoint.Solver[result, *producer]

	timers    *timerCalls // nil before it is asked for
	timerUses map[*ssa.Function]*timerUses
	joins     map[*ssa.Function]*joins
	holdings  map[*ssa.Function]*holding
	locks     *fixpoint.Solver[lockQuery, bool] // nil before it is asked for
	heedless  map[*types.Func]bool              // functions whose loop is reported, or would be
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	pkg := pass.ResultOf[concurrency.Analyzer].(*concurrency.Package)
	heedless := make(map[*types.Func]bool)
	forever := loopingForever(pass, pass.ResultOf[noreturn.Analyzer].(*noreturn.Result))
	defer exportFacts(pass, forever, heedless)
	// Declarations are few; to look for statements takes a walk over all that there are.
	produces, factsOnly := hasProducers(pass) && pkg.Starts(), scope.Of(pass).FactsOnly
	if factsOnly && !produces || !pkg.Starts() && !pkg.Receives() && !pkg.Talks() && !pkg.LoopsForever() && !importpath.Imports(pass.Pkg.Imports(), "os/exec") {
		return nil, nil
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		pkg:     pkg,
		syntax:  pass.ResultOf[syntax.Analyzer].(*syntax.Index),
		seen:    make(map[token.Pos]bool),
		exits:   make(map[*ssa.Function]*exits),
		waitsIn: make(map[*ssa.Function]ssa.CallInstruction),
		ends:    make(map[*concurrency.Channel]*end),
		runs:    make(map[*ssa.Function]map[*ssa.Function]bool),
		feeders: make(map[side]*feeders),

		timerUses: make(map[*ssa.Function]*timerUses),
		joins:     make(map[*ssa.Function]*joins),
		holdings:  make(map[*ssa.Function]*holding),
		heedless:  heedless,
	}
	c.producers = c.newProducers()
	guarded := func(f func()) func() {
		return func() {
			defer pkg.Lock()()
			c.report.Guard(pass.Files[0].Name.Pos(), f)
		}
	}
	if produces {
		guarded(c.exportProducers)()
	}
	if len(forever) > 0 && !factsOnly {
		guarded(c.check)() // facts say which loops it reports
	} else {
		scope.Of(pass).Findings(guarded(c.check))
	}
	return nil, nil
}

// check makes all checks: first of what blocks on a channel, then of tickers. Where
// both they and the checks of loops find something, they say more.
func (c *checker) check() {
	pkg := c.pkg
	for _, ch := range pkg.Channels() {
		c.report.Guard(ch.Makes[0].Pos(), func() { c.checkChannel(ch) })
	}
	for _, ch := range pkg.Unmade() {
		c.report.Guard(ch.Ops[0].Pos(), func() { c.checkUnmade(ch) })
	}
	for _, fn := range pkg.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() {
			c.checkNil(nilSends(fn))
			c.checkProducer(fn)
			c.checkImported(fn)
			c.checkPipes(fn)
		})
	}
	for _, fn := range pkg.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkTimers(fn) })
	}
	for _, s := range pkg.Spawns() {
		c.report.Guard(s.Site.Pos(), func() {
			c.checkSpawn(s)
			c.checkDones(s)
		})
	}
	for _, fn := range pkg.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkLoops(fn) })
	}
	for _, ch := range pkg.Channels() {
		c.report.Guard(ch.Makes[0].Pos(), func() { c.checkLeft(ch) })
	}
	for _, fn := range pkg.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkWaits(fn) })
	}
	for _, ch := range pkg.Channels() {
		c.report.Guard(ch.Makes[0].Pos(), func() { c.checkLocked(ch) })
	}
	c.checkGroups()
}

// checkChannel reports what blocks forever on the channels of one class.
func (c *checker) checkChannel(ch *concurrency.Channel) {
	for _, made := range ch.Makes {
		if c.checkOwn(made) {
			continue // nothing comes after it
		}
		c.checkSends(made)
		c.checkWorkers(made)
		c.checkCarried(made)
	}
	if ch.Visible() && ch.Local && len(ch.Makes) == 1 {
		c.checkReceives(ch)
	}
	c.checkNobody(ch)
}

// checkSpawn reports a goroutine that nothing can end.
func (c *checker) checkSpawn(s concurrency.Spawn) {
	switch {
	case ssax.InstrInTest(s.Site):
		c.silent("", s.Site, inTest)
		return
	case c.pkg.LivesOn(s.Site):
		c.silent("", s.Site, longLived)
		return
	}
	c.checkUnstoppable(s)
	c.checkServe(s)
}

// found reports d, of which every step is proved, unless something is reported at the
// position already: the first category that sees a fault names it best.
func (c *checker) found(d analysis.Diagnostic) { c.foundWith(catalog.High, d) }

// foundWith is found for a diagnostic of the given confidence.
func (c *checker) foundWith(confidence catalog.Confidence, d analysis.Diagnostic) {
	c.foundOnce(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// foundUnder is foundWith for a diagnostic that assumes that end, which is at hand in fn,
// comes some time.
func (c *checker) foundUnder(end *concurrency.Ending, fn *ssa.Function, confidence catalog.Confidence, d analysis.Diagnostic) {
	found := diag.Finding{Diagnostic: d, Confidence: confidence}
	if p := parameterOf(fn, declared(end)); p != nil {
		found.AssumesCaller = athand.Arriving(p)
	}
	c.foundOnce(found)
}

// foundOnce reports a finding where no other is.
func (c *checker) foundOnce(f diag.Finding) {
	if f.Pos.IsValid() && !c.seen[f.Pos] {
		c.seen[f.Pos] = true
		c.report.ReportFinding(f)
	}
}
