package staticcheck_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./staticcheck/...")

// directories are those of the fixtures of each check.
var directories = map[string][]string{
	"SA1012": {"nilcontext"},
	"SA1015": {}, // it leaves everything to goroutineleak; see the script of the command
	"SA1017": {"signals"},
	"SA1029": {"keys", "suppressed"},
	"SA2001": {"sections"},
	"SA2002": {"tests"},
	"SA2003": {"locks"},
	"SA4011": {"breaks"},
	"SA5001": {"closes"},
	"SA5003": {"defers"},
}

func TestFixtures(t *testing.T) {
	for _, e := range staticcheck.Suite() {
		t.Run(e.Name, func(t *testing.T) {
			dirs, ok := directories[e.Name]
			if !ok {
				t.Fatal("no fixtures")
			}
			for _, dir := range dirs {
				fixtures.Run(t, analyzertest.Test{
					Analyzer:      e.Analyzer,
					Documentation: e.Documentation,
					Packages:      []string{"staticcheck/" + dir},
					Others:        true,
				})
			}
		})
	}
}

func TestSuite(t *testing.T) {
	if err := analysis.Validate(append(analyzers.All(), staticcheck.All()...)); err != nil {
		t.Error(err)
	}
	names := staticcheck.Names()
	for i, e := range staticcheck.Suite() {
		if e.Name != names[i] || e.Group != staticcheck.Group {
			t.Errorf("entry %d is %s of %q, want %s", i, e.Name, e.Group, names[i])
		}
		if len(e.Categories) != 1 || !e.Categories.Has(e.Name) || e.Categories[0].Severity == "" {
			t.Errorf("%s: categories %+v", e.Name, e.Categories)
		}
		if e.URL != "https://staticcheck.dev/docs/checks/#"+e.Name {
			t.Errorf("%s: address %s", e.Name, e.URL)
		}
		if fresh := e.Fresh(); fresh.Analyzer == e.Analyzer || fresh.Name != e.Name {
			t.Errorf("%s is not made anew", e.Name)
		}
	}
}

// TestFactless wants no check to have facts, or to require an analyzer that has some: then
// drivers do not run it on dependencies.
func TestFactless(t *testing.T) {
	var visit func(*analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if len(a.FactTypes) > 0 {
			t.Errorf("%s has facts", a.Name)
		}
		for _, required := range a.Requires {
			visit(required)
		}
	}
	for _, a := range staticcheck.All() {
		visit(a)
	}
}
