package vettool_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// extract writes the files of an archive in testdata to a new directory.
func extract(t *testing.T, archive string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	// The names of temporary directories can contain symbolic links; cmd/go
	// would print the resolved names.
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile(filepath.Join("testdata", archive))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	return dir
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// outcome is what a command did.
type outcome struct {
	stdout, stderr string
	code           int
}

// command runs a go command in dir.
func command(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir, toolEnv+"=1", "GOFLAGS=", "GOPROXY=off", "GO111MODULE=on",
		// With -race, the tool would sleep for a second before it exits.
		"GORACE=atexit_sleep_ms=0")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := testenv.Run(cmd)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// vet runs go vet with this test binary as the tool.
func vet(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return command(t, dir, append([]string{"vet", "-vettool=" + exe}, args...)...)
}

// units returns the JSON values of a tool's output, sorted: cmd/go prints units
// in the order in which they finish.
func units(t *testing.T, stdout string) []string {
	t.Helper()
	var out []string
	for dec := json.NewDecoder(strings.NewReader(stdout)); ; {
		var v json.RawMessage
		if err := dec.Decode(&v); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, stdout)
		}
		out = append(out, string(v))
	}
	slices.Sort(out)
	return out
}

func sortedLines(s string) []string { return slices.Sorted(strings.Lines(s)) }

// TestStock compares what go vet prints and does with this package's driver and
// with unitchecker.
func TestStock(t *testing.T) {
	for _, test := range []struct {
		archive string
		args    []string
		want    string // a part of the output, to make sure that there is something to compare
	}{
		{"uses.txtar", nil, "use of OldDo, tagged do (one of 4)"},
		{"uses.txtar", []string{"-json"}, `"category": "use"`},
		{"uses.txtar", []string{"-c=1"}, "29\tfunc print() { println(quiet) }"},
		{"uses.txtar", []string{"-prints", "-prints.text=quiet, please"}, "quiet, please"},
		{"uses.txtar", []string{"-tagged=false"}, "do not print"},
		{"uses.txtar", []string{"-json", "-touchy"}, "{}"},
		{"broken.txtar", nil, "undefined: undefined"},
		{"broken.txtar", []string{"-json"}, "do not print"},
		{"misbehave.txtar", nil, "no opinion on example.com/main/fail"},
		{"misbehave.txtar", []string{"-json"}, `"error": "no opinion on example.com/main/fail"`},
		{"cgo.txtar", []string{"-json"}, "use of OldDo"},
		{"cgo.txtar", []string{"-json", "-trimpath"}, "use of OldDo"},
		{"trim.txtar", []string{"-json"}, "deep.y"},
	} {
		t.Run(strings.Join(append([]string{test.archive}, test.args...), " "), func(t *testing.T) {
			t.Parallel()
			if test.archive == "cgo.txtar" {
				needCgo(t)
			}
			dir := extract(t, test.archive)
			args := append(test.args, "./...")
			got := vet(t, dir, args...)
			want := vet(t, dir, append([]string{"-" + stockFlag}, args...)...)
			if got.code != want.code {
				t.Errorf("exit code %d, of unitchecker %d", got.code, want.code)
			}
			// Both say that a fix is wrong, each in its own words.
			ignore := func(line string) bool { return strings.Contains(line, "fix") }
			if diff := cmp.Diff(slices.DeleteFunc(sortedLines(want.stderr), ignore), slices.DeleteFunc(sortedLines(got.stderr), ignore)); diff != "" {
				t.Errorf("standard error differs (-unitchecker +unit):\n%s", diff)
			}
			if slices.Contains(args, "-json") {
				if diff := cmp.Diff(units(t, want.stdout), units(t, got.stdout)); diff != "" {
					t.Errorf("JSON differs (-unitchecker +unit):\n%s", diff)
				}
			} else if got.stdout != want.stdout {
				t.Errorf("standard output %q, of unitchecker %q", got.stdout, want.stdout)
			}
			if !strings.Contains(got.stdout+got.stderr, test.want) {
				t.Errorf("no %q in\n%s%s", test.want, got.stdout, got.stderr)
			}
		})
	}
}

func needCgo(t *testing.T) {
	t.Helper()
	if out := command(t, ".", "env", "CGO_ENABLED"); strings.TrimSpace(out.stdout) != "1" {
		t.Skip("go env says that there is no cgo on this system")
	}
}

// TestFacts checks which dependencies' facts arrive in a main module, and that
// they are the same with vendored dependencies and with a cmd/go that gives no
// export data.
func TestFacts(t *testing.T) {
	// The fact about low.T.Close travels through mid, and through pass, which
	// is not even parsed. Nobody asks for the facts of quiet.
	want := []string{
		"main.go:12:6: use of OldDo, tagged low (one of 2)\n",
		"main.go:13:12: use of Close, tagged close (one of 2)\n",
		"main.go:13:6: use of Get, tagged low\n",
		"main.go:14:13: use of Close, tagged close (one of 2)\n",
		"main.go:16:7: use of OldDo, tagged exit (one of 1)\n",
	}
	dir := extract(t, "deps.txtar")
	check := func(args ...string) {
		t.Helper()
		out := vet(t, dir, append(args, "./...")...)
		var got []string
		for _, line := range sortedLines(out.stderr) {
			if strings.HasPrefix(line, "main.go:") {
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || out.code != 1 {
			t.Errorf("go vet %q: exit code %d, findings (-want +got):\n%s\n%s", args, out.code, diff, out.stderr)
		}
	}
	check()
	check("-" + noExportFlag)
	if out := command(t, dir, "mod", "vendor"); out.code != 0 {
		t.Fatal(out.stderr)
	}
	check("-mod=vendor")
	if _, lines := records(t, dir, "main", "-mod=vendor", "./..."); len(lines) != 1 {
		t.Errorf("with vendored dependencies, records of %d units, want 1", len(lines))
	}
}

// TestNoExportData checks the mode in which fact files carry types on a module
// with test variants.
func TestNoExportData(t *testing.T) {
	dir := extract(t, "uses.txtar")
	want := vet(t, dir, "-json", "./...")
	got := vet(t, dir, "-json", "-"+noExportFlag, "./...")
	if got.code != 0 {
		t.Fatal(got.stderr)
	}
	// A position from our own types has a column; one from the compiler's does
	// not.
	column := regexp.MustCompile(`(/|\\\\)(a|relay)(\.go:\d+):\d+`)
	norm := func(out outcome) []string {
		list := units(t, column.ReplaceAllString(out.stdout, "$1$2$3"))
		if len(list) < 5 {
			t.Errorf("only %d units", len(list))
		}
		return list
	}
	if diff := cmp.Diff(norm(want), norm(got)); diff != "" {
		t.Errorf("JSON differs (-with +without export data):\n%s", diff)
	}
}

// TestFix checks that fixes are applied, and shown with -diff.
func TestFix(t *testing.T) {
	dir := extract(t, "trap.txtar")
	write(t, filepath.Join(dir, "c", "c.go"), "package c\n\n// tag do\nfunc OldDo() {}\n\nfunc NewDo() {}\n\nfunc f() { OldDo() }\n")
	name := filepath.Join(dir, "c", "c.go")
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out := vet(t, dir, "-fix", "-diff", "./...")
	if out.code != 1 || !strings.Contains(out.stdout, "-func f() { OldDo() }\n+func f() { NewDo() }\n") {
		t.Errorf("go vet -fix -diff: exit code %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	if after, _ := os.ReadFile(name); !bytes.Equal(before, after) {
		t.Errorf("go vet -fix -diff changed the file")
	}
	if out := vet(t, dir, "-fix", "./..."); out.code != 0 {
		t.Errorf("go vet -fix: exit code %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	if after, _ := os.ReadFile(name); !bytes.Contains(after, []byte("func f() { NewDo() }")) {
		t.Errorf("after go vet -fix:\n%s", after)
	}
}

// TestFixThatBreaks checks that a fix with which the package, or its test,
// would not compile is left out and reported, and that the others are applied.
func TestFixThatBreaks(t *testing.T) {
	const source = `package c

// tag do
func OldDo() {}

func NewDo() {}

// tag gone
func OldGone() {}

func f() {
OldDo()
	OldGone()
	OldDo()
}
`
	dir := extract(t, "trap.txtar")
	name := filepath.Join(dir, "c", "c.go")
	write(t, name, source)
	write(t, filepath.Join(dir, "c", "c_test.go"), "package c\n\nfunc g() {\n\tOldGone()\n\tOldDo()\n}\n")
	for _, args := range [][]string{{"-fix", "-diff", "./c"}, {"-fix", "./c"}, {"-fix", "./c"}} {
		out := vet(t, dir, args...)
		for _, want := range []string{"c.go:13:2: ", "c_test.go:4:2: "} {
			if !strings.Contains(out.stderr, want+"fix not applied: the code would not compile with it: ") || !strings.Contains(out.stderr, "undefined: NewGone") {
				t.Errorf("go vet %q does not say that the fix at %s is left out:\n%s", args, want, out.stderr)
			}
		}
		if diff := slices.Contains(args, "-diff"); diff != (out.code == 1) {
			t.Errorf("go vet %q: exit code %d", args, out.code)
		}
	}
	want := strings.ReplaceAll(source[strings.Index(source, "func f"):], "OldDo", "\tNewDo")
	want = strings.ReplaceAll(want, "\t\t", "\t")
	if after, _ := os.ReadFile(name); !strings.HasSuffix(string(after), want) {
		t.Errorf("after go vet -fix:\n%s\nwant at the end\n%s", after, want)
	}
}

// TestPanic checks that a panic of an analyzer becomes a diagnostic.
func TestPanic(t *testing.T) {
	out := vet(t, extract(t, "panic.txtar"), "./...")
	for _, want := range []string{"p.go:1:9: internal error in touchy: ouch", "p.go:3:16: do not print"} {
		if !strings.Contains(out.stderr, want) {
			t.Errorf("no %q in\n%s", want, out.stderr)
		}
	}
	if strings.Contains(out.stderr, "goroutine") {
		t.Errorf("a stack trace:\n%s", out.stderr)
	}
}
