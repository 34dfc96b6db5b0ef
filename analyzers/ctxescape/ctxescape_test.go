package ctxescape_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/ctxescape"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./ctxescape/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxescape.Analyzer,
		Documentation: ctxescape.Documentation,
		Packages:      []string{"ctxescape/..."},
		EveryFact:     []string{"ctxescape/helpers/jobs"},
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, ctxescape.Analyzer, []string{"."}, "ctxescape/...")
}
