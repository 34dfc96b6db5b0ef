package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// latePackages are some that are not to be initialised for a unit that needs no analyzers.
var latePackages = []string{"golang.org/x/tools/go/analysis", "honnef.co/", "github.com/google/pprof", "github.com/maruel/", "github.com/ctxlint/ctxlint/analyzers"}

// An earlyTest runs the vet tool on descriptions of units.
type earlyTest struct {
	*testing.T
	bin, dir string
	env      []string
}

// describe writes a .cfg file for the package, with what add says beside the usual.
func (t *earlyTest) describe(path, source string, add map[string]any) (cfg string) {
	name := filepath.Join(t.dir, filepath.Base(path)+".go")
	t.write(name, source)
	desc := map[string]any{
		"ID": path, "ImportPath": path, "Dir": t.dir, "GoFiles": []string{name}, "GoVersion": "go1.24", "VetxOnly": true,
		"ImportMap": map[string]string{"unsafe": "unsafe"}, "VetxOutput": filepath.Join(t.dir, "facts"), "Stdout": filepath.Join(t.dir, "stdout"),
	}
	for key, value := range add {
		desc[key] = value
	}
	data, err := json.MarshalIndent(desc, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return t.write(filepath.Join(t.dir, filepath.Base(path)+".cfg"), string(data))
}

func (t *earlyTest) write(name, content string) string {
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// run runs the tool, and returns the file of facts, what is on standard error (with the
// packages that are initialised) and whether the exit code is 0.
func (t *earlyTest) run(args ...string) (facts []byte, stderr string, ok bool) {
	file := filepath.Join(t.dir, "facts")
	os.Remove(file)
	cmd := exec.Command(t.bin, args...)
	cmd.Env = append(os.Environ(), t.env...)
	var out bytes.Buffer
	cmd.Stderr = &out
	err := testenv.Run(cmd)
	facts, _ = os.ReadFile(file)
	return facts, out.String(), err == nil
}

// isLate reports whether one of the late packages has been initialised.
func isLate(stderr string) bool {
	for _, name := range latePackages {
		if strings.Contains(stderr, "init "+name) {
			return true
		}
	}
	return false
}

// TestEarly asks about units that are answered before most of the program is initialised, and
// about others. The flag -v has no effect, except that its units are answered later.
func TestEarly(t *testing.T) {
	e := &earlyTest{t, buildCommand(t), t.TempDir(), nil}
	root := readGoEnv(t, "GOROOT")["GOROOT"]
	times := e.write(filepath.Join(e.dir, "times"), "")
	e.env = []string{"GOROOT=" + root, "GOVERSION=go1.26.0", "GODEBUG=inittrace=1", "CTXLINT_TIMES=" + times}

	low, stderr, ok := e.run("-json", e.describe("x.org/low", "package low\n\ntype T int\n\nfunc (T) Quit() {\n\tpanic(0)\n}\n", nil))
	if len(low) == 0 || !ok || !isLate(stderr) {
		t.Fatalf("a package of a main module has no facts: %t\n%s", ok, stderr)
	}
	lowFacts := map[string]string{"x.org/low": e.write(filepath.Join(e.dir, "low.facts"), string(low))}
	dependency := map[string]any{"ModulePath": "x.org/top", "ModuleVersion": "v1.0.0", "PackageVetx": lowFacts}
	std := map[string]any{"Dir": filepath.Join(root, "src", "bits")}
	wanted := map[string]any{"Dir": std["Dir"], "VetxOnly": false}
	for name, test := range map[string]struct {
		mode, source string
		add          map[string]any
		early        bool
		facts        bool
	}{
		"standard library":             {"-json", "package bits\n", std, true, false},
		"standard library, wanted":     {"-json", "package bits\n", wanted, false, false},
		"records of others":            {"-ctxlint.records=main", "package bits\n", wanted, true, false},
		"records of it":                {"-ctxlint.records=std", "package bits\n", wanted, false, false},
		"dependency":                   {"-ctxlint.records=main", "package top\n", dependency, true, true},
		"dependency that uses a fact":  {"-ctxlint.records=main", "package top\n\n// x.Quit\n", dependency, false, true},
		"dependency, wanted":           {"-ctxlint.records=x.org/top", "package top\n", dependency, false, true},
		"main module, for its facts":   {"-json", "package own\n", nil, false, false},
		"standard library, for humans": {"-v", "package bits\n", std, false, true}, // unitchecker's
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(times)
			cfg := e.describe("x.org/unit", test.source, test.add)
			facts, stderr, ok := e.run(test.mode, cfg)
			if !ok || isLate(stderr) == test.early {
				t.Errorf("exit code 0: %t, answered early: %t, want %t\n%s", ok, !isLate(stderr), test.early, stderr)
			}
			after, _ := os.ReadFile(times)
			if lines := bytes.Count(after, []byte("\n")) - bytes.Count(before, []byte("\n")); lines != 1 && test.mode != "-v" {
				t.Errorf("%d lines about its time", lines)
			}
			if (len(facts) > 0) != test.facts {
				t.Errorf("%d bytes of facts", len(facts))
			}
			if later, stderr, ok := e.run("-v", test.mode, cfg); !ok || !isLate(stderr) || !bytes.Equal(facts, later) {
				t.Errorf("answered later, it has other facts: %q and %q\n%s", facts, later, stderr)
			}
		})
	}

	for args, early := range map[string]bool{
		"-json -cancelleak=false": false,
		"-json -ctxlint.checked -cancelleak=false -ctxreset.disable=blank":   true,
		"-json -ctxlint.checked -cancelleak=false -fix=true -fix=false":      false,
		"-ctxlint.records=main -ctxlint.decisions -ctxlint.every -json=true": true,
	} {
		cfg := e.describe("x.org/bits", "package bits\n", std)
		if _, stderr, ok := e.run(append(strings.Fields(args), cfg)...); !ok || isLate(stderr) == early {
			t.Errorf("%s: exit code 0: %t, answered early: %t\n%s", args, ok, !isLate(stderr), stderr)
		}
	}

	broken, good := e.write(filepath.Join(e.dir, "broken.cfg"), "{"), e.describe("x.org/bits", "package bits\n", std)
	for want, args := range map[string][]string{
		"not a description of a unit":     {"-json", broken},
		"absent.cfg":                      {"-json", filepath.Join(e.dir, "absent.cfg")},
		"not defined: -nosuch":            {"-json", "-nosuch=1", good},
		"not a fact file of this version": {"-json", e.describe("x.org/top", "package top\n", map[string]any{"ModulePath": "x.org/top", "ModuleVersion": "v1.0.0", "PackageVetx": map[string]string{"x.org/low": broken}})},
	} {
		if facts, stderr, ok := e.run(args...); ok || !strings.Contains(stderr, want) || len(facts) > 0 {
			t.Errorf("%q: exit code 0: %t, %d bytes of facts, want the error %q\n%s", args, ok, len(facts), want, stderr)
		}
	}
}
