package cancelleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds cancel functions that are lost on some path.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer with other defaults of its flags than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      "cancelleak",
		Doc:       Documentation.Text,
		URL:       diag.URL("cancelleak"),
		Requires:  []*analysis.Analyzer{suppress.Analyzer, scope.Analyzer, noreturn.Analyzer, ssabuild.Analyzer, syntax.Analyzer},
		FactTypes: []analysis.Fact{new(funcFact), new(typeFact)},
	}
	wanted := catalog.Bind(&a.Flags, a.Name, Categories, o.Selection)
	a.Run = func(pass *analysis.Pass) (any, error) { return run(pass, wanted) }
	return a
}

// checker is the state of one pass.
type checker struct {
	pass     *analysis.Pass
	report   *diag.Reporter
	builder  *ssabuild.Builder
	never    *noreturn.Result
	summary  *summaries
	fields   *readIndex
	syntax   syntaxIndex
	claims   []claim            // names that the fixes offered so far declare
	protocol *mustcall.Protocol // of cancel functions
	groups   *mustcall.Protocol // of errgroup.Group
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
		fields:  &readIndex{pass: pass},
		syntax:  syntaxIndex{pass.ResultOf[syntax.Analyzer].(*syntax.Index)},
	}
	c.protocol = &mustcall.Protocol{Effect: c.effect, DeadStore: c.deadStore, Ends: noreturn.Ends}
	c.groups = &mustcall.Protocol{Effect: groupEffect, Ends: noreturn.Ends}
	c.summary = newSummaries(c)
	c.summary.exportFacts()

	if pass.ResultOf[scope.Analyzer].(*scope.Mode).FactsOnly || !c.hasSites() {
		return nil, nil
	}
	for _, fn := range c.builder.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { c.checkFunc(fn) })
	}
	return nil, nil
}

// mentions reports whether the package can have to do with cancel functions at
// all: it imports a package that makes them, or one about which there are facts.
func mentions(pass *analysis.Pass) bool {
	for _, p := range pass.Pkg.Imports() {
		switch p.Path() {
		case "context", "os/signal", "golang.org/x/sync/errgroup":
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

// checkStatement reports a go or defer statement whose call makes an obligation:
// its results are dropped. "defer begin(ctx)" wants to be "defer begin(ctx)()".
func (c *checker) checkStatement(instr ssa.CallInstruction) {
	callee := ssax.Callee(instr.Common())
	results := instr.Common().Signature().Results()
	for i := range results.Len() {
		if !c.isObligation(callee, i, results.At(i).Type()) {
			continue
		}
		s := &site{kind: cancelFunc, maker: "a function value"}
		if callee != nil {
			s.maker = ssax.FuncName(callee, c.pass.Pkg)
		}
		c.report.Report(analysis.Diagnostic{
			Pos:      instr.Pos(),
			End:      instr.Pos() + token.Pos(len("go")),
			Category: discarded,
			Message:  fmt.Sprintf("%s is discarded, %s; a go or defer statement drops the results of its call", s.noun(), s.harm()),
		})
	}
}

// checkSite reports at most one diagnostic about how the obligation is met, and
// those about when.
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
	case s.kind != group:
		// A group whose Wait is skipped on an early return holds nothing but a
		// context that its parent still ends; only one without any is reported.
		if c.checkPaths(s, flow) {
			c.checkLoop(s, flow)
			c.checkEarly(s, flow)
		}
	}
}

// checkPaths reports the paths on which an obligation that is met on others is
// lost. It reports whether there are none.
func (c *checker) checkPaths(s *site, flow *mustcall.Flow) bool {
	if c.boundedByParent(s) || c.dependsOnArguments(s) {
		return true
	}
	leaks, ok := flow.Leaks()
	if ssax.IsMain(s.fn()) {
		leaks = slices.DeleteFunc(leaks, func(l mustcall.Leak) bool { return l.Kind == mustcall.AtExit })
	}
	leaks = slices.DeleteFunc(leaks, func(l mustcall.Leak) bool { return l.Kind == mustcall.Overwritten && replaces(l.At.(*ssa.Call), s) })
	if !ok || len(leaks) == 0 {
		return true
	}
	c.reportPaths(s, flow, leaks)
	return false
}

// boundedByParent reports whether the site's context ends with one that the same
// function makes and cancels by defer, so that nothing outlives the function.
func (c *checker) boundedByParent(s *site) bool {
	for _, p := range s.Parents {
		ext, ok := p.(*ssa.Extract)
		if !ok || ext.Index != 0 {
			continue
		}
		call, ok := ext.Tuple.(*ssa.Call)
		if !ok || call.Parent() != s.fn() {
			continue
		}
		for _, parent := range c.sites(call) {
			if parent.Value == nil || parent.kind == group {
				continue
			}
			for _, instr := range mustcall.Follow(c.protocol, &parent.Obligation).Uses.Released {
				if d, ok := instr.(*ssa.Defer); ok && d.Block().Dominates(s.Site.Block()) {
					return true
				}
			}
		}
	}
	return false
}

// effect is the Protocol.Effect of cancel functions.
func (c *checker) effect(call *ssa.CallCommon, v ssa.Value) mustcall.Effect {
	if call.Value == v && !call.IsInvoke() {
		return mustcall.Releases
	}
	if call.IsInvoke() {
		return mustcall.Escapes
	}
	callee := call.StaticCallee()
	if callee == nil {
		return mustcall.Escapes
	}
	// The receiver, if any, comes first, also of a method expression's wrapper.
	shift := 0
	if fn, ok := callee.Object().(*types.Func); ok {
		shift = len(call.Args) - fn.Signature().Params().Len()
	}
	for i, arg := range call.Args {
		if arg == v && !c.ignores(callee, i-shift, i) {
			return mustcall.Escapes
		}
	}
	return mustcall.Ignores
}

// ignores reports whether callee does nothing with its parameter: number param
// of its signature, number arg of its SSA form (where the receiver counts).
func (c *checker) ignores(callee *ssa.Function, param, arg int) bool {
	if fn, ok := callee.Object().(*types.Func); ok {
		return param >= 0 && c.summary.ignores(fn.Origin(), param)
	}
	// A literal that is called or started on the spot.
	if len(callee.Blocks) == 0 || arg >= len(callee.Params) {
		return false
	}
	return c.summary.ignoresLiteral(callee.Params[arg])
}

// groupEffect is the Protocol.Effect of errgroup.Group.
func groupEffect(call *ssa.CallCommon, v ssa.Value) mustcall.Effect {
	if callee := call.StaticCallee(); callee != nil && len(call.Args) > 0 && call.Args[0] == v {
		fn, _ := callee.Object().(*types.Func)
		switch {
		case ctxlib.IsMethod(fn, errgroupPath, "Group", "Wait"):
			return mustcall.Releases
		case ctxlib.IsMethod(fn, errgroupPath, "Group", "Go", "TryGo", "SetLimit"):
			return mustcall.Ignores
		}
	}
	return mustcall.Escapes
}

const errgroupPath = "golang.org/x/sync/errgroup"
