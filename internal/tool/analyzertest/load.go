package analyzertest

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// A Module is a module of fixtures. It is loaded once for all tests of a
// binary: they spend most of their time in parsing and type-checking libraries.
type Module struct {
	where    func(testing.TB) string
	patterns []string

	once sync.Once
	dir  string // absolute, without symbolic links
	err  error
	pkgs []*packages.Package
}

// NewModule returns the module in the directory that where returns, such as
// testenv.Fixtures. The patterns are those of go list for all its packages that any
// test needs.
func NewModule(where func(testing.TB) string, patterns ...string) *Module {
	return &Module{where: where, patterns: patterns}
}

// TestData returns the module in the directory testdata of the package under test.
func TestData(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func (m *Module) load(t testing.TB) {
	t.Helper()
	m.once.Do(func() {
		// What is loaded stays until the test ends: to look for garbage in it as often
		// as usual takes a quarter of the time.
		debug.SetGCPercent(300)
		m.dir = m.where(t)
		if m.dir, m.err = filepath.EvalSymlinks(m.dir); m.err != nil {
			return
		}
		m.pkgs, m.err = packages.Load(&packages.Config{
			Mode:  packages.LoadAllSyntax | packages.NeedModule | packages.NeedForTest,
			Dir:   m.dir,
			Tests: true,
			Env:   append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOWORK=off"),
		}, m.patterns...)
		m.pkgs = Variants(m.pkgs)
	})
	if m.err != nil || len(m.pkgs) == 0 {
		t.Fatalf("%q of module %s do not load: %v", m.patterns, m.dir, m.err)
	}
}

// Variants returns the packages as go vet analyses them: together with their
// own tests, if they have any, and without the programs that run the tests.
func Variants(pkgs []*packages.Package) []*packages.Package {
	tested := make(map[string]bool)
	for _, p := range pkgs {
		if p.ForTest == p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(pkgs, func(p *packages.Package) bool {
		generated := p.Name == "main" && strings.HasSuffix(p.PkgPath, ".test")
		return generated || p.ForTest == "" && tested[p.PkgPath]
	})
}

// Analyze applies analyzers to the packages in the given directories, as in [Test],
// and to all that they import. An error of any of them fails the test.
func (m *Module) Analyze(t testing.TB, suite []*analysis.Analyzer, dirs ...string) *checker.Graph {
	t.Helper()
	m.load(t)
	return analyze(t, suite, m.packages(t, Test{Packages: dirs}))
}

// packages returns the packages that a test is about.
func (m *Module) packages(t testing.TB, test Test) []*packages.Package {
	t.Helper()
	var in []*packages.Package
	for _, p := range m.pkgs {
		if dir := m.short(p.Dir); matchAny(test.Packages, dir) && !matchAny(test.Except, dir) {
			in = append(in, p)
		}
	}
	if len(in) == 0 {
		t.Fatalf("no package of %s is in %q", m.dir, test.Packages)
	}
	return in
}

func analyze(t testing.TB, suite []*analysis.Analyzer, pkgs []*packages.Package) *checker.Graph {
	t.Helper()
	for _, p := range pkgs {
		for _, err := range p.Errors {
			t.Errorf("%s does not compile: %v", p.ID, err)
		}
	}
	graph, err := checker.Analyze(suite, pkgs, &checker.Options{SanityCheck: true})
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

// WithFlags sets flags of an analyzer, which should be one that nobody else uses,
// and returns it.
func WithFlags(t testing.TB, a *analysis.Analyzer, flags map[string]string) *analysis.Analyzer {
	t.Helper()
	for name, value := range flags {
		if err := a.Flags.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return a
}
