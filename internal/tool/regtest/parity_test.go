package regtest_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestParity wants every driver to find the same in the fixtures, and in a
// module whose findings rest on facts about its own packages and others'.
func TestParity(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, three times")
	}
	t.Run("fixtures", func(t *testing.T) {
		findings := testParity(t, fixturesDir(t), loadFixtures(t))
		if len(findings) < 300 {
			t.Errorf("only %d findings: too few to compare", len(findings))
		}
	})
	t.Run("modules", func(t *testing.T) {
		dir := drivertest.Extract(t, filepath.Join("testdata", "modules.txtar"))
		findings := testParity(t, dir, load(t, dir))
		funcs := make(map[string]bool)
		for _, f := range findings {
			funcs[f.Func] = true
		}
		want := []string{
			"TestExternal", "TestFound", "found", "foundFurther", "foundGeneric", "foundMethod", "foundOwn",
			"ignored", "ignoredFurther", "ignoredOwn",
		}
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(funcs))); diff != "" {
			t.Errorf("functions with findings (-want +got):\n%s", diff)
		}
	})
}

// testParity compares what the drivers find in the module in dir, of which pkgs
// are the packages, and returns what ctxlint by itself finds.
//
// There is no exception: suppressed findings, those in generated files, and
// those in files that cgo translates are the analyzers' business, and the same
// everywhere.
func testParity(t *testing.T, dir string, pkgs []*packages.Package) []drivertest.Finding {
	byLint := drivertest.Lint(t, tool, dir, "./...")
	want := drivertest.Lines(byLint)
	if diff := cmp.Diff(want, drivertest.Lines(drivertest.Vet(t, tool, dir, "./..."))); diff != "" {
		t.Errorf("-ctxlint +go vet -vettool=ctxlint:\n%s", diff)
	}
	if diff := cmp.Diff(want, drivertest.Lines(check(t, pkgs, analyzers.All()))); diff != "" {
		t.Errorf("-ctxlint +x/tools' checker:\n%s", diff)
	}
	return byLint
}

// check runs the analyzers over the packages, and over all that these import
// for facts, and returns what is found in the packages.
func check(t *testing.T, pkgs []*packages.Package, suite []*analysis.Analyzer) []drivertest.Finding {
	t.Helper()
	graph, err := checker.Analyze(suite, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	var all []drivertest.Finding
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			f := drivertest.Finding{Analyzer: act.Analyzer.Name, Category: d.Category, Message: d.Message}
			all = append(all, f.At(t, act.Package.Fset.Position(d.Pos).String()))
		}
	}
	drivertest.NoneInternal(t, all)
	return all
}

// load returns the packages of the module in dir, each as go vet analyses it:
// together with its own tests if it has any.
func load(t *testing.T, dir string) []*packages.Package {
	t.Helper()
	cfg := &packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule | packages.NeedForTest, Dir: dir, Tests: true}
	pkgs, err := packages.Load(cfg, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatalf("the packages in %s do not compile", dir)
	}
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

var fixtures struct {
	sync.Once
	pkgs []*packages.Package
}

// loadFixtures returns the packages of the fixtures, loaded once.
func loadFixtures(t *testing.T) []*packages.Package {
	t.Helper()
	fixtures.Do(func() { fixtures.pkgs = load(t, fixturesDir(t)) })
	if fixtures.pkgs == nil {
		t.Fatal("the fixtures could not be loaded")
	}
	return fixtures.pkgs
}

// fixturesDir returns the directory of the fixtures, without symbolic links.
func fixturesDir(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(testenv.Fixtures(t))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
