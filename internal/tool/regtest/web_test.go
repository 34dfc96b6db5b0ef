package regtest_test

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers/ctxescape"
	"github.com/ctxlint/ctxlint/analyzers/ctxreset"
	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestWeb runs analyzers over a handler or a command of each framework: the
// context at hand is the one in the table, and what a command starts lives as
// long as the command.
func TestWeb(t *testing.T) {
	if testing.Short() {
		t.Skip("loads many libraries")
	}
	var dirs []string
	for _, f := range web.Frameworks() {
		if !slices.Contains(dirs, f.Fixture) {
			dirs = append(dirs, f.Fixture)
		}
	}
	fixtures := analyzertest.NewModule(testenv.WebFixtures, "./...")
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxreset.Analyzer,
		Documentation: ctxreset.Documentation,
		Packages:      dirs,
	})
	var escapes []string
	for _, dir := range dirs {
		escapes = append(escapes, dir+"/escape")
	}
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxescape.Analyzer,
		Documentation: ctxescape.Documentation,
		Packages:      escapes,
	})
	graph := fixtures.Analyze(t, []*analysis.Analyzer{goroutineleak.Analyzer}, "cobra", "cliv1", "cliv2", "cliv3", "miniocli")
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			t.Errorf("%s: unexpected finding: %s", act.Package.Fset.Position(d.Pos), d.Message)
		}
	}
}
