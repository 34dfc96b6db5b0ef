package regtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/ctxlint/ctxlint/internal/diag"
	_ "github.com/ctxlint/ctxlint/internal/frontend" // so that go test's cache knows what the
	_ "github.com/ctxlint/ctxlint/internal/unit"     // binaries under test are made of
)

var update = flag.Bool("update", false, "write testdata/golden and docs/findings.md anew, keeping the verdicts")

// tool is the path of ctxlint, built the way its users do.
var tool string

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "ctxlint-regtest")
	if err != nil {
		log.Fatal(err)
	}
	code := 1
	if tool, err = build(dir); err == nil {
		code = m.Run()
	} else {
		log.Print(err)
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// build builds ctxlint in dir with more flags of go build.
func build(dir string, flags ...string) (string, error) {
	name := filepath.Join(dir, "ctxlint")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	args := append([]string{"build", "-o", name}, flags...)
	out, err := exec.Command("go", append(args, "github.com/ctxlint/ctxlint/cmd/ctxlint")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %v\n%s", err, out)
	}
	return name, nil
}

// outcome is what a command did.
type outcome struct {
	stdout, stderr string
	code           int
}

// run runs a command in dir, outside of any workspace.
func run(t *testing.T, dir, name string, args ...string) outcome {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir, "GOWORK=off", "GO111MODULE=on")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// goList runs go list in dir and returns the lines that it prints, sorted and
// each once.
func goList(t *testing.T, dir string, args ...string) []string {
	t.Helper()
	out := run(t, dir, "go", append([]string{"list"}, args...)...)
	if out.code != 0 {
		t.Fatalf("go list: %s", out.stderr)
	}
	return slices.Compact(slices.Sorted(strings.FieldsSeq(out.stdout)))
}

// A finding is a diagnostic as every driver tells it.
type finding struct {
	File      string // absolute
	Line, Col int
	Analyzer  string
	Category  string
	Message   string

	Package, Func string // told by ctxlint only
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s (%s/%s)", f.File, f.Line, f.Col, f.Message, f.Analyzer, f.Category)
}

// jsonReport is the part of ctxlint's JSON that the tests read.
type jsonReport struct {
	Findings []struct {
		Analyzer, Category, Message, Package, Func string
		Start                                      struct {
			File      string
			Line, Col int
		}
	}
	Errors []struct{ Message, Package string }
}

// lint runs ctxlint in dir and returns what it finds. An error, or a finding
// about ctxlint itself, fails the test.
func lint(t *testing.T, dir string, args ...string) []finding {
	t.Helper()
	out := run(t, dir, tool, append([]string{"-json"}, args...)...)
	report := readReport(t, out)
	for _, e := range report.Errors {
		t.Errorf("%s: %s", e.Package, e.Message)
	}
	if t.Failed() {
		t.FailNow()
	}
	return report.findings(t, dir)
}

func readReport(t *testing.T, out outcome) jsonReport {
	t.Helper()
	var r jsonReport
	if err := json.Unmarshal([]byte(out.stdout), &r); err != nil {
		t.Fatalf("ctxlint exits with %d and prints no report: %v\n%s", out.code, err, out.stderr)
	}
	return r
}

// findings returns the findings of a report that was written in dir.
func (r *jsonReport) findings(t *testing.T, dir string) []finding {
	t.Helper()
	var all []finding
	for _, f := range r.Findings {
		file := filepath.FromSlash(f.Start.File)
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		all = append(all, finding{file, f.Start.Line, f.Start.Col, f.Analyzer, f.Category, f.Message, f.Package, f.Func})
	}
	noneInternal(t, all)
	return all
}

// noneInternal fails the test if a finding says that ctxlint panicked.
func noneInternal(t *testing.T, findings []finding) {
	t.Helper()
	for _, f := range findings {
		if f.Category == diag.Internal {
			t.Error(f)
		}
	}
}

// extract writes the files of an archive in testdata, and more, to a new directory.
func extract(t *testing.T, archive string, more ...txtar.File) (dir string) {
	t.Helper()
	// The name of a temporary directory may hold symbolic links, which some
	// tools resolve and others do not.
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile(filepath.Join("testdata", archive))
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
