package regtest_test

import (
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestAlone checks that each analyzer finds alone what it finds in the suite:
// no analyzer leaves to another what that one may be told not to report, and
// none corrupts what they share.
func TestAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, once for each analyzer")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		together := m.findings(t)
		for _, a := range suite() {
			want := slices.DeleteFunc(slices.Clone(together), func(f drivertest.Finding) bool { return f.Analyzer != a.Name })
			got := check(t, m.load(t), []*analysis.Analyzer{a})
			if diff := cmp.Diff(drivertest.Lines(want), drivertest.Lines(got)); diff != "" {
				t.Errorf("%s (-in the suite +alone):\n%s", a.Name, diff)
			}
		}
	})
}

// TestConcurrent analyses many packages at the same time, and each with all
// analyzers at the same time, as drivers do. With "go test -race" it detects
// data races; other tests check the results.
func TestConcurrent(t *testing.T) {
	if !raceDetector {
		t.Skip("tells nothing without the race detector; go test -race -run '^TestConcurrent$' runs it")
	}
	old := runtime.GOMAXPROCS(max(8, runtime.NumCPU()))
	defer runtime.GOMAXPROCS(old)
	for _, test := range []struct {
		where    func(testing.TB) string
		patterns []string
	}{
		{testenv.Fixtures, []string{"./cancelleak/facts/...", "./cancelleak/path", "./cancelleak/recursion", "./ctxreset/chain/...", "./ctxreset/direct", "./goroutineleak/...", "./selectdefault/..."}},
		{testenv.MetricFixtures, []string{"./labelcardinality/chain/...", "./metriclifecycle/arity"}},
	} {
		pkgs := load(t, test.where(t), test.patterns...)
		if findings := check(t, pkgs, suite()); len(findings) < 30 {
			t.Errorf("%d findings in %q are too few to mean anything", len(findings), test.patterns)
		}
	}
}
