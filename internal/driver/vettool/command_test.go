package vettool_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

// TestCommand runs go vet with the real command, built as users build it.
func TestCommand(t *testing.T) {
	exe, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
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
