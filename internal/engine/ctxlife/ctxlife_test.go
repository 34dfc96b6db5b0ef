package ctxlife_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestStarts runs the analyzer over packages that start commands. What becomes of
// the contexts of commands, parameters and fields is tested by the analyzers that
// ask for it.
func TestStarts(t *testing.T) {
	fixtures := analyzertest.NewModule(testenv.Fixtures, "./ctxlife/...")
	got := make(map[string][]starts.Start)
	for _, act := range fixtures.Run(t, analyzertest.Test{
		Analyzer:  ctxlife.Analyzer,
		Packages:  []string{"ctxlife/..."},
		EveryFact: []string{"ctxlife/..."},
	}) {
		got[act.Package.Types.Name()] = act.Result.(starts.Teller).Starts()
	}
	const cobra, cliV3 = "github.com/spf13/cobra", "github.com/urfave/cli/v3"
	want := map[string][]starts.Start{
		"starts": {
			{Library: cobra, Context: starts.Live},
			{Library: cobra, Context: starts.Root},
			{Library: cobra, Context: starts.Unknown},
			{Library: cliV3, Context: starts.Root},
		},
		"through": {{Library: cobra, Context: starts.Root}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("starts (-want +got):\n%s", diff)
	}
}
