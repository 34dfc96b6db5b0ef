package regtest_test

import (
	"go/types"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

// TestNogo checks that the findings are the same in a driver that gives the
// analyzers no more than Bazel's nogo does: no facts about the standard
// library, which it does not analyse, no module, and no way to read a file.
func TestNogo(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, twice")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) { testNogo(t, m.load(t), m.findings(t)) })
	t.Run("modules", func(t *testing.T) {
		pkgs := load(t, drivertest.Extract(t, filepath.Join("testdata", "modules.txtar")))
		testNogo(t, pkgs, check(t, pkgs, suite()))
	})
}

// testNogo compares what is found in the way of nogo with what other drivers
// find.
func testNogo(t *testing.T, pkgs []*packages.Package, want []drivertest.Finding) {
	driver := newNogo(pkgs)
	got := check(t, pkgs, driver.restrictAll(suite()))
	if diff := cmp.Diff(drivertest.Lines(want), drivertest.Lines(got)); diff != "" {
		t.Errorf("-with all that a driver can give +like nogo:\n%s", diff)
	}
	if driver.withheld.Load() == 0 {
		t.Error("no analyzer has facts about the standard library: nothing was withheld")
	}
}

// A nogo restricts what analyzers see of their passes.
type nogo struct {
	std      map[*types.Package]bool
	copies   map[*analysis.Analyzer]*analysis.Analyzer
	withheld atomic.Int32 // facts about the standard library
}

func newNogo(pkgs []*packages.Package) *nogo {
	n := &nogo{std: make(map[*types.Package]bool), copies: make(map[*analysis.Analyzer]*analysis.Analyzer)}
	packages.Visit(pkgs, nil, func(p *packages.Package) { n.std[p.Types] = p.Module == nil })
	return n
}

// restrictAll returns copies of the analyzers for use with x/tools' checker.
func (n *nogo) restrictAll(suite []*analysis.Analyzer) []*analysis.Analyzer {
	var copies []*analysis.Analyzer
	for _, a := range suite {
		copies = append(copies, n.restrict(a))
	}
	return copies
}

func (n *nogo) restrict(a *analysis.Analyzer) *analysis.Analyzer {
	if n.copies[a] == nil {
		c := *a
		c.Requires = n.restrictAll(a.Requires)
		c.Run = func(pass *analysis.Pass) (any, error) { return a.Run(n.pass(a, pass)) }
		n.copies[a] = &c
	}
	return n.copies[a]
}

// pass returns the part of full, the pass of a's copy, that a gets to see.
func (n *nogo) pass(a *analysis.Analyzer, full *analysis.Pass) *analysis.Pass {
	pass := *full
	pass.Analyzer = a
	pass.Module, pass.ReadFile = nil, nil
	pass.OtherFiles, pass.IgnoredFiles, pass.TypeErrors = nil, nil, nil
	pass.ResultOf = make(map[*analysis.Analyzer]any)
	for i, req := range a.Requires {
		pass.ResultOf[req] = full.ResultOf[full.Analyzer.Requires[i]]
	}
	if n.std[pass.Pkg] {
		pass.ExportObjectFact = func(types.Object, analysis.Fact) { n.withheld.Add(1) }
		pass.ExportPackageFact = func(analysis.Fact) { n.withheld.Add(1) }
	}
	return &pass
}
