package goroutineleak_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./goroutineleak/...")

// TestShownCase checks that the select case which is shown with a finding is the one on
// the path that leaks, and not another one beside a receive.
func TestShownCase(t *testing.T) {
	act := fixtures.Analyze(t, []*analysis.Analyzer{goroutineleak.Analyzer}, "goroutineleak/blockedsend").Roots[0]
	shown := make(map[string]string) // by function
	for _, d := range act.Diagnostics {
		for _, r := range d.Related {
			if strings.HasPrefix(r.Message, "when this case is chosen") {
				posn := act.Package.Fset.Position(r.Pos)
				text, err := os.ReadFile(posn.Filename)
				if err != nil {
					t.Fatal(err)
				}
				_, rest, _ := strings.Cut(d.Message, "blocks forever when ")
				name, _, _ := strings.Cut(rest, " ")
				shown[name] = strings.TrimSpace(strings.Split(string(text), "\n")[posn.Line-1])
			}
		}
	}
	for name, want := range map[string]string{
		"secondWait": "case <-ctx.Done():",
		"timer":      "case <-time.After(time.Second):",
		"timeout":    "case <-ctx.Done():",
	} {
		if shown[name] != want {
			t.Errorf("the case shown for %s is %q, want %q", name, shown[name], want)
		}
	}
}

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      goroutineleak.Analyzer,
		Documentation: goroutineleak.Documentation,
		Packages:      []string{"goroutineleak/..."},
		EveryFact:     []string{"goroutineleak/..."},
		Story:         analyzertest.Every(goroutineleak.Documentation),
	})
}

// TestCollectors runs the analyzer over code that hands metrics to a registry.
func TestCollectors(t *testing.T) {
	analyzertest.NewModule(testenv.MetricFixtures, "./goroutineleak/...").Run(t, analyzertest.Test{
		Analyzer:      goroutineleak.Analyzer,
		Documentation: goroutineleak.Documentation,
		Packages:      []string{"goroutineleak/..."},
	})
}

// TestOlderGo runs the analyzer over a module whose timers are not collected.
func TestOlderGo(t *testing.T) {
	dir := func(t testing.TB) string { return filepath.Join(testenv.Fixtures(t), "goroutineleak", "_go122") }
	analyzertest.NewModule(dir, ".").Run(t, analyzertest.Test{
		Analyzer:      goroutineleak.Analyzer,
		Documentation: goroutineleak.Documentation,
		Packages:      []string{"."},
		EveryFact:     []string{"."},
		Story:         analyzertest.Every(goroutineleak.Documentation),
	})
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, goroutineleak.Analyzer, []string{"."}, "goroutineleak/...")
}
