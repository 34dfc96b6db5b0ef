package ctxtimeout_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/ctxtimeout"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./ctxtimeout/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxtimeout.Analyzer,
		Documentation: ctxtimeout.Documentation,
		Packages:      []string{"ctxtimeout/..."},
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, ctxtimeout.Analyzer, []string{"."}, "ctxtimeout/...")
}
