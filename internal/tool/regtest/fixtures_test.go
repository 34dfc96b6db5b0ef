package regtest_test

import (
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// A fixtureModule is a module of fixtures, loaded and analysed once for all tests.
type fixtureModule struct {
	name    string
	where   func(testing.TB) string
	atLeast int  // findings
	many    bool // it imports so many libraries that to compile them takes minutes

	loading sync.Once
	pkgs    []*packages.Package

	analysing sync.Once
	graph     *checker.Graph
	orders    []*order
	forms     map[*packages.Package]*form
}

var modules = []*fixtureModule{
	{name: "fixtures", where: testenv.Fixtures, atLeast: 300},
	{name: "metrics", where: testenv.MetricFixtures, atLeast: 100, many: true},
}

// suite returns the analyzers, which are asked for findings of every confidence. It is
// the same ones that each call returns.
var suite = sync.OnceValue(func() []*analysis.Analyzer { return suiteFor(catalog.Least) })

// suiteFor makes the analyzers, which are asked for findings of a confidence and above.
func suiteFor(least catalog.Confidence) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for _, e := range slices.Concat(analyzers.Suite(), staticcheck.Suite()) {
		a := e.New()
		if err := a.Flags.Set(catalog.ConfidenceFlag, least.String()); err != nil {
			panic(err)
		}
		all = append(all, a)
	}
	return all
}

// everyConfidence is the flag with which the command and go vet do the same.
const everyConfidence = "-confidence=low"

// eachModule runs a test for each module of fixtures.
func eachModule(t *testing.T, f func(*testing.T, *fixtureModule)) {
	t.Helper()
	for _, m := range modules {
		t.Run(m.name, func(t *testing.T) { f(t, m) })
	}
}

// compiled skips a test for which the go command has to compile all that the module
// imports, unless the environment asks for the tests that build much.
func (m *fixtureModule) compiled(t *testing.T) {
	t.Helper()
	if m.many {
		testenv.EndToEnd(t, "all libraries for metrics")
	}
}

// dir returns the directory of the module, without symbolic links.
func (m *fixtureModule) dir(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(m.where(t))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// load returns the packages of the module.
func (m *fixtureModule) load(t *testing.T) []*packages.Package {
	t.Helper()
	m.loading.Do(func() { m.pkgs = load(t, m.dir(t)) })
	if m.pkgs == nil {
		t.Fatalf("the %s could not be loaded", m.name)
	}
	return m.pkgs
}

// analyze returns the results of the suite for the module, and for the module
// in other orders. Everything is analysed together, because most of the time
// goes into the libraries.
func (m *fixtureModule) analyze(t *testing.T) *checker.Graph {
	t.Helper()
	pkgs := m.load(t)
	m.analysing.Do(func() {
		m.orders = []*order{backwards(m), shuffled(m, 1)}
		all := pkgs
		for _, o := range m.orders {
			all = append(o.permute(t, pkgs), all...)
		}
		m.graph = run(t, all, append(suite(), ssabuild.Analyzer, untouched))
		m.forms = forms(m.graph, pkgs)
	})
	if m.graph == nil {
		t.Fatalf("the %s could not be analysed", m.name)
	}
	return m.graph
}

// findings returns what the suite finds in the module.
func (m *fixtureModule) findings(t *testing.T) []drivertest.Finding {
	t.Helper()
	return findings(t, m.analyze(t), m.pkgs)
}

// load returns the packages of the module in dir, each as go vet analyses it.
func load(t *testing.T, dir string, patterns ...string) []*packages.Package {
	t.Helper()
	if patterns == nil {
		patterns = []string{"./..."}
	}
	cfg := &packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule | packages.NeedForTest, Dir: dir, Tests: true}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatalf("the packages in %s do not compile", dir)
	}
	return analyzertest.Variants(pkgs)
}

// check runs analyzers over the packages and, for facts, over everything that
// they import, and returns what is found in the packages.
func check(t *testing.T, pkgs []*packages.Package, suite []*analysis.Analyzer) []drivertest.Finding {
	t.Helper()
	return findings(t, run(t, pkgs, suite), pkgs)
}

func run(t *testing.T, pkgs []*packages.Package, suite []*analysis.Analyzer) *checker.Graph {
	t.Helper()
	// The checker keeps the results of roots only.
	graph, err := checker.Analyze(analyzertest.ForOwn(append(slices.Clone(suite), suppress.Analyzer)), pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
	}
	return graph
}

// findings returns what is found in some of the packages of a graph.
func findings(t *testing.T, graph *checker.Graph, pkgs []*packages.Package) []drivertest.Finding {
	t.Helper()
	in := make(map[*packages.Package]bool)
	for _, p := range pkgs {
		in[p] = true
	}
	var all []drivertest.Finding
	for _, act := range graph.Roots {
		if !in[act.Package] {
			continue
		}
		for _, d := range act.Diagnostics {
			f := drivertest.Finding{Analyzer: act.Analyzer.Name, Category: d.Category, Message: d.Message}
			all = append(all, f.At(t, act.Package.Fset.Position(d.Pos).String()))
		}
	}
	drivertest.NoneInternal(t, all)
	return all
}
