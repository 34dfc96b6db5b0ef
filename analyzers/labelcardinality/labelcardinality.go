package labelcardinality

import (
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/taint"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/sinks"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds labels of metrics whose values are unbounded.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories

	// Sinks are parameters that become labels: a comma-separated list of
	// pkg.Type.Method:argN or pkg.Func:argN.
	Sinks string
	// Sources are functions whose results are unbounded, and Sanitizers those whose
	// results are bounded: comma-separated lists of pkg.Type.Method or pkg.Func.
	Sources, Sanitizers string
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("labelcardinality", Documentation.Text, Categories, o.Selection, func(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
		return run(pass, &o, wanted)
	})
	a.Requires = append(a.Requires, ssabuild.Analyzer, syntax.Analyzer, vectors.Analyzer)
	a.ResultType = reflect.TypeFor[*Labels]()
	a.FactTypes = []analysis.Fact{new(sinkFact), new(resultFact), new(tidyFact)}
	a.Flags.StringVar(&o.Sinks, "sinks", o.Sinks, "comma-separated `parameters` that become labels, such as example.com/stats.Client.Count:arg1")
	a.Flags.StringVar(&o.Sources, "sources", o.Sources, "comma-separated `functions` whose results have no bound, such as example.com/auth.User.Name")
	a.Flags.StringVar(&o.Sanitizers, "sanitizers", o.Sanitizers, "comma-separated `functions` whose results are bounded")
	return a
}

// checker is the state of one pass.
type checker struct {
	pass    *analysis.Pass
	report  *diag.Reporter
	quiet   bool // only facts are wanted
	extra   *extras
	syntax  syntaxIndex
	index   *taint.Index
	tracer  *taint.Tracer
	namer   *taint.Tracer // takes what is named like an identifier for one; nil if that is not wanted
	prober  *taint.Tracer // finds values of which nothing is known; nil if that is not wanted
	vectors *vectors.Resolver
	tidy    map[types.Object]bool // vectors some of whose series are deleted

	sinks    []sinks.Sink
	findings []*finding
	byGroup  map[group]*finding
	work     []use
	params   map[*ssa.Parameter][]reach
	order    []*ssa.Parameter  // the keys of params in the order in which they came
	whys     []decision.Reason // why the walks of the last trace have ended, if somebody asks
}

func run(pass *analysis.Pass, o *Options, wanted *catalog.Set) (any, error) {
	if metriclib.IsLibrary(pass.Pkg.Path()) {
		return new(Labels), nil // its own sinks are in the table
	}
	factsOnly := scope.Of(pass).FactsOnly
	if factsOnly && scope.IsStandard(pass) {
		return new(Labels), nil // facts about it are never relied on
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		quiet:   factsOnly,
		extra:   newExtras(o),
		syntax:  syntaxIndex{pass.ResultOf[syntax.Analyzer].(*syntax.Index)},
		vectors: pass.ResultOf[vectors.Analyzer].(*vectors.Resolver),
		params:  make(map[*ssa.Parameter][]reach),
		byGroup: make(map[group]*finding),
	}
	hasSinks, wrappers := c.mentions()
	if !hasSinks && len(wrappers) == 0 {
		return new(Labels), nil
	}
	s := pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).SSA()
	// A service never sees the values that tests store and pass.
	funcs := slices.DeleteFunc(slices.Clone(s.Funcs), ssax.InTest)
	plain := s.Index()
	if len(funcs) < len(s.Funcs) {
		plain = ssax.NewIndex(funcs)
	}
	c.index = taint.NewIndex(s.Pkg, funcs, plain)
	config := taint.Config{
		Summaries:  c.summaries,
		Sources:    c.extra.source,
		Sanitizers: c.extra.sanitizer,
		Text:       c.syntax.text,
	}
	c.tracer = taint.New(c.index, config)
	c.ask()
	if c.report.Enabled(string(metriclib.Strict)) {
		config.Strict = namedLikeID
		c.namer = taint.New(c.index, config)
		config.Strict, config.Unknown = nil, true
		c.prober = taint.New(c.index, config)
	}
	if hasSinks {
		c.tidy = deleting(funcs)
		c.exportTidy()
		for _, fn := range funcs {
			c.report.Guard(fn.Pos(), func() { c.collect(fn) })
		}
		for len(c.work) > 0 { // following one use may add others, of callers
			u := c.work[0]
			c.work = c.work[1:]
			c.report.Guard(u.call.Pos(), func() { c.follow(u) })
		}
		c.reportAll()
		if !c.quiet {
			c.checkViews()
		}
		c.exportSinks()
	}
	for _, fn := range funcs {
		if obj, ok := fn.Object().(*types.Func); ok && (hasSinks || wrappers[obj]) {
			c.report.Guard(fn.Pos(), func() { c.exportResults(fn, obj) })
		}
	}
	return &Labels{c.sinks}, nil
}

// mentions reports whether the package uses a sink or deletes series, and which of its functions
// read a source and may return it.
func (c *checker) mentions() (sinks bool, wrappers map[*types.Func]bool) {
	asked := make(map[types.Object]bool)
	sources := false
	for _, obj := range c.pass.TypesInfo.Uses {
		if asked[obj] {
			continue
		}
		asked[obj] = true
		switch obj := obj.(type) {
		case *types.Func:
			if c.isSink(obj.Origin()) || deletes(obj.Origin()) {
				return true, nil
			}
			if !sources {
				_, isSource := metriclib.SourceOf(obj.Origin())
				sources = isSource || c.pass.ImportObjectFact(obj.Origin(), new(resultFact))
			}
		case *types.Var:
			if leakyTag(obj) != "" {
				return true, nil
			}
			if obj.IsField() && obj.Pkg() != nil {
				switch obj.Pkg().Path() {
				case "net/http":
					sources = true
				case "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types":
					return true, nil
				}
			}
		}
	}
	if !sources || c.pass.Module != nil && c.pass.Module.Version != "" {
		return false, nil
	}
	return false, c.wrappers()
}

func (c *checker) isSink(fn *types.Func) bool {
	return len(metriclib.SinksOf(fn)) > 0 || len(c.extra.sinks) > 0 && c.extra.sinks[symbol(fn)] != nil || leaky(fn) != "" || c.pass.ImportObjectFact(fn, new(sinkFact))
}

// namedLikeID reports whether a variable is named like an identifier and has a
// type that can hold one.
func namedLikeID(name string, t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	if !ok || b.Info()&(types.IsString|types.IsInteger) == 0 || taint.IsEnum(t) {
		return false
	}
	return words.Identifies.Trails(name)
}
