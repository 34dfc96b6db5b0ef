package examples_test

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// readYAML decodes a file, every key of which must be known.
func readYAML(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Load(text, into, yaml.WithKnownFields()); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// onPath builds ctxlint and puts it on the PATH, as an installation does.
func onPath(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	if _, err := drivertest.Build(bin); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// shell runs a command line in dir, or skips the test if there is no shell.
func shell(t *testing.T, dir, script string) drivertest.Outcome {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	return drivertest.Run(t, dir, "bash", "-eo", "pipefail", "-c", script)
}

// wantFindings checks what a run of ctxlint over the example service printed.
func wantFindings(t *testing.T, out drivertest.Outcome) {
	t.Helper()
	if !strings.Contains(out.Stdout, "(cancelleak/early)") || !strings.Contains(out.Stderr, " findings in ") {
		t.Errorf("exit code %d, no findings\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
}

func TestPreCommitHook(t *testing.T) {
	var hooks []struct {
		ID, Name, Description, Language, Entry string
		Args, Types                            []string
		PassFilenames                          *bool `yaml:"pass_filenames"`
		RequireSerial                          bool  `yaml:"require_serial"`
	}
	readYAML(t, "../.pre-commit-hooks.yaml", &hooks)
	if len(hooks) != 1 {
		t.Fatalf("%d hooks", len(hooks))
	}
	h := hooks[0]
	// For a Go hook, pre-commit runs "go install ./..." and then the entry.
	if h.ID != "ctxlint" || h.Language != "golang" || h.PassFilenames == nil || *h.PassFilenames || !slices.Equal(h.Types, []string{"go"}) {
		t.Errorf("the hook is %+v", h)
	}
	onPath(t)
	out := drivertest.Run(t, "orders", h.Entry, h.Args...)
	if out.Code != 1 {
		t.Errorf("exit code %d, want 1", out.Code)
	}
	wantFindings(t, out)
}

// TestAction runs the steps of the action, with code scanning and without.
func TestAction(t *testing.T) {
	for _, sarif := range []string{"true", "false"} {
		t.Run("sarif "+sarif, func(t *testing.T) { testAction(t, "orders", sarif) })
	}
}

// TestActionOldGo runs the action where actions/setup-go has set up the Go of a module whose
// go.mod asks for one that ctxlint cannot be built with, or even be run with.
func TestActionOldGo(t *testing.T) {
	testenv.EndToEnd(t, "ctxlint with the oldest Go that can build it")
	for _, release := range []string{"go1.25.0", "go1.23.0"} {
		t.Run(release, func(t *testing.T) {
			for name, value := range testenv.OldGo(t, release) {
				t.Setenv(name, value)
			}
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo "+strings.TrimPrefix(release, "go")+"\n")
			writeFile(t, filepath.Join(dir, "m.go"), leaks)
			testAction(t, dir, "false")
		})
	}
}

// leaks has an error and a warning.
const leaks = `package m

import "context"

func Leak(ctx context.Context) context.Context {
	ctx, _ = context.WithCancel(ctx)
	return ctx
}

func Early(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return ctx
}
`

// An actionRun is what came of the last step of the action.
type actionRun struct {
	drivertest.Outcome
	uploaded, summary string // files
	artifact, reports string // directories: what is uploaded, and what the output says; "" for none
}

// A compositeAction is what action.yml describes.
type compositeAction struct {
	Name, Description string
	Branding          map[string]string
	Inputs            map[string]struct{ Description, Default string }
	Outputs           map[string]struct{ Description, Value string }
	Runs              struct {
		Using string
		Steps []struct {
			ID, Name, Shell, Run, If, Uses string
			Dir                            string `yaml:"working-directory"`
			Env, With                      map[string]string
		}
	}
}

// runAction runs the steps of the action over the module in dir, with inputs that differ from
// their defaults.
func runAction(t *testing.T, dir string, inputs map[string]string) actionRun {
	t.Helper()
	var action compositeAction
	readYAML(t, "../action.yml", &action)
	temp := t.TempDir()
	values := []string{"${{ github.action_path }}", testenv.Root(t), "${{ runner.temp }}", temp}
	for name, input := range action.Inputs {
		if input.Description == "" {
			t.Errorf("input %s has no description", name)
		}
		value, given := inputs[name]
		if !given {
			value = input.Default
		}
		values = append(values, "${{ inputs."+name+" }}", value)
	}
	for name := range inputs {
		if _, ok := action.Inputs[name]; !ok {
			t.Fatalf("there is no input %s", name)
		}
	}
	replace := strings.NewReplacer(values...).Replace
	summary := filepath.Join(temp, "summary.md")
	workspace, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_WORKSPACE", workspace)
	t.Setenv("RUNNER_TEMP", temp)
	t.Setenv("GITHUB_STEP_SUMMARY", summary)
	output := filepath.Join(temp, "output")
	t.Setenv("GITHUB_OUTPUT", output)
	run := actionRun{summary: summary}
	var last drivertest.Outcome
	for _, step := range action.Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("step %s: an input in a script is code; hand it over in the environment", step.Name)
		}
		for name, value := range step.Env {
			t.Setenv(name, replace(value))
		}
		switch {
		case strings.HasPrefix(step.Uses, "github/codeql-action/upload-sarif@"):
			if !strings.Contains(step.If, "!cancelled() && inputs.sarif == 'true'") {
				t.Errorf("step %s: if: %s", step.Name, step.If)
			}
			run.uploaded = replace(step.With["sarif_file"])
		case strings.HasPrefix(step.Uses, "actions/upload-artifact@"):
			if !strings.Contains(step.If, "!cancelled() && inputs.artifact != ''") {
				t.Errorf("step %s: if: %s", step.Name, step.If)
			}
			if replace(step.With["name"]) != "" {
				run.artifact = replace(step.With["path"])
			}
		case step.Uses != "":
			t.Errorf("step %s uses %s", step.Name, step.Uses)
		case step.Shell != "bash":
			t.Errorf("step %s: shell %q", step.Name, step.Shell)
		default:
			if last.Code != 0 {
				t.Fatalf("exit code %d before step %s\n%s", last.Code, step.Name, last.Stderr)
			}
			last = shell(t, dir, "cd '"+filepath.ToSlash(replace(step.Dir))+"'\n"+step.Run)
		}
	}
	run.Outcome = last
	text, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	_, run.reports, _ = strings.Cut(strings.TrimSpace(string(text)), "reports=")
	if out := action.Outputs["reports"]; out.Description == "" || out.Value != "${{ steps.ctxlint.outputs.reports }}" {
		t.Errorf("the output is %+v", out)
	}
	return run
}

// TestActionInputs checks what each input does, and that none is code.
func TestActionInputs(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.26\n")
	writeFile(t, filepath.Join(dir, "m.go"), leaks)
	writeFile(t, filepath.Join(dir, "one $(touch hacked); check.yml"), "version: 1\nanalyzers: {disable: [cancelleak]}\n")
	onPath(t)
	if out := drivertest.Run(t, dir, "ctxlint", "-write-baseline", "known findings.txt", "./..."); out.Code != 0 {
		t.Fatalf("no baseline: %s", out.Stderr)
	}
	for name, test := range map[string]struct {
		inputs map[string]string
		code   int
		stderr string
	}{
		"baseline":   {map[string]string{"baseline": "known findings.txt"}, 0, "no findings"},
		"config":     {map[string]string{"config": "one $(touch hacked); check.yml"}, 0, "no findings"},
		"confidence": {map[string]string{"confidence": "hgh"}, 2, "hgh"},
		"fail-on":    {map[string]string{"fail-on": "never"}, 0, "2 findings"},
		"lines":      {map[string]string{"args": "-fail-on=never\n-cancelleak=false\n"}, 0, "no findings"},
		"code":       {map[string]string{"baseline": "$(touch hacked)", "artifact": "`touch hacked`"}, 2, "$(touch hacked)"},
		"words":      {map[string]string{"packages": "./... ; touch hacked"}, 2, ""},
		"globs":      {map[string]string{"packages": "*"}, 2, "*"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runAction(t, dir, test.inputs)
			if got.Code != test.code || !strings.Contains(got.Stderr, test.stderr) {
				t.Errorf("exit code %d, want %d, and %q in\n%s%s", got.Code, test.code, test.stderr, got.Stdout, got.Stderr)
			}
			if _, err := os.Stat(filepath.Join(dir, "hacked")); err == nil {
				t.Error("an input is run by the shell")
			}
		})
	}
}

// TestActionReports checks that the artifact has reports although findings fail the step.
func TestActionReports(t *testing.T) {
	for name, want := range map[string]string{"": "ctxlint.md ctxlint.sarif", "lint reports": "ctxlint.html ctxlint.json ctxlint.md ctxlint.sarif"} {
		got := runAction(t, "orders", map[string]string{"artifact": name})
		files, err := filepath.Glob(filepath.Join(got.reports, "*"))
		for i, file := range files {
			files[i] = filepath.Base(file)
		}
		if err != nil || got.Code != 1 || strings.Join(files, " ") != want {
			t.Errorf("artifact %q: exit code %d, reports %v, want %s\n%s", name, got.Code, files, want, got.Stderr)
		}
		if uploads := got.artifact == got.reports; uploads != (name != "") {
			t.Errorf("artifact %q: %q is uploaded, and the reports are in %q", name, got.artifact, got.reports)
		}
	}
}

func testAction(t *testing.T, dir, sarif string) {
	t.Helper()
	last := runAction(t, dir, map[string]string{"sarif": sarif})
	annotated := strings.Contains(last.Stdout, "::error ") && strings.Contains(last.Stdout, "::warning ")
	if last.Code != 1 || annotated != (sarif == "false") {
		t.Errorf("exit code %d, want 1; annotations: %t\n%s%s", last.Code, annotated, last.Stdout, last.Stderr)
	}
	if sarif == "true" {
		wantFindings(t, last.Outcome)
	}
	text, err := os.ReadFile(last.uploaded)
	if err != nil {
		t.Fatal(err)
	}
	wantSARIF(t, text)
	if text, err = os.ReadFile(last.summary); err != nil || !strings.Contains(string(text), "### Errors\n") {
		t.Errorf("the summary has no errors: %v\n%s", err, text)
	}
}

func wantSARIF(t *testing.T, text []byte) {
	t.Helper()
	var report struct {
		Version string
		Runs    []struct{ Results []struct{ RuleID string } }
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatalf("no SARIF: %v\n%s", err, text)
	}
	if report.Version != "2.1.0" || len(report.Runs) != 1 || len(report.Runs[0].Results) == 0 {
		t.Errorf("SARIF without results:\n%s", text)
	}
}

func TestWorkflow(t *testing.T) {
	var workflow struct {
		Name        string
		On          any
		Permissions map[string]string
		Jobs        map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []struct {
				Uses string
				With map[string]string
			}
		}
	}
	readYAML(t, "integrations/workflow.yml", &workflow)
	steps := workflow.Jobs["ctxlint"].Steps
	if len(steps) == 0 || !strings.HasPrefix(steps[len(steps)-1].Uses, "ctxlint/ctxlint@") {
		t.Errorf("the last step is not the action: %+v", steps)
	}
	if workflow.Permissions["security-events"] != "write" {
		t.Error("code scanning needs the permission security-events: write")
	}
}

func TestMakefile(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("no make")
	}
	onPath(t)
	file, err := filepath.Abs(filepath.Join("integrations", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	wantFindings(t, drivertest.Run(t, "orders", "make", "-f", file, "lint"))
	if out := drivertest.Run(t, "orders", "make", "-f", file, "lint-diff"); !strings.Contains(out.Stdout, "\n+++ ") {
		t.Errorf("no diff:\n%s%s", out.Stdout, out.Stderr)
	}
	testFix(t, func(dir string) drivertest.Outcome { return drivertest.Run(t, dir, "make", "-f", file, "lint-fix") })
}

func TestTaskfile(t *testing.T) {
	var file struct {
		Version string
		Tasks   map[string]struct {
			Desc string
			Cmds []string
		}
	}
	readYAML(t, "integrations/Taskfile.yml", &file)
	cmds := file.Tasks["lint"].Cmds
	if file.Version != "3" || len(cmds) != 1 {
		t.Fatalf("version %q with %d commands", file.Version, len(cmds))
	}
	onPath(t)
	wantFindings(t, shell(t, "orders", cmds[0]))

	fix := file.Tasks["lint-fix"].Cmds
	if len(fix) != 1 {
		t.Fatalf("%d commands to fix", len(fix))
	}
	testFix(t, func(dir string) drivertest.Outcome { return shell(t, dir, fix[0]) })
}

// testFix runs something that must fix a copy of the example service.
func testFix(t *testing.T, fix func(dir string) drivertest.Outcome) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("orders")); err != nil {
		t.Fatal(err)
	}
	before := len(drivertest.Lint(t, "ctxlint", dir, "./..."))
	out := fix(dir)
	after := len(drivertest.Lint(t, "ctxlint", dir, "./..."))
	if after >= before {
		t.Errorf("%d findings before and %d after\n%s%s", before, after, out.Stdout, out.Stderr)
	}
	if out := drivertest.Run(t, dir, "go", "vet", "-lostcancel=false", "./..."); out.Code != 0 {
		t.Errorf("what was fixed does not compile:\n%s", out.Stderr)
	}
}

func TestReviewdog(t *testing.T) {
	var file struct {
		Runner map[string]struct{ Cmd, Format, Level string }
	}
	readYAML(t, "integrations/.reviewdog.yml", &file)
	r := file.Runner["ctxlint"]
	if r.Format != "sarif" {
		t.Fatalf("format %q", r.Format)
	}
	onPath(t)
	wantSARIF(t, []byte(shell(t, "orders", r.Cmd+" || test $? = 1").Stdout))
}

// TestNogoConfig checks the configuration of nogo by nogo's rules: all flags are
// strings.
func TestNogoConfig(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("integrations", "nogo", "nogo.json"))
	if err != nil {
		t.Fatal(err)
	}
	var analyzerConfigs map[string]struct {
		Flags   map[string]string `json:"analyzer_flags"`
		Exclude map[string]string `json:"exclude_files"`
		Only    map[string]string `json:"only_files"`
	}
	if err := json.Unmarshal(text, &analyzerConfigs); err != nil {
		t.Fatal(err)
	}
	for name, c := range analyzerConfigs {
		i := slices.IndexFunc(analyzers.Suite(), func(e analyzers.Entry) bool { return e.Name == name })
		if i < 0 {
			if name != "_base" {
				t.Errorf("no analyzer %s", name)
			}
			continue
		}
		for option, value := range c.Flags {
			if err := config.CheckOption(analyzers.Suite()[i], option, value); err != nil {
				t.Error(err)
			}
		}
	}
	for _, e := range analyzers.Suite() {
		e.Flags.VisitAll(func(f *flag.Flag) {
			if err := f.Value.Set(f.DefValue); err != nil {
				t.Errorf("%s.%s cannot be set to its default %q: %v", e.Name, f.Name, f.DefValue, err)
			}
		})
	}
}

// TestCustomGCL checks the file for "golangci-lint custom". The tests of the
// plugin check that golangci-lint accepts the other samples.
func TestCustomGCL(t *testing.T) {
	var custom struct {
		Version, Name string
		Plugins       []struct{ Module, Import, Version string }
	}
	readYAML(t, "integrations/golangci-lint/.custom-gcl.yml", &custom)
	if len(custom.Plugins) != 1 || custom.Plugins[0].Import != "github.com/ctxlint/ctxlint/golangci-plugin" {
		t.Errorf("the plugins are %+v", custom.Plugins)
	}
}
