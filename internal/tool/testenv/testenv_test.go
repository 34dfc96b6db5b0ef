package testenv_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestRoot(t *testing.T) {
	root := testenv.Root(t)
	if _, err := os.Stat(filepath.Join(root, "internal", "tool", "testenv", "testenv.go")); err != nil {
		t.Errorf("Root() = %s, which does not hold this package: %v", root, err)
	}
}

func TestFixtures(t *testing.T) {
	dir := testenv.Fixtures(t)
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Error(err)
	}
}

// failing records how a test would have failed.
type failing struct {
	testing.TB
	failed chan string
}

func (f failing) Helper() {}

func (f failing) Fatal(args ...any) {
	f.failed <- args[0].(error).Error()
	panic(f)
}

func TestFixturesSaysWhatIsMissing(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module m\n")
	if err := os.Mkdir(filepath.Join(dir, "testdata"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join("testdata", "go.mod"), "module fixtures\n\ngo 1.26.0\n")
	write(filepath.Join("testdata", "p.go"), "package p\n\nimport _ \"no.such.module.invalid/p\"\n")
	t.Chdir(dir)
	f := failing{t, make(chan string, 1)}
	func() {
		defer func() {
			if x := recover(); x != any(f) {
				t.Errorf("Fixtures did not fail: %v", x)
			}
		}()
		testenv.Fixtures(f)
	}()
	select {
	case got := <-f.failed:
		for _, want := range []string{"no.such.module.invalid/p", "module proxy"} {
			if !strings.Contains(got, want) {
				t.Errorf("the failure does not mention %q:\n%s", want, got)
			}
		}
	default:
		t.Error("no message")
	}
}
