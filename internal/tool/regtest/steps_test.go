package regtest_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestSteps checks that a label that gets its value through three packages is
// reported in the first of them, with every step, by go vet and by ctxlint,
// which know the other packages only by their facts.
func TestSteps(t *testing.T) {
	dir := testenv.MetricFixtures(t)
	const edge = "./labelcardinality/chain/edge"
	want := []string{
		"edge.go:17: r.URL.Path is read here",
		"edge.go:17: passed through Clean here",
		"record.go:12: record.Seen takes it as path",
		"series.go:9: series.Count takes it as path",
		`series.go:9: it becomes label "path" of seen_total`,
	}
	for driver, findings := range map[string][]drivertest.Finding{
		"go vet":  drivertest.Vet(t, tool, dir, "-labelcardinality", edge),
		"ctxlint": drivertest.Lint(t, tool, dir, "-labelcardinality", edge),
	} {
		var steps []string
		for _, f := range findings {
			if filepath.Base(f.File) == "edge.go" && f.Line == cleanedLine {
				for _, s := range f.Related {
					steps = append(steps, fmt.Sprintf("%s:%d: %s", filepath.Base(s.File), s.Line, s.Message))
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
