package vectors_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFacts checks that its packages have exactly the facts that comments
// announce. What the resolver makes of uses is tested where they are reported:
// by the fixtures of metriclifecycle/arity.
func TestFacts(t *testing.T) {
	all := []string{"vectors"}
	analyzertest.NewModule(testenv.MetricFixtures, "./vectors").Run(t, analyzertest.Test{Analyzer: vectors.Analyzer, Packages: all, EveryFact: all})
}
