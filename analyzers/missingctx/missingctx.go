package missingctx

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/arriving"
	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/designs"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/engine/prescribed"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Analyzer finds waits that the end of the context at hand does not reach.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories

	// Counterparts are further functions that wait: a comma-separated list of
	// pkg.Func=Other and pkg.Type.Method=Other. Other, of the same package or type,
	// takes a context and then the same parameters.
	Counterparts string
	// Except has functions that are never reported: pkg.Func and pkg.Type.Method,
	// separated by commas.
	Except string
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("missingctx", Documentation.Text, Categories, o.Selection, func(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
		return run(pass, &o, wanted)
	})
	a.Requires = append(a.Requires, ssabuild.Analyzer, ctxuse.Analyzer, ctxlife.Analyzer, concurrency.Analyzer, inview.Analyzer, arriving.Analyzer)
	a.FactTypes = []analysis.Fact{new(chainFact)}
	a.Flags.StringVar(&o.Counterparts, "counterparts", o.Counterparts, "comma-separated further functions that wait, each `pkg.Func=Other` where Other takes a context and then the same")
	a.Flags.StringVar(&o.Except, "except", o.Except, "comma-separated functions that are never reported, each `pkg.Func` or pkg.Type.Method")
	return a
}

// checker is the state of one pass.
type checker struct {
	pass       *analysis.Pass
	report     *diag.Reporter
	builder    *ssabuild.Builder
	pkg        *concurrency.Package
	atHand     *athand.Finder
	purposes   *purpose.Finder
	prescribed *prescribed.Finder
	uses       *ctxuse.Result
	forms      *counterparts

	pauses  map[*ssa.Function][]*pause
	chains  *fixpoint.Solver[*ssa.Function, *chainFact] // nil where there is none
	reach   map[*types.Func]bool                        // nil before it is asked for
	sends   *fixpoint.Solver[*ssa.Parameter, bool]      // whether a request is sent as it comes
	designs *designs.Finder
	places  *callpath.Places
}

func run(pass *analysis.Pass, o *Options, wanted *catalog.Set) (any, error) {
	forms, err := newCounterparts(pass, o)
	if err != nil {
		return nil, err
	}
	if scope.IsThirdParty(pass) || scope.IsStandard(pass) {
		// The user cannot change other modules, and the standard library is what
		// implements both forms.
		return nil, nil
	}
	if scope.SupportsTests(pass) || !forms.mentioned() {
		return nil, nil
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		pkg:     pass.ResultOf[concurrency.Analyzer].(*concurrency.Package),
		uses:    pass.ResultOf[ctxuse.Analyzer].(*ctxuse.Result),
		forms:   forms,
		pauses:  make(map[*ssa.Function][]*pause),
		places:  callpath.NewPlaces(pass),
	}
	forms.uses = c.uses
	unlock := c.pkg.Lock()
	c.atHand = athand.New(pass, c.builder, pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result), nil)
	c.purposes = purpose.New(c.builder, c.atHand)
	c.prescribed = prescribed.New(pass, c.builder)
	c.designs = designs.New(designs.Question{Pkg: pass.Pkg, Funcs: c.builder.SSA().Funcs, Waits: c.waitsItself, Place: c.places.Of})
	c.chains = c.newChains()
	c.sends = fixpoint.NewBool(false, false, c.sendsParameter)
	c.exportFacts()
	unlock()
	scope.Of(pass).Findings(func() {
		defer c.pkg.Lock()()
		c.check()
	})
	return nil, nil
}

// parseList splits a list at commas, and each entry at the equals sign, if it needs
// one.
func parseList(flag, s string, pairs bool) (map[string]string, error) {
	out := make(map[string]string)
	for entry := range strings.SplitSeq(s, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		name, other, ok := strings.Cut(entry, "=")
		if ok != pairs || !strings.Contains(name, ".") || pairs && !token.IsIdentifier(other) {
			form := "pkg.Func or pkg.Type.Method"
			if pairs {
				form = "pkg.Func=Other or pkg.Type.Method=Other"
			}
			return nil, fmt.Errorf("%s: %q is not of the form %s", flag, entry, form)
		}
		out[name] = other
	}
	return out, nil
}

// function returns the function or method that obj is, in its general form.
func function(obj types.Object) *types.Func {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return nil
}
