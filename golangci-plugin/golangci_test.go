package golangciplugin_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// custom is a golangci-lint that "ctxlint build" made, and the ctxlint.
type custom struct{ ctxlint, golangci string }

func newCustom(t *testing.T) custom {
	t.Helper()
	testenv.EndToEnd(t, "golangci-lint")
	ctxlint, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// golangci-lint has its own cache of results.
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
	modules := filepath.Join("..", "internal", "tool", "regtest", "testdata", "modules.txtar")

	t.Run("parity on modules", func(t *testing.T) { c.testParity(t, drivertest.Extract(t, modules), 10) })
	t.Run("samples", c.testSamples)
	t.Run("fix", c.testFix)
	t.Run("comments", c.testComments)
	t.Run("mistake", c.testMistake)
	t.Run("version", c.testVersion)
	t.Run("parity on metric fixtures", func(t *testing.T) { c.testParity(t, testenv.MetricFixtures(t), 100) })
	t.Run("parity on fixtures", func(t *testing.T) { c.testParity(t, testenv.Fixtures(t), 300) })
}

// testParity compares what golangci-lint and ctxlint find in the module in dir, with
// findings of every confidence. Only the form differs: golangci-lint has no place for
// categories and steps, and it has the checks of staticcheck itself.
func (c custom) testParity(t *testing.T, dir string, atLeast int) {
	var want, got []drivertest.Finding
	for _, f := range drivertest.LintEach(t, c.ctxlint, dir, "-confidence=low", "-staticcheck=false", "./...") {
		f.Message = inOneLine(f)
		f.Category = ""
		want = append(want, f)
	}
	config := strings.Replace(everything, "{type: module}", "{type: module, settings: {confidence: low}}", 1)
	for _, i := range c.run(t, dir, config) {
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

// inOneLine returns a finding in the form that docs/golangci-lint.md describes.
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

// testSamples runs golangci-lint with the configuration files that the
// documentation shows.
func (c custom) testSamples(t *testing.T) {
	samples := filepath.Join(testenv.Root(t), "examples", "integrations", "golangci-lint")
	orders := filepath.Join(testenv.Root(t), "examples", "orders")
	for name, linter := range map[string]string{".golangci.yml": "ctxlint", "per-check.golangci.yml": "cancelleak"} {
		file := filepath.Join(samples, name)
		if out := drivertest.Run(t, orders, c.golangci, "config", "verify", "--config", file); out.Code != 0 {
			t.Errorf("%s: %s", name, out.Stderr)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		severities := make(map[string]string)
		for _, i := range c.run(t, orders, string(text)) {
			if i.FromLinter != linter {
				continue
			}
			category, _, _ := strings.Cut(strings.TrimPrefix(i.Text, "cancelleak: "), ": ")
			severities[category] = i.Severity
		}
		want := map[string]string{"early": "", "path": "", "discarded": "", "ignored-param": ""}
		if linter != "ctxlint" {
			want = map[string]string{"early": "error", "path": "warning", "discarded": "warning", "ignored-param": "warning"}
		}
		for category, severity := range want {
			if got, ok := severities[category]; !ok || got != severity {
				t.Errorf("%s: severity %q of %s, want %q (all: %v)", name, got, category, severity, severities)
			}
		}
		if _, ok := severities["loop"]; ok {
			t.Errorf("%s: the category loop is not off", name)
		}
	}
}

const dropped = `package m

import "context"

func poll(ctx context.Context) {
	ctx, _ = context.WithCancel(ctx)
	<-ctx.Done()
}
`

func newModule(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "m.go")
	for name, text := range map[string]string{filepath.Join(dir, "go.mod"): "module example.com/m\n\ngo 1.26\n", file: dropped} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, file
}

func (c custom) testFix(t *testing.T) {
	dir, file := newModule(t)
	if issues := c.run(t, dir, everything, "--fix"); len(issues) > 0 {
		t.Errorf("left after the fix: %v", issues)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(dropped, "\tctx, _ = context.WithCancel(ctx)\n", "\tctx, cancel := context.WithCancel(ctx)\n\tdefer cancel()\n", 1)
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("after the fix (-want +got):\n%s", diff)
	}
}

// testComments checks that comments do what they do with every driver.
// golangci-lint itself handles //nolint with the name of the plugin; the
// analyzers handle the others.
func (c custom) testComments(t *testing.T) {
	dir, file := newModule(t)
	text := `package m

import (
	"context"
	"database/sql"
)

func byName(ctx context.Context, db *sql.DB) error {
	return db.PingContext(context.TODO()) //nolint:ctxlint // why
}

func byAnalyzer(ctx context.Context, db *sql.DB) error {
	return db.PingContext(context.TODO()) //nolint:ctxreset // why
}

func byCategory(ctx context.Context, db *sql.DB) error {
	return db.PingContext(context.TODO()) //nolint:ctxreset/direct // why
}

func detached(ctx context.Context, db *sql.DB) error {
	//ctxlint:detached why
	return db.PingContext(context.TODO())
}

//ctxlint:detached why
func helper(db *sql.DB) error { return db.PingContext(context.TODO()) }

func caller(ctx context.Context, db *sql.DB) error { return helper(db) }

func withoutReason(ctx context.Context, db *sql.DB) error {
	return db.PingContext(context.TODO()) //ctxlint:detached
}

func explained(ctx context.Context, db *sql.DB) error {
	// Independent of the request.
	return db.PingContext(context.TODO())
}
`
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	line := func(name string) int { return strings.Count(text[:strings.Index(text, "func "+name)], "\n") + 1 }
	var got []string
	for _, i := range c.run(t, dir, everything) {
		got = append(got, fmt.Sprintf("%d %t", i.Pos.Line, strings.HasSuffix(i.Text, ", or confirm the comment: //ctxlint:detached why")))
	}
	want := []string{fmt.Sprint(line("withoutReason")+1, " false"), fmt.Sprint(line("explained")+2, " true")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines with issues, and whether a comment explains them (-want +got):\n%s", diff)
	}
}

func (c custom) testMistake(t *testing.T) {
	dir, _ := newModule(t)
	config := filepath.Join(dir, ".golangci.yml")
	text := strings.Replace(everything, "{type: module}", "{type: module, settings: {options: {nosuch: {disable: x}}}}", 1)
	if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	out := drivertest.Run(t, dir, c.golangci, "run", "./...")
	if want := `linters.settings.custom.ctxlint.settings: unknown analyzer "nosuch"; the analyzers are `; out.Code == 0 || !strings.Contains(out.Stderr, want) {
		t.Errorf("exit code %d, want %q in\n%s", out.Code, want, out.Stderr)
	}
}

// testVersion checks that the version, which is part of the key of golangci-lint's
// cache, names the plugin.
func (c custom) testVersion(t *testing.T) {
	out := drivertest.Run(t, ".", c.golangci, "version", "--short")
	if !regexp.MustCompile(`^\d+\.\d+\.\d+-ctxlint-[0-9a-f]{12}\s*$`).MatchString(out.Stdout) {
		t.Errorf("version %q", out.Stdout)
	}
}
