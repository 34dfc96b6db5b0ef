package regtest_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/drivertest"
	"github.com/ctxlint/ctxlint/internal/testenv"
)

// TestSteps wants a label that gets its value through three packages to be
// reported in the first of them, with every step, by go vet and by ctxlint, which
// know the others by their facts alone.
func TestSteps(t *testing.T) {
	dir := testenv.MetricFixtures(t)
	const (
		edge  = "./labelcardinality/chain/edge"
		chain = "ctxlint.test/metrics/labelcardinality/chain/"
	)
	want := []string{
		"r.URL.Path is read here",
		"passed through Clean here",
		"record.Seen takes it as path (" + chain + "record/record.go:12)",
		"series.Count takes it as path (" + chain + "series/series.go:9)",
		`it becomes label "path" of seen_total (` + chain + "series/series.go:9)",
	}
	for driver, findings := range map[string][]drivertest.Finding{
		"go vet":  drivertest.Vet(t, tool, dir, "-labelcardinality", edge),
		"ctxlint": drivertest.Lint(t, tool, dir, "-labelcardinality", edge),
	} {
		var steps []string
		for _, f := range findings {
			if filepath.Base(f.File) == "edge.go" && f.Line == cleanedLine {
				for _, s := range f.Related {
					steps = append(steps, s.Message)
				}
			}
		}
		if diff := cmp.Diff(want, steps); diff != "" {
			t.Errorf("%s: steps (-want +got):\n%s", driver, diff)
		}
	}
}

// cleanedLine is the line of the call in func cleaned of chain/edge.
const cleanedLine = 17
