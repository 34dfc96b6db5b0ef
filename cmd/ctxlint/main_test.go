package main_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

func TestMain(m *testing.M) {
	if mode := os.Getenv("FAKE_GO"); mode != "" {
		os.Exit(fakeGo(mode, os.Args[1:]))
	}
	if dir := os.Getenv("CACHEPROG_DIR"); dir != "" {
		if err := cacheProg(dir, os.Getenv("CACHEPROG_LOG")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestScripts runs the command line as a user would, see testdata/script.
// Besides testscript's own commands there are
//
//	lint CODE ARGS...     run ctxlint and expect the exit code; -EACH=VALUE is a flag for each analyzer
//	each FILE             write the names of all analyzers in place of EACH in the file
//	validate SCHEMA FILE  check the report, which is "json", "sarif" or "codequality", against its schema
//	fakego MODE           put a go command in front of the PATH; see fakeGo
//	await FILE            wait until the file exists
//	ended FILE            check that the process that keeps writing the file has ended
//	hostile DIR           make a module of files with names that not every system allows
//	crlf FILE             give the file CRLF line endings
func TestScripts(t *testing.T) {
	params := scriptParams(t, buildCommand(t), nil)
	params.Dir = filepath.Join("testdata", "script")
	testscript.Run(t, params)
}

// scriptParams returns the parameters of scripts about the command bin, with more variables
// in the environment.
func scriptParams(t *testing.T, bin string, vars map[string]string) testscript.Params {
	goEnv := readGoEnv(t, "GOCACHE", "GOMODCACHE", "GOFLAGS")
	return testscript.Params{
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			for _, set := range []map[string]string{
				goEnv,
				{"GOPROXY": "off", "GOSUMDB": "off", "GOENV": "off", "GOTOOLCHAIN": "local", "GOWORK": "", "TERM": "xterm"},
				vars,
			} {
				for name, value := range set {
					env.Setenv(name, value)
				}
			}
			env.Setenv("PATH", filepath.Dir(bin)+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Setenv("CTXLINT", bin)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "cgo":
				_, err := exec.LookPath("gcc")
				return err == nil, nil
			case "mounts":
				return exec.Command("unshare", "-m", "mount", "-t", "tmpfs", "none", t.TempDir()).Run() == nil, nil
			case "root":
				return os.Geteuid() == 0, nil // may write everything
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"lint": lint, "each": each, "validate": validate, "fakego": fakego, "await": await, "ended": ended, "hostile": hostile, "crlf": crlf,
		},
	}
}

// buildCommand builds ctxlint the way its users do.
func buildCommand(t *testing.T) string {
	t.Helper()
	bin, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func readGoEnv(t *testing.T, names ...string) map[string]string {
	t.Helper()
	values := make(map[string]string)
	for _, name := range names {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatalf("go env %s: %v", name, err)
		}
		values[name] = strings.TrimSpace(string(out))
	}
	return values
}

func each(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: each FILE")
	}
	var names []string
	for _, a := range slices.Concat(analyzers.All(), staticcheck.All()) {
		names = append(names, a.Name)
	}
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "EACH", strings.Join(names, ", "))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

func lint(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil {
		ts.Fatalf("usage: lint CODE ARGS...")
	}
	var flags []string
	for _, arg := range args[1:] {
		if value, ok := strings.CutPrefix(arg, "-EACH="); ok {
			for _, a := range slices.Concat(analyzers.All(), staticcheck.All()) {
				flags = append(flags, "-"+a.Name+"="+value)
			}
			continue
		}
		flags = append(flags, arg)
	}
	code := 0
	err = ts.Exec(ts.Getenv("CTXLINT"), flags...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

var schemas = map[string]string{
	"json":  filepath.Join("..", "..", "docs", "schema", "ctxlint.schema.json"),
	"sarif": filepath.Join("..", "..", "internal", "report", "format", "testdata", "sarif-schema-2.1.0.json"),

	"codequality": filepath.Join("..", "..", "internal", "report", "format", "testdata", "codequality.schema.json"),
}

func validate(ts *testscript.TestScript, neg bool, args []string) {
	schema, err := jsonschema.NewCompiler().Compile(schemas[args[0]])
	ts.Check(err)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(ts.ReadFile(args[1])))
	ts.Check(err)
	ts.Check(schema.Validate(value))
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	file := ts.MkAbs(args[0])
	for range 500 {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	ts.Fatalf("%s does not appear", args[0])
}

func ended(ts *testscript.TestScript, neg bool, args []string) {
	before := ts.ReadFile(args[0])
	for range 20 {
		time.Sleep(10 * heartbeat)
		after := ts.ReadFile(args[0])
		if before == after {
			return
		}
		before = after
	}
	ts.Fatalf("the process is still there")
}

func crlf(ts *testscript.TestScript, neg bool, args []string) {
	content := strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content), 0o666))
}

func hostile(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o777))
	ts.Check(os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/hostile\n\ngo 1.26\n"), 0o666))
	for i, name := range []string{"a b.go", "c\x1b[31m.go", "d%d,:\"'.go", "e\ne.go", "f\u202e.go"} {
		source := fmt.Sprintf("package hostile\n\nimport \"context\"\n\nfunc F%d(ctx context.Context) {\n\tctx, _ = context.WithCancel(ctx)\n\t<-ctx.Done()\n}\n", i)
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte(source), 0o666))
	}
}
