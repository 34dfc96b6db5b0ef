package vectors_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFacts wants every fact of its packages to be announced, and no other.
// What the resolver makes of uses is tested where they are reported: by the
// fixtures of metriclifecycle/arity.
func TestFacts(t *testing.T) {
	analysistest.Run(t, testenv.MetricFixtures(t), vectors.Analyzer, "./vectors")
}
