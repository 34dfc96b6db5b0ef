package vettool_test

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestCommand runs go vet with the real command, built as users build it.
func TestCommand(t *testing.T) {
	exe := filepath.Join(t.TempDir(), "ctxlint")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", exe, "../../../cmd/ctxlint").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(`
-- go.mod --
module example.com/main

go 1.24
-- main.go --
package main

import "context"

func main() {
	ctx, _ := context.WithCancel(context.Background())
	<-ctx.Done()
}
`)).Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	out := command(t, dir, "vet", "-vettool="+exe, "./...")
	if out.code != 1 || !strings.Contains(out.stderr, "main.go:6:7: ") {
		t.Errorf("exit code %d\n%s", out.code, out.stderr)
	}
	out = command(t, dir, "vet", "-vettool="+exe, "-json", "-cancelleak", "./...")
	if out.code != 0 || !strings.Contains(out.stdout, `"category": "discarded"`) {
		t.Errorf("exit code %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	out = command(t, dir, "vet", "-vettool="+exe, "-cancelleak=false", "./...")
	if out.code != 0 || strings.Contains(out.stderr, "main.go") {
		t.Errorf("exit code %d\n%s%s", out.code, out.stdout, out.stderr)
	}
}
