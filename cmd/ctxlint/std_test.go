package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

// TestCovered analyses a package of the standard library for the sake of one that imports
// it. Its findings are then left to its variant with tests. Afterwards the package is asked
// for, but without its tests: then it has to be analysed, whatever the cache says.
func TestCovered(t *testing.T) {
	bin := buildCommand(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n\ngo 1.24\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	tests, err := filepath.Glob(filepath.Join(readGoEnv(t, "GOROOT")["GOROOT"], "src", "text", "template", "parse", "*_test.go"))
	if err != nil || len(tests) == 0 {
		t.Fatalf("text/template/parse has no tests: %v", err)
	}
	gone := make(map[string]string)
	for _, name := range tests {
		gone[name] = ""
	}
	overlay, err := json.Marshal(map[string]any{"Replace": gone})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, run := range []struct {
		args  []string
		again bool // it takes a second run of go vet
	}{
		{[]string{"text/template"}, false},
		{[]string{"text/template/parse"}, false},
		{[]string{"-overlay", "overlay.json", "text/template/parse"}, true},
	} {
		out := drivertest.Run(t, dir, bin, append([]string{"-v"}, run.args...)...)
		if out.Code != 0 || !strings.Contains(out.Stderr, "1 package checked") {
			t.Errorf("%q: exit code %d\n%s%s", run.args, out.Code, out.Stdout, out.Stderr)
		}
		if again := strings.Contains(out.Stderr, "-ctxlint.every"); again != run.again {
			t.Errorf("%q: asked again: %t\n%s", run.args, again, out.Stderr)
		}
	}
}
