package cancelleak_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/cancelleak"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./cancelleak/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      cancelleak.Analyzer,
		Documentation: cancelleak.Documentation,
		Packages:      []string{"cancelleak/..."},
		EveryFact:     []string{"cancelleak/facts/..."},
		Story:         []string{"path", "loop", "early"},
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, cancelleak.Analyzer, []string{"."}, "cancelleak/decisions/...")
}
