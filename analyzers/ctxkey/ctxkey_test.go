package ctxkey_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/ctxkey"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./ctxkey/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxkey.Analyzer,
		Documentation: ctxkey.Documentation,
		Packages:      []string{"ctxkey/..."},
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, ctxkey.Analyzer, []string{"."}, "ctxkey/...")
}
