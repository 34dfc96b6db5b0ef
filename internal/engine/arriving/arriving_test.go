package arriving_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/engine/arriving"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestArrivals(t *testing.T) {
	fixtures := analyzertest.NewModule(testenv.Fixtures, "./arriving")
	var got []arrivals.Arrival
	for _, act := range fixtures.Run(t, analyzertest.Test{Analyzer: arriving.Analyzer, Packages: []string{"arriving"}}) {
		got = append(got, act.Result.(arrivals.Teller).Arrivals()...)
	}
	const (
		pkg  = "ctxlint.test/fixtures/arriving."
		load = "(" + pkg + "disk).load"
		any  = ".load(context.Context,string,)(error,)"
	)
	want := arrivals.Sorted([]arrivals.Arrival{
		{To: pkg + "plain", From: arrivals.Root},
		{To: any, From: arrivals.Root},
		{To: pkg + "generic", From: arrivals.Root},
		{To: pkg + "plain", From: pkg + "given"},
		{To: load, From: pkg + "given", Apart: true}, // in a literal
		{To: pkg + "plain"},                          // a variable that is changed
		{To: load, From: arrivals.Command + "github.com/spf13/cobra"},
		{To: pkg + "two"},
		{To: load}, // a method expression
		{To: any},  // a method value
		{To: pkg + "kept", From: arrivals.Held},
		{To: pkg + "kept", From: pkg + "onward", Apart: true},
		{To: pkg + "loose", From: pkg + "onward"},
		{To: pkg + "loose"},
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("arrivals (-want +got):\n%s", diff)
	}
}
