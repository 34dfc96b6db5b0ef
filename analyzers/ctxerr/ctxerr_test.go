package ctxerr_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/ctxerr"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./ctxerr/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxerr.Analyzer,
		Documentation: ctxerr.Documentation,
		Packages:      []string{"ctxerr/..."},
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, ctxerr.Analyzer, []string{"."}, "ctxerr/...")
}
