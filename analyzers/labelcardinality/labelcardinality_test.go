package labelcardinality_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/analyzers/labelcardinality"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestFixtures(t *testing.T) {
	results := analysistest.Run(t, testenv.MetricFixtures(t), labelcardinality.Analyzer,
		"./labelcardinality/sinks", "./labelcardinality/sources", "./labelcardinality/method", "./labelcardinality/bounded", "./labelcardinality/flow", "./labelcardinality/chain/...")
	for _, r := range results {
		for _, d := range r.Action.Diagnostics {
			checkDiagnostic(t, r.Pass, d)
		}
	}
}

// checkDiagnostic holds d to what every diagnostic must be like.
func checkDiagnostic(t *testing.T, pass *analysis.Pass, d analysis.Diagnostic) {
	t.Helper()
	if d.Category == "" || d.Category == "internal" || !strings.HasSuffix(d.URL, "#"+d.Category) {
		t.Errorf("%v: category %q and URL %q: %s", pass.Fset.Position(d.Pos), d.Category, d.URL, d.Message)
	}
	if !d.Pos.IsValid() || d.End < d.Pos {
		t.Errorf("%v: no range: %s", pass.Fset.Position(d.Pos), d.Message)
	}
	for _, rel := range d.Related {
		if rel.Message == "" || !rel.Pos.IsValid() || pass.Fset.File(rel.Pos) == nil {
			t.Errorf("%v: related information %q at %v", pass.Fset.Position(d.Pos), rel.Message, pass.Fset.Position(rel.Pos))
		}
	}
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, testenv.MetricFixtures(t), labelcardinality.Analyzer, "./labelcardinality/fixes")
}

func TestFlags(t *testing.T) {
	const own = "ctxlint.test/metrics/labelcardinality/flags/own."
	for name, value := range map[string]string{
		"strict":     "true",
		"method":     "false",
		"sinks":      own + "Client.Count:arg1",
		"sources":    own + "Model.Name",
		"sanitizers": own + "Route",
	} {
		f := labelcardinality.Analyzer.Flags.Lookup(name)
		if err := f.Value.Set(value); err != nil {
			t.Fatal(err)
		}
		defer f.Value.Set(f.DefValue)
	}
	analysistest.Run(t, testenv.MetricFixtures(t), labelcardinality.Analyzer, "./labelcardinality/flags")
}

// TestSteps wants every step as related information where the source is in one
// package and the sink in another.
func TestSteps(t *testing.T) {
	for _, r := range analysistest.Run(t, testenv.MetricFixtures(t), labelcardinality.Analyzer, "./labelcardinality/chain/edge") {
		for _, d := range r.Action.Diagnostics {
			if r.Pass.Fset.Position(d.Pos).Line != fetchedLine {
				continue
			}
			var steps []string
			for _, rel := range d.Related {
				pos := r.Pass.Fset.Position(rel.Pos)
				steps = append(steps, fmt.Sprintf("%s:%d: %s", filepath.Base(pos.Filename), pos.Line, rel.Message))
			}
			want := []string{
				"record.go:15: r.URL.Path is read here",
				"edge.go:21: record.Path returns r.URL.Path",
				"series.go:9: series.Count takes it as path",
				`series.go:9: it becomes label "path" of seen_total`,
			}
			if diff := cmp.Diff(want, steps); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
			return
		}
	}
	t.Error("no finding in fetched")
}

// fetchedLine is the line of the call in func fetched of chain/edge.
const fetchedLine = 21
