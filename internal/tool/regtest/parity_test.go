package regtest_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

// TestParity checks that every driver finds the same in the fixtures, and in a
// module whose findings rest on facts about its own packages and others.
func TestParity(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, three times")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		m.compiled(t)
		if n := len(testParity(t, m.dir(t), m.findings(t))); n < m.atLeast {
			t.Errorf("only %d findings: too few to compare", n)
		}
	})
	t.Run("modules", func(t *testing.T) {
		dir := drivertest.Extract(t, filepath.Join("testdata", "modules.txtar"))
		findings := testParity(t, dir, check(t, load(t, dir), suite()))
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

// testParity compares what the drivers, including x/tools' checker, find in the
// module in dir, and returns what the ctxlint command finds.
//
// Where ctxlint makes one finding of the calls of several packages, the others know
// only those of each package. There are no other exceptions: suppressed findings, those in generated files, and
// those in files that cgo translates are handled by the analyzers, and so the
// same everywhere.
func testParity(t *testing.T, dir string, byChecker []drivertest.Finding) []drivertest.Finding {
	byLint := drivertest.LintEach(t, tool, dir, everyConfidence, "./...")
	want := drivertest.Lines(byLint)
	if diff := cmp.Diff(want, drivertest.Lines(drivertest.Vet(t, tool, dir, everyConfidence, "./..."))); diff != "" {
		t.Errorf("-ctxlint +go vet -vettool=ctxlint:\n%s", diff)
	}
	if diff := cmp.Diff(want, drivertest.Lines(byChecker)); diff != "" {
		t.Errorf("-ctxlint +x/tools' checker:\n%s", diff)
	}
	return byLint
}
