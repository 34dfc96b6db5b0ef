package ctxreset_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers/ctxreset"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(wantedFacts{t}, testenv.Fixtures(t), ctxreset.Analyzer, "./ctxreset/fixes")
}

// TestNoFix wants diagnostics without a fix.
func TestNoFix(t *testing.T) {
	for _, r := range analysistest.Run(wantedFacts{t}, testenv.Fixtures(t), ctxreset.Analyzer, "./ctxreset/fixes/without") {
		for _, d := range r.Action.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				t.Errorf("%v: fix %q where none is right without thought", r.Action.Package.Fset.Position(d.Pos), fix.Message)
			}
		}
	}
}

// TestFixed wants the golden files to compile, and the analyzer to be content
// with them.
func TestFixed(t *testing.T) {
	dir := filepath.Join(testenv.Fixtures(t), "ctxreset", "fixes")
	goldens, err := filepath.Glob(filepath.Join(dir, "*.golden"))
	if err != nil || len(goldens) == 0 {
		t.Fatalf("no golden files in %s: %v", dir, err)
	}
	overlay := make(map[string][]byte)
	for _, golden := range goldens {
		data, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		overlay[golden[:len(golden)-len(".golden")]] = data
	}
	for _, act := range analyze(t, dir, overlay, ".").Roots {
		if act.Err != nil {
			t.Error(act.Err)
		}
		for _, d := range act.Diagnostics {
			t.Errorf("%v: still reported after the fix: %s", act.Package.Fset.Position(d.Pos), d.Message)
		}
		for _, err := range act.Package.Errors {
			t.Error(err)
		}
	}
}

// analyze runs the analyzer over packages that are loaded as a driver of the
// analysis framework does, type errors and all.
func analyze(t *testing.T, dir string, overlay map[string][]byte, patterns ...string) *checker.Graph {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Overlay: overlay}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{ctxreset.Analyzer}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	return graph
}
