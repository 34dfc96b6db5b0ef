package labelcardinality_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/analyzers/labelcardinality"
	"github.com/ctxlint/ctxlint/internal/testenv"
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
