// Package drivertest runs ctxlint's analyzers through the drivers that its
// users have, for tests that compare what they find.
package drivertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	_ "github.com/ctxlint/ctxlint/internal/cli"            // so that go test's cache knows what the
	_ "github.com/ctxlint/ctxlint/internal/driver/vettool" // binaries under test are made of
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// Build builds ctxlint in dir with more flags of go build.
func Build(dir string, flags ...string) (string, error) {
	name := filepath.Join(dir, "ctxlint")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	args := append([]string{"build", "-o", name}, flags...)
	cmd := exec.Command("go", append(args, "github.com/ctxlint/ctxlint/cmd/ctxlint")...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := testenv.Run(cmd); err != nil {
		return "", fmt.Errorf("go build: %v\n%s", err, out.Bytes())
	}
	return name, nil
}

// BuildTool makes ctxlint build another tool with the analyzers from ctxlint's
// source, and returns the program.
func BuildTool(t testing.TB, ctxlint, name string, flags ...string) string {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"build", name, "-o", dir, "-source", testenv.Root(t)}, flags...)
	out := Run(t, dir, ctxlint, args...)
	if out.Code != 0 {
		t.Fatalf("ctxlint build %s: exit code %d\n%s", name, out.Code, out.Stderr)
	}
	t.Log(out.Stderr)
	exe, err := exec.LookPath(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

// An Outcome is what a command did.
type Outcome struct {
	Stdout, Stderr string
	Code           int
}

// Run runs a command in dir, outside any workspace.
func Run(t testing.TB, dir, name string, args ...string) Outcome {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir, "GOWORK=off", "GO111MODULE=on")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := testenv.Run(cmd); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return Outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// Download fetches a module, "path@version", and returns its directory in the
// module cache.
func Download(t testing.TB, module string) (dir string) {
	t.Helper()
	out := Run(t, os.TempDir(), "go", "mod", "download", "-json", module)
	var m struct{ Dir, Error string }
	if err := json.Unmarshal([]byte(out.Stdout), &m); err != nil || m.Dir == "" {
		t.Fatalf("go mod download %s: exit code %d %s\n%s", module, out.Code, m.Error, out.Stderr)
	}
	return m.Dir
}

// A Finding is a diagnostic with what every driver reports.
type Finding struct {
	File      string // absolute
	Line, Col int
	Analyzer  string
	Category  string
	Message   string

	Related []Step // as ctxlint and go vet report it

	// Reported only by ctxlint.
	Package, Func string
	Severity      string
	Fixes         int
	Calls         []string // the packages of other calls that the finding stands for
}

// A Step is one part of the explanation of a finding.
type Step struct {
	File      string // absolute
	Line, Col int
	Message   string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s (%s/%s)", f.File, f.Line, f.Col, f.Message, f.Analyzer, f.Category)
}

// A Report is the part of ctxlint's JSON that the tests read.
type Report struct {
	Findings []struct {
		Analyzer, Category, Message, Package, Func, Severity string
		Start                                                position
		Related                                              []struct {
			Message  string
			Position position
		}
		Fixes []struct{}
		Calls []struct{ Package string }
	}
	Errors []struct{ Message, Package string }
}

type position struct {
	File      string
	Line, Col int
}

// Lint runs the ctxlint tool in dir and returns what it finds. An error, or a finding
// about ctxlint itself, fails the test.
func Lint(t *testing.T, tool, dir string, args ...string) []Finding {
	t.Helper()
	out := Run(t, dir, tool, append([]string{"-json"}, args...)...)
	report := ReadReport(t, out)
	for _, e := range report.Errors {
		t.Errorf("%s: %s", e.Package, e.Message)
	}
	if t.Failed() {
		t.FailNow()
	}
	return report.All(t, dir)
}

// LintEach is [Lint] for a comparison with drivers that see one package at a time: of
// calls in several packages that ctxlint reports as one finding, it returns those
// that ctxlint reports about each of these packages alone. The last argument is the
// pattern.
func LintEach(t *testing.T, tool, dir string, args ...string) []Finding {
	t.Helper()
	all := Lint(t, tool, dir, args...)
	alone := make(map[string]bool)
	for _, f := range all {
		for _, pkg := range f.Calls {
			if pkg != f.Package {
				alone[pkg], alone[f.Package] = true, true
			}
		}
	}
	all = slices.DeleteFunc(all, func(f Finding) bool { return alone[f.Package] })
	for _, pkg := range slices.Sorted(maps.Keys(alone)) {
		all = append(all, Lint(t, tool, dir, append(slices.Clone(args[:len(args)-1]), pkg)...)...)
	}
	return all
}

// ReadReport reads the JSON that ctxlint printed.
func ReadReport(t *testing.T, out Outcome) Report {
	t.Helper()
	var r Report
	if err := json.Unmarshal([]byte(out.Stdout), &r); err != nil {
		t.Fatalf("ctxlint exits with %d and prints no report: %v\n%s", out.Code, err, out.Stderr)
	}
	return r
}

// All returns the findings of a report that was written in dir.
func (r *Report) All(t *testing.T, dir string) []Finding {
	t.Helper()
	abs := func(file string) string {
		if file = filepath.FromSlash(file); filepath.IsAbs(file) {
			return file
		}
		return filepath.Join(dir, file)
	}
	var all []Finding
	for _, f := range r.Findings {
		var steps []Step
		for _, r := range f.Related {
			steps = append(steps, Step{abs(r.Position.File), r.Position.Line, r.Position.Col, r.Message})
		}
		var calls []string
		for _, c := range f.Calls {
			calls = append(calls, c.Package)
		}
		all = append(all, Finding{
			Calls: calls,
			File:  abs(f.Start.File), Line: f.Start.Line, Col: f.Start.Col,
			Analyzer: f.Analyzer, Category: f.Category, Message: f.Message,
			Package: f.Package, Func: f.Func, Severity: f.Severity, Related: steps, Fixes: len(f.Fixes),
		})
	}
	NoneInternal(t, all)
	return all
}

// NoneInternal fails the test if a finding says that ctxlint panicked.
func NoneInternal(t *testing.T, findings []Finding) {
	t.Helper()
	for _, f := range findings {
		if f.Category == diag.Internal {
			t.Error(f)
		}
	}
}

// Extract writes the files of an archive, and more, to a new directory.
func Extract(t *testing.T, archive string, more ...txtar.File) (dir string) {
	t.Helper()
	// The name of a temporary directory may contain symbolic links, which some
	// tools resolve and others do not.
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(ar.Files, more...) {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Lines returns the findings as text, sorted and without duplicates: variants
// of a package for tests share its files.
func Lines(findings []Finding) []string {
	set := make(map[string]bool)
	for _, f := range findings {
		set[f.String()] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// Vet runs go vet with ctxlint as its tool in dir and returns what it finds.
func Vet(t *testing.T, tool, dir string, args ...string) []Finding {
	t.Helper()
	out := Run(t, dir, "go", append([]string{"vet", "-vettool=" + tool, "-json"}, args...)...)
	if out.Code != 0 {
		t.Fatalf("go vet: exit code %d\n%s", out.Code, out.Stderr)
	}
	var all []Finding
	for dec := json.NewDecoder(strings.NewReader(out.Stdout)); ; {
		var byUnit map[string]map[string]json.RawMessage
		if err := dec.Decode(&byUnit); errors.Is(err, io.EOF) {
			NoneInternal(t, all)
			return all
		} else if err != nil {
			t.Fatalf("go vet -json: %v", err)
		}
		for unit, byAnalyzer := range byUnit {
			for analyzer, result := range byAnalyzer {
				var diagnostics []struct {
					Category, Posn, Message string
					Related                 []struct{ Posn, Message string }
				}
				if err := json.Unmarshal(result, &diagnostics); err != nil {
					t.Fatalf("%s of %s: %s", analyzer, unit, result) // {"error": ...}
				}
				for _, d := range diagnostics {
					f := Finding{Analyzer: analyzer, Category: d.Category, Message: d.Message}
					for _, r := range d.Related {
						at := Finding{}.At(t, r.Posn)
						f.Related = append(f.Related, Step{at.File, at.Line, at.Col, r.Message})
					}
					all = append(all, f.At(t, d.Posn))
				}
			}
		}
	}
}

var posn = regexp.MustCompile(`^(.*):(\d+):(\d+)$`)

// At returns f at the position "file:line:col".
func (f Finding) At(t *testing.T, place string) Finding {
	t.Helper()
	m := posn.FindStringSubmatch(place)
	if m == nil {
		t.Fatalf("%q is no position", place)
	}
	f.File = filepath.Clean(m[1])
	f.Line, _ = strconv.Atoi(m[2])
	f.Col, _ = strconv.Atoi(m[3])
	return f
}
