package failing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/engine/failing"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestFailures(t *testing.T) {
	fixtures := analyzertest.NewModule(testenv.Fixtures, "./failing")
	var got []failures.Failure
	for _, act := range fixtures.Run(t, analyzertest.Test{Analyzer: failing.Analyzer, Packages: []string{"failing"}}) {
		got = append(got, act.Result.(failures.Teller).Failures()...)
	}
	const (
		pkg  = "ctxlint.test/fixtures/failing."
		disk = "(" + pkg + "disk).save"
		any  = ".save()(error,)"
	)
	want := failures.Sorted([]failures.Failure{
		{Of: pkg + "open", To: pkg + "handed", Done: pkg + "handed"},
		{Of: any, To: pkg + "tested", Done: pkg + "tested"},
		{Of: disk, To: pkg + "next"},
		{Of: pkg + "tested", To: pkg + "next", Done: pkg + "next"},
		{Of: pkg + "handed", To: pkg + "status", Done: pkg + "status"},
		{Of: pkg + "next", To: failures.Exit},
		{Of: pkg + "status", To: failures.Exit, Done: failures.Exit},
		{Of: pkg + "wrapped", To: failures.Exit, Done: failures.Exit},
		{Of: pkg + "load", To: pkg + "wrapped", Done: pkg + "wrapped"},
		{Of: pkg + "waits", To: pkg + "last"},
		{Of: pkg + "finish", Done: pkg + "last"},
		{Of: pkg + "task", To: pkg + "grouped"},
		{Of: pkg + "stage", To: pkg + "grouped"},
		{Of: pkg + "alone"},
		{Of: ".Close()(error,)"},
		{Of: pkg + "opened"},
		{Of: pkg + "retried", Done: pkg + "logged"},
		{Of: pkg + "again"},
		{Of: pkg + "panics"},
		{Of: pkg + "literal"},
		{Of: pkg + "value"},
		{Of: pkg + "both"},
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
}
