package metriclifecycle_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers/metriclifecycle"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.MetricFixtures, "./metriclifecycle/...")

func TestFixtures(t *testing.T) {
	actions := fixtures.Run(t, analyzertest.Test{
		Analyzer:      metriclifecycle.Analyzer,
		Documentation: metriclifecycle.Documentation,
		Packages:      []string{"metriclifecycle/..."},
	})
	got := make(map[string][]string)
	for _, act := range actions {
		for _, d := range act.Diagnostics {
			if m := analyzertest.Note(act, d).Metric; m.Name != "" {
				got[d.Category] = append(got[d.Category], m.Name+"{"+m.Label+"}")
			}
		}
	}
	for category := range got {
		slices.Sort(got[category])
		got[category] = slices.Compact(got[category])
	}
	if diff := cmp.Diff(metrics, got); diff != "" {
		t.Errorf("the metrics whose series are evidence for findings (-want +got):\n%s", diff)
	}
}

// metrics are those that the findings of a category are about, with the label if there is
// one. What panics has none.
var metrics = map[string][]string{
	"arity":               {"failures_total{}", "stock_items{}"},
	"hot-register":        {"peer_open{}", "sent_total{}"},
	"missed-delete":       {"depth{queue}", "pod_restarts{pod}", "tenant_served{tenant}"},
	"not-unregistered":    {"out_total{}", "peer_sent_total{}", "sent_total{}"},
	"unregister-mismatch": {"*jobs{}", "jobs{}"},
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, metriclifecycle.Analyzer, []string{"."}, "metriclifecycle/...")
}
