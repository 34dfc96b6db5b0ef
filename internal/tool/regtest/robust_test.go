package regtest_test

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

// The packages of odd.txtar that do not compile, some because of another.
var broken = []string{"brokentest", "cycle1", "cycle2", "importer", "missing", "syntax", "twonames", "types"}

// TestOdd runs ctxlint over a module of which half does not compile and the
// rest is strange: what compiles is analysed, what does not is reported, and
// nothing panics.
func TestOdd(t *testing.T) {
	dir := drivertest.Extract(t, filepath.Join("testdata", "odd.txtar"))
	out := drivertest.Run(t, dir, tool, "-json", everyConfidence, "./...")
	if out.Code != 2 || strings.Contains(out.Stderr, "goroutine ") {
		t.Errorf("exit code %d, want 2\n%s", out.Code, out.Stderr)
	}
	report := drivertest.ReadReport(t, out)
	wrong := make(map[string]bool)
	for _, e := range report.Errors {
		wrong[path.Base(e.Package)] = true
	}
	if diff := cmp.Diff(broken, slices.Sorted(maps.Keys(wrong))); diff != "" {
		t.Errorf("packages with errors (-want +got):\n%s", diff)
	}
	found := make(map[string]bool)
	for _, f := range report.All(t, dir) {
		if strings.Contains(f.Func, "Found") {
			found[path.Base(f.Package)] = true
		}
	}
	want := []string{"brokentest", "good", "line", "odd", "onlytest"} // of what has a broken test, the rest
	if strings.TrimSpace(drivertest.Run(t, dir, "go", "env", "CGO_ENABLED").Stdout) == "1" {
		want = slices.Insert(want, 1, "cgo")
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(found))); diff != "" {
		t.Errorf("packages in which Found has a finding (-want +got):\n%s", diff)
	}
}

// TestOddInProcess runs the analyzers over the same packages in a driver that
// knows which do not compile, and silently leaves those out.
func TestOddInProcess(t *testing.T) {
	cfg := &packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: drivertest.Extract(t, filepath.Join("testdata", "odd.txtar")), Tests: true}
	pkgs, err := packages.Load(cfg, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(suite(), pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	analysed := make(map[string]bool)
	for act := range graph.All() {
		for _, d := range act.Diagnostics {
			if d.Category == diag.Internal {
				t.Errorf("%v: %s", act.Package.Fset.Position(d.Pos), d.Message)
			}
			analysed[path.Base(act.Package.PkgPath)] = true
		}
	}
	for _, name := range []string{"good", "odd"} {
		if !analysed[name] {
			t.Errorf("no diagnostic in package %s", name)
		}
	}
}
