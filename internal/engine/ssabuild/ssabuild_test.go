package ssabuild_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/pass/rewire"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// built runs all analyzers over the packages and what they import, and reports
// for each package whether its SSA form was built.
func built(tb testing.TB, dir string, patterns ...string) map[string]bool {
	tb.Helper()
	var mu sync.Mutex
	out := make(map[string]bool)
	// The probe runs after all others. It has facts, so that it runs on
	// dependencies, too.
	probe := &analysis.Analyzer{
		Name:      "probe",
		Doc:       "note what was built",
		Requires:  []*analysis.Analyzer{ssabuild.Analyzer},
		FactTypes: []analysis.Fact{new(none)},
		Run: func(pass *analysis.Pass) (any, error) {
			mu.Lock()
			defer mu.Unlock()
			out[pass.Pkg.Path()] = pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder).Built()
			return nil, nil
		},
	}
	probe.Requires = append(probe.Requires, analyzers.All()...)
	// As in gopls and golangci-lint; cmd/go tells by itself.
	wired := rewire.Analyzers([]*analysis.Analyzer{probe}, rewire.Map{scope.Analyzer: scope.Own})
	testenv.Analyze(tb, wired[0], dir, patterns...)
	return out
}

type none struct{}

func (*none) AFact() {}

// TestLazy checks that SSA is built only for packages that have to do with
// contexts, channels or metrics: neither for other packages, nor for the
// standard library.
func TestLazy(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":         "module m.test\n\ngo 1.26\n",
		"plain/plain.go": "package plain\n\nimport \"strings\"\n\nfunc Upper(s string) string { return strings.ToUpper(s) }\n",
		"keeps/keeps.go": "package keeps\n\nimport \"m.test/plain\"\n\ntype Keeper struct{ Name string }\n\nfunc (k *Keeper) Set(s string) { k.Name = plain.Upper(s) }\n",
		"resets/resets.go": "package resets\n\nimport (\n\t\"context\"\n\t\"net/http\"\n\n\t\"m.test/keeps\"\n)\n\n" +
			"func Get(ctx context.Context, k *keeps.Keeper) (*http.Request, error) {\n\treturn http.NewRequestWithContext(context.Background(), \"GET\", k.Name, nil)\n}\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]bool{"m.test/resets": true}
	got := make(map[string]bool)
	for pkg, was := range built(t, dir, "./...") {
		if was {
			got[pkg] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("built (-want +got):\n%s", diff)
	}
}

// BenchmarkLazy reports for how many packages, of the fixtures and everything
// that they import, SSA is built. The time includes loading them.
func BenchmarkLazy(b *testing.B) {
	for b.Loop() {
		all, some := 0, 0
		for _, was := range built(b, testenv.Fixtures(b), "./ctxreset/services/...", "./ctxreset/carriers/...") {
			all++
			if was {
				some++
			}
		}
		b.ReportMetric(float64(all), "packages")
		b.ReportMetric(float64(some), "built")
	}
}
