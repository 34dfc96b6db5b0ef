package labelcardinality_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers/labelcardinality"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.MetricFixtures, "./labelcardinality/...")

func TestFixtures(t *testing.T) {
	actions := fixtures.Run(t, analyzertest.Test{
		Analyzer:      labelcardinality.Analyzer,
		Documentation: labelcardinality.Documentation,
		Packages:      []string{"labelcardinality/..."},
		Except:        []string{"labelcardinality/flags/..."},
		EveryFact:     []string{"labelcardinality/..."},
	})

	// Where the source is in one package and the sink in another, every step is
	// related information.
	for _, act := range actions {
		for _, d := range act.Diagnostics {
			posn := act.Package.Fset.Position(d.Pos)
			if filepath.Base(posn.Filename) != "edge.go" || posn.Line != fetchedLine {
				continue
			}
			var steps []string
			for _, rel := range d.Related {
				pos := act.Package.Fset.Position(rel.Pos)
				steps = append(steps, fmt.Sprintf("%s:%d: %s", filepath.Base(pos.Filename), pos.Line, rel.Message))
			}
			want := []string{
				"record.go:15: r.URL.Path is read here",
				"edge.go:21: record.Path returns r.URL.Path",
				"series.go:9: series.Count takes it as path",
				`series.go:9: it becomes label "path" of seen_total`,
			}
			if diff := cmp.Diff(want, steps); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
			return
		}
	}
	t.Error("no finding in fetched")
}

// fetchedLine is the line of the call in func fetched of chain/edge.
const fetchedLine = 21

func TestFlags(t *testing.T) {
	const own = "ctxlint.test/metrics/labelcardinality/flags/own."
	flags := map[string]string{
		"disable":    "method",
		"sinks":      own + "Client.Count:arg1",
		"sources":    own + "Model.Name",
		"sanitizers": own + "Route",
	}
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      analyzertest.WithFlags(t, labelcardinality.New(labelcardinality.Options{}), flags),
		Documentation: labelcardinality.Documentation,
		Packages:      []string{"labelcardinality/flags"},
		EveryFact:     []string{"labelcardinality/flags"},
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	a := labelcardinality.New(labelcardinality.Options{Sanitizers: "ctxlint.test/metrics/labelcardinality/flags/own.Route"})
	sources := []string{".", filepath.Join("..", "..", "internal", "engine", "taint")}
	fixtures.Decisions(t, a, sources, "labelcardinality/...")
}
