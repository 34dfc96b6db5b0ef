package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/bench/internal/module"
)

// TestMeasure measures a module with two fixes, in a package and in its test, and
// with an error that was there before.
func TestMeasure(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "m")
	for name, text := range map[string]string{
		"go.mod":        "module example.com/m\n\ngo 1.26\n",
		".git/config":   "not copied",
		"a/a.go":        "package a\n\nimport \"context\"\n\nfunc F(ctx context.Context) {\n\tctx, _ = context.WithCancel(ctx)\n\t<-ctx.Done()\n}\n",
		"a/a_test.go":   "package a\n\nimport \"context\"\n\nfunc f(ctx context.Context) {\n\tctx, _ = context.WithCancel(ctx)\n\t<-ctx.Done()\n}\n",
		"bad/broken.go": "package bad\n\nvar x int = \"no\"\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	report := filepath.Join(t.TempDir(), "report.md")
	if err := os.WriteFile(report, []byte("<!-- BEGIN fixes: -->\n<!-- END fixes -->\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	if err := measure(context.Background(), module.Options{Modules: []string{dir}, Work: work, Write: report}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| m |  | 1 | 2 | 2 | 0 | 0 | 0 | 0 |\n", "| cancelleak/discarded | 2 |\n"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, "a", "a.go")); err != nil || strings.Contains(string(text), "defer") {
		t.Errorf("the module itself was changed: %v\n%s", err, text)
	}
	if _, err := os.Stat(filepath.Join(work, "copies", "m", ".git")); err == nil {
		t.Error(".git was copied")
	}
}

// TestCompile checks that an error caused by a change is found, and that moved
// lines cause none.
func TestCompile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	check := func() string {
		t.Helper()
		lines, err := (&result{Module: &module.Module{Dir: dir}, files: []string{"m.go"}}).compile(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
	write("go.mod", "module example.com/m\n\ngo 1.26\n")
	write("m.go", "package m\n\nvar x int = \"no\"\n")
	write("m_test.go", "package m\n")
	before := check()
	if !strings.Contains(before, `cannot use "no"`) {
		t.Fatalf("no error in %q", before)
	}
	write("m.go", "package m\n\n// moved\n\nvar x int = \"no\"\n")
	if after := check(); after != before {
		t.Errorf("after moving a line: %q, before: %q", after, before)
	}
	write("m.go", "package m\n")
	write("m_test.go", "package m\n\nvar y int = \"no\"\n")
	if after := check(); !strings.Contains(after, "m_test.go") {
		t.Errorf("an error in a test does not show: %q", after)
	}
}
