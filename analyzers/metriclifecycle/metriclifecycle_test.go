package metriclifecycle_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/metriclifecycle"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestFixtures(t *testing.T) {
	analyzertest.NewModule(testenv.MetricFixtures, "./metriclifecycle/...").Run(t, analyzertest.Test{
		Analyzer:      metriclifecycle.Analyzer,
		Documentation: metriclifecycle.Documentation,
		Packages:      []string{"metriclifecycle/..."},
	})
}
