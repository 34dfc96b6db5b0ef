package selectdefault_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers/selectdefault"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./selectdefault/...")

// TestFixtures runs the analyzer with the category that is off by default.
func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      analyzertest.WithFlags(t, selectdefault.New(selectdefault.Options{}), map[string]string{"cause": "true"}),
		Documentation: selectdefault.Documentation,
		Packages:      []string{"selectdefault/..."},
		EveryFact:     []string{"selectdefault/..."},
		Story:         analyzertest.Every(selectdefault.Documentation),
	})
}

// TestCauseIsOff wants no findings of category cause unless they are asked for.
func TestCauseIsOff(t *testing.T) {
	for _, act := range fixtures.Analyze(t, []*analysis.Analyzer{selectdefault.Analyzer}, "selectdefault/cause").Roots {
		for _, d := range act.Diagnostics {
			t.Errorf("unwanted: %s", d.Message)
		}
	}
}
