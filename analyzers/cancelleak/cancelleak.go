package cancelleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/failing"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds cancel functions that are lost on some path.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("cancelleak", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, ctxuse.Analyzer, noreturn.Analyzer, ssabuild.Analyzer, syntax.Analyzer, inview.Analyzer, failing.Analyzer)
	a.FactTypes = []analysis.Fact{new(funcFact)}
	return a
}

// checker is the state of one pass.
type checker struct {
	pass     *analysis.Pass
	report   *diag.Reporter
	builder  *ssabuild.Builder
	never    *noreturn.Result
	summary  *summaries
	lives    *fixpoint.Solver[source, life]
	uses     *ctxuse.Result
	view     *inview.View
	reads    *readVars
	renewed  *renewals // nil until needed
	syntax   syntaxIndex
	claims   []claim            // names that the fixes offered so far declare
	protocol *mustcall.Protocol // of cancel functions
	groups   *mustcall.Protocol // of errgroup.Group
	made     map[*ssa.Call][]*site
	defers   map[*ssa.Call][]*ssa.Defer // that release what the call makes
	leaving  leaving
	after    failures.Index // what the package does after calls; nil until needed
	assigns  struct {
		fn    *ssa.Function
		calls map[*types.Var][]*ssa.Call
	}
	bounds struct {
		fn   *ssa.Function
		tree *boundTree
	}
}

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	if !mentions(pass) {
		return nil, nil
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		never:   pass.ResultOf[noreturn.Analyzer].(*noreturn.Result),
		uses:    pass.ResultOf[ctxuse.Analyzer].(*ctxuse.Result),
		view:    inview.Of(pass),
		reads:   &readVars{pass: pass},
		syntax:  syntaxIndex{pass.ResultOf[syntax.Analyzer].(*syntax.Index)},
		made:    make(map[*ssa.Call][]*site),
		defers:  make(map[*ssa.Call][]*ssa.Defer),
	}
	c.protocol = &mustcall.Protocol{Effect: c.effect, DeadStore: c.deadStore, Ends: noreturn.Ends, RunsNow: runsNow}
	c.groups = &mustcall.Protocol{Effect: groupEffect, Ends: noreturn.Ends}
	c.summary = newSummaries(c)
	c.lives = c.newLives()
	c.summary.exportFacts()
	scope.Of(pass).Findings(func() {
		if !c.hasSites() {
			return
		}
		for _, fn := range c.builder.SSA().Funcs {
			c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
		}
	})
	return nil, nil
}

// mentions reports whether the package can have anything to do with cancel
// functions: it imports a package that makes them, or contexts that end, or there are facts about one
// that it imports.
func mentions(pass *analysis.Pass) bool {
	for _, p := range pass.Pkg.Imports() {
		switch p.Path() {
		case "context", "net/http", "os/signal", "golang.org/x/sync/errgroup":
			return true
		}
	}
	return len(pass.AllObjectFacts()) > 0
}

// checkFunc reports what fn, a function, a literal or the body of a range over a
// function, does wrong with the obligations that it makes.
func (c *checker) checkFunc(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				for _, s := range c.sites(instr) {
					c.checkSite(s)
				}
			case *ssa.Defer, *ssa.Go:
				c.checkStatement(instr.(ssa.CallInstruction))
			}
		}
	}
}

// checkSite reports at most one diagnostic about whether the obligation is met, and
// those about when it is met.
func (c *checker) checkSite(s *site) {
	if s.Value == nil {
		c.reportDiscarded(s)
		return
	}
	protocol := c.protocol
	if s.kind == group {
		protocol = c.groups
	}
	flow := mustcall.Follow(protocol, &s.Obligation)
	switch uses := &flow.Uses; {
	case uses.Lost() && len(uses.Ignored) > 0:
		if s.kind == group {
			c.reportDiscarded(s) // g.Go and the like, but no Wait
		} else {
			c.reportIgnored(s, uses.Ignored)
		}
	case uses.Lost() && len(uses.Dead) > 0:
		c.reportDead(s, uses.Dead)
	case uses.Lost() && len(uses.Idle) > 0:
		c.reportIdle(s, uses.Idle)
	case uses.Lost():
		c.reportDiscarded(s)
	case s.kind == group:
		c.silent(s, waitedFor)
		c.checkEarly(s, flow)
	default:
		// A group whose Wait is skipped on an early return holds nothing but a
		// context that its parent still ends; only one without any is reported.
		if c.checkPaths(s, flow) && c.checkConditional(s, flow) {
			c.checkLoop(s, flow)
			c.checkEarly(s, flow)
		}
	}
}
