package golangciplugin_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/drivertest"
	"github.com/ctxlint/ctxlint/internal/testenv"
)

// custom is a golangci-lint that "ctxlint build" made, and the ctxlint.
type custom struct{ ctxlint, golangci string }

func newCustom(t *testing.T) custom {
	t.Helper()
	if testing.Short() {
		t.Skip("builds golangci-lint")
	}
	ctxlint, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// golangci-lint keeps results of its own.
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	return custom{ctxlint, drivertest.BuildTool(t, ctxlint, "golangci-lint")}
}

// An issue is what golangci-lint reports.
type issue struct {
	FromLinter, Text, Severity string
	Pos                        struct {
		Filename     string
		Line, Column int
	}
	SuggestedFixes []struct{ Message string }
}

func (i issue) String() string {
	return fmt.Sprintf("%s:%d:%d: %s (%s)", i.Pos.Filename, i.Pos.Line, i.Pos.Column, i.Text, i.FromLinter)
}

// run runs golangci-lint in dir with a configuration file that has this content.
func (c custom) run(t *testing.T, dir, config string, args ...string) []issue {
	t.Helper()
	file := filepath.Join(t.TempDir(), "golangci.yml")
	if err := os.WriteFile(file, []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"run", "--config", file, "--path-mode=abs", "--output.json.path=stdout", "--show-stats=false", "--allow-parallel-runners"}, args...)
	out := drivertest.Run(t, dir, c.golangci, append(args, "./...")...)
	if out.Code > 1 {
		t.Fatalf("golangci-lint: exit code %d\n%s", out.Code, out.Stderr)
	}
	var report struct{ Issues []issue }
	if err := json.NewDecoder(strings.NewReader(out.Stdout)).Decode(&report); err != nil {
		t.Fatalf("golangci-lint: %v\n%s", err, out.Stderr)
	}
	return report.Issues
}

const everything = `version: "2"
linters:
  default: none
  enable: [ctxlint]
  settings:
    custom:
      ctxlint: {type: module}
issues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}
`

// TestGolangci runs golangci-lint with the plugin as its users would.
func TestGolangci(t *testing.T) {
	c := newCustom(t)
	modules := filepath.Join("..", "internal", "regtest", "testdata", "modules.txtar")

	t.Run("parity on modules", func(t *testing.T) { c.testParity(t, drivertest.Extract(t, modules), 10) })
	t.Run("parity on fixtures", func(t *testing.T) { c.testParity(t, testenv.Fixtures(t), 300) })
}

// testParity compares what golangci-lint and ctxlint find in the module in dir.
// Only the form differs: golangci-lint has no place for categories and steps.
func (c custom) testParity(t *testing.T, dir string, atLeast int) {
	var want, got []drivertest.Finding
	for _, f := range drivertest.Lint(t, c.ctxlint, dir, "./...") {
		f.Message = inOneLine(f)
		f.Category = ""
		want = append(want, f)
	}
	for _, i := range c.run(t, dir, everything) {
		analyzer, text, _ := strings.Cut(i.Text, ": ")
		got = append(got, drivertest.Finding{File: i.Pos.Filename, Line: i.Pos.Line, Col: i.Pos.Column, Analyzer: analyzer, Message: text})
	}
	if diff := cmp.Diff(drivertest.Lines(want), drivertest.Lines(got)); diff != "" {
		t.Errorf("-ctxlint +golangci-lint:\n%s", diff)
	}
	if len(got) < atLeast {
		t.Errorf("%d findings are too few to compare", len(got))
	}
}

// inOneLine returns a finding as docs/golangci-lint.md says that it looks.
func inOneLine(f drivertest.Finding) string {
	var steps []string
	for _, s := range f.Related {
		where := fmt.Sprintf("line %d", s.Line)
		if s.File != f.File {
			where = fmt.Sprintf("%s/%s:%d", filepath.Base(filepath.Dir(s.File)), filepath.Base(s.File), s.Line)
		}
		steps = append(steps, where+": "+s.Message)
	}
	text := f.Category + ": " + f.Message
	if steps != nil {
		text += " [" + strings.Join(steps, "; ") + "]"
	}
	return text
}
