package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// groupSuite is the suite of the tests, with labels in a group.
func groupSuite() []analyzers.Entry {
	suite := testSuite()
	suite[1].Group = "metrics"
	return suite
}

func TestFindChecks(t *testing.T) {
	for name, want := range map[string]string{
		"cancelleak":              "cancelleak",
		"CancelLeak/Path":         "cancelleak/path",
		"(cancelleak/path)":       "cancelleak/path",
		"ctxlint/cancelleak/path": "cancelleak/path",
		"metrics":                 "labels",
		"metrics/labels":          "labels",
		"observed/series":         "observed/series",
		"canceleak":               `unknown analyzer "canceleak"; did you mean cancelleak?`,
		"loop":                    `unknown analyzer "loop"; did you mean cancelleak/loop?`,
		"nothing":                 `unknown analyzer "nothing"; the analyzers are cancelleak, metrics (labels)`,
		"":                        `unknown analyzer ""; the analyzers are cancelleak, metrics (labels)`,
	} {
		checks, err := config.FindChecks(groupSuite(), name)
		got := strings.Join(checks, " ")
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("FindChecks(%q): %s, want %s", name, got, want)
		}
	}
	if _, err := config.FindChecks(groupSuite(), "cancelleak/pth"); err == nil || !strings.Contains(err.Error(), "did you mean") {
		t.Errorf("error = %v, without what was meant", err)
	}
}

// What the command line names is found, whatever the file turns off, and nothing else.
func TestOnly(t *testing.T) {
	const text = "version: 1\nanalyzers: {disable: cancelleak}\noptions: {cancelleak: {disable: [path, loop]}}\nrules: [{path: '**', severity: {labels: note}}]\n"
	s := settle(t, text, config.CommandLine{Only: []string{"cancelleak/path"}})
	if diff := cmp.Diff([]string{"-cancelleak.disable=loop", "-labels=false"}, s.VetFlags()); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	r := new(report.Report)
	for _, check := range []string{"cancelleak/path", "cancelleak/loop", "cancelleak/internal", "labels/unbounded", "observed/series"} {
		analyzer, category, _ := strings.Cut(check, "/")
		r.Findings = append(r.Findings, &report.Finding{Finding: record.Finding{Analyzer: analyzer, Category: category, Message: check}})
		if want := check == "cancelleak/path"; category != "internal" && category != "series" && s.Reports(analyzer, category, "/src/a.go") != want {
			t.Errorf("Reports(%s) = %t", check, !want)
		}
	}
	s.Apply(r)
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Message)
	}
	if diff := cmp.Diff([]string{"cancelleak/internal", "cancelleak/path"}, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}

	// The configuration that is printed has the same effect.
	printed, err := s.YAML()
	if err != nil {
		t.Fatal(err)
	}
	again := settle(t, string(printed), config.CommandLine{})
	if again.Reports("cancelleak", "loop", "/src/a.go") || !again.Reports("cancelleak", "path", "/src/a.go") {
		t.Errorf("printed:\n%s", printed)
	}
}
