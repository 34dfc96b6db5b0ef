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
