package vettool

import (
	"fmt"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/sinks"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// results is what the analyzers of a unit produced.
type results struct {
	enabled  []*action       // in the order of the suite
	ignores  *suppress.Index // nil if no analyzer asked for it
	starts   []starts.Start  // how the unit starts commands
	keys     []keys.Use      // the keys of contexts that it sets
	arrivals []arrivals.Arrival
	failures []failures.Failure
	sinks    []sinks.Sink // where it sets labels

	decisions []decision.Decision // why analyzers say nothing
}

// An action is one analyzer applied to the unit.
type action struct {
	analyzer    *analysis.Analyzer
	once        sync.Once
	result      any
	diagnostics []analysis.Diagnostic
	err         error  // returned by the analyzer
	crash       string // what it, or an analyzer that it requires, panicked with
}

// execution is a unit's graph of actions.
type execution struct {
	cfg       config
	pkg       *loaded
	facts     *factSet
	factsOnly bool
	decisions *decision.Log // nil if nobody asks
	watch     *unit.Stopwatch
	actions   map[*analysis.Analyzer]*action
	running   chan struct{} // as many analyzers at a time as there are processors, as each holds on to what it has found
}

// execute runs the enabled analyzers and those that they require, in parallel.
// If findings are not wanted, it runs only those that facts depend on. It adds to
// decisions, if that is not nil, why they say nothing about a place.
func execute(cfg config, pkg *loaded, facts *factSet, enabled []*analysis.Analyzer, wanted bool, decisions *decision.Log, watch *unit.Stopwatch) *results {
	x := &execution{cfg, pkg, facts, !wanted, decisions, watch, make(map[*analysis.Analyzer]*action), make(chan struct{}, runtime.GOMAXPROCS(0))}
	if x.factsOnly {
		enabled = slices.DeleteFunc(slices.Clone(enabled), func(a *analysis.Analyzer) bool { return !usesFacts(a) })
	}
	x.declare(enabled)
	x.runAll(enabled)

	res := &results{}
	if act := x.actions[suppress.Analyzer]; act != nil {
		res.ignores, _ = act.result.(*suppress.Index)
	}
	for _, act := range x.actions {
		if t, ok := act.result.(starts.Teller); ok {
			res.starts = starts.Sorted(append(res.starts, t.Starts()...))
		}
		if t, ok := act.result.(keys.Teller); ok {
			res.keys = keys.Sorted(append(res.keys, t.Keys()...))
		}
		if t, ok := act.result.(arrivals.Teller); ok && wanted {
			res.arrivals = t.Arrivals() // there is one analyzer that knows
		}
		if t, ok := act.result.(failures.Teller); ok && wanted {
			res.failures = t.Failures() // there is one analyzer that knows
		}
		if t, ok := act.result.(sinks.Teller); ok {
			res.sinks = t.Sinks() // there is one analyzer that knows
		}
	}
	crashes := make(map[string]bool)
	for _, a := range enabled {
		act := x.actions[a]
		res.enabled = append(res.enabled, act)
		if act.crash != "" && !crashes[act.crash] {
			crashes[act.crash] = true
			act.diagnostics = append(act.diagnostics, analysis.Diagnostic{
				Pos:      pkg.files[0].Name.Pos(),
				End:      pkg.files[0].Name.End(),
				Category: diag.Internal,
				Message:  act.crash,
			})
		}
		act.resolveURLs()
	}
	res.decisions = decisions.All()
	return res
}

// usesFacts reports whether a, or an analyzer that it requires, has facts.
func usesFacts(a *analysis.Analyzer) bool {
	return len(a.FactTypes) > 0 || slices.ContainsFunc(a.Requires, usesFacts)
}

// declare makes the actions for the analyzers and for all that they require.
func (x *execution) declare(analyzers []*analysis.Analyzer) {
	for _, a := range analyzers {
		if x.actions[a] == nil {
			x.actions[a] = &action{analyzer: a}
			x.declare(a.Requires)
		}
	}
}

// runAll runs the analyzers that have not run and are not running, and waits
// for all.
func (x *execution) runAll(analyzers []*analysis.Analyzer) {
	var wg sync.WaitGroup
	for _, a := range analyzers {
		act := x.actions[a]
		wg.Go(func() { act.once.Do(func() { x.run(act) }) })
	}
	wg.Wait()
}

func (x *execution) run(act *action) {
	x.runAll(act.analyzer.Requires)
	resultOf := make(map[*analysis.Analyzer]any)
	var failed []string
	for _, req := range act.analyzer.Requires {
		switch dep := x.actions[req]; {
		case dep.crash != "":
			act.crash = dep.crash
			return
		case dep.err != nil:
			failed = append(failed, req.Name)
		default:
			resultOf[req] = dep.result
		}
	}
	if failed != nil {
		slices.Sort(failed)
		act.err = fmt.Errorf("failed prerequisites: %s", strings.Join(failed, ", "))
		return
	}
	// The analyzers themselves guard each function; this catches what they
	// miss.
	defer func() {
		if p := recover(); p != nil {
			act.crash = fmt.Sprintf("internal error in %s: %v (please report it)", act.analyzer.Name, p)
		}
	}()
	if act.analyzer == scope.Analyzer {
		act.result = &scope.Mode{FactsOnly: x.factsOnly, Decisions: x.decisions}
		return
	}
	x.running <- struct{}{}
	defer func() { <-x.running }()
	defer x.watch.Analyzer(act.analyzer.Name, time.Now())
	act.result, act.err = act.analyzer.Run(x.pass(act, resultOf))
}

// pass returns what the action's analyzer is given.
func (x *execution) pass(act *action, resultOf map[*analysis.Analyzer]any) *analysis.Pass {
	a := act.analyzer
	pass := &analysis.Pass{
		Analyzer:     a,
		Fset:         x.pkg.fset,
		Files:        x.pkg.files,
		OtherFiles:   x.cfg.NonGoFiles,
		IgnoredFiles: x.cfg.IgnoredFiles,
		Pkg:          x.pkg.types,
		TypesInfo:    x.pkg.info,
		TypesSizes:   x.pkg.sizes,
		Module:       passModule(x.cfg.Owner()),
		ResultOf:     resultOf,
		Report: func(d analysis.Diagnostic) {
			if err := checkFixes(x.pkg.fset, d.SuggestedFixes); err != nil {
				fmt.Fprintf(os.Stderr, "%s: fix of %q dropped: %v\n", a.Name, d.Message, err)
				d.SuggestedFixes = nil
			}
			act.diagnostics = append(act.diagnostics, d)
		},
		ImportObjectFact:  x.facts.importObject,
		ExportObjectFact:  x.facts.exportObject,
		ImportPackageFact: x.facts.importPackage,
		ExportPackageFact: x.facts.exportPackage,
		AllObjectFacts:    func() []analysis.ObjectFact { return x.facts.objectFacts(a.FactTypes) },
		AllPackageFacts:   func() []analysis.PackageFact { return x.facts.packageFacts(a.FactTypes) },
	}
	pass.ReadFile = func(name string) ([]byte, error) {
		if content, ok := x.pkg.content[name]; ok { // as it was parsed
			return slices.Clone(content), nil
		}
		if !slices.Contains(pass.OtherFiles, name) && !slices.Contains(pass.IgnoredFiles, name) {
			return nil, fmt.Errorf("Pass.ReadFile: %s is not a file of the package", name)
		}
		return os.ReadFile(name)
	}
	return pass
}

// passModule returns a module as passes have it.
func passModule(m *unit.Module) *analysis.Module {
	if m == nil {
		return nil
	}
	return &analysis.Module{
		Path:      m.Path,
		Version:   m.Version,
		Replace:   passModule(m.Replace),
		Time:      m.Time,
		Main:      m.Main,
		Indirect:  m.Indirect,
		Dir:       m.Dir,
		GoMod:     m.GoMod,
		GoVersion: m.GoVersion,
		Error:     (*analysis.ModuleError)(m.Error),
	}
}

// resolveURLs makes the address of each diagnostic's documentation absolute.
func (act *action) resolveURLs() {
	for i := range act.diagnostics {
		d := &act.diagnostics[i]
		u, err := resolveURL(act.analyzer, *d)
		if err != nil {
			act.err = err
			continue
		}
		d.URL = u
	}
}

// resolveURL returns the address of a diagnostic's documentation by the rule of
// [analysis.Diagnostic]: d.URL, or else the category as a fragment, relative to
// the analyzer's own address.
func resolveURL(a *analysis.Analyzer, d analysis.Diagnostic) (string, error) {
	ref := d.URL
	if ref == "" && d.Category != "" {
		ref = "#" + d.Category
	}
	if ref == "" && a.URL == "" {
		return "", nil
	}
	base, err := url.Parse(a.URL)
	if err != nil {
		return "", fmt.Errorf("%s: invalid Analyzer.URL: %v", a.Name, err)
	}
	u, err := base.Parse(ref)
	if err != nil {
		return "", fmt.Errorf("%s: invalid Diagnostic.URL: %v", a.Name, err)
	}
	return u.String(), nil
}
