package selectdefault_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers/selectdefault"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./selectdefault/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      selectdefault.Analyzer,
		Documentation: selectdefault.Documentation,
		Packages:      []string{"selectdefault/..."},
		EveryFact:     []string{"selectdefault/..."},
		Story:         analyzertest.Every(selectdefault.Documentation),
	})
}

// TestOptions runs analyzers with different options at the same time, and wants
// findings of category cause, which have low confidence, from the one that was
// asked for them.
func TestOptions(t *testing.T) {
	enabled := catalog.Selection{Confidence: catalog.Least}
	disabled := catalog.Selection{Confidence: catalog.Least, Disable: []string{"cause"}}
	asked := selectdefault.New(selectdefault.Options{Selection: enabled})
	others := []*analysis.Analyzer{selectdefault.Analyzer, selectdefault.New(selectdefault.Options{Selection: disabled})}
	found := 0
	for _, act := range fixtures.Analyze(t, append(others, asked), "selectdefault/cause").Roots {
		for _, d := range act.Diagnostics {
			if act.Analyzer != asked || d.Category != "cause" {
				t.Errorf("unwanted: %s", d.Message)
			}
			found++
		}
	}
	if found == 0 {
		t.Error("no findings of category cause")
	}
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, selectdefault.Analyzer, []string{"."}, "selectdefault/...")
}
