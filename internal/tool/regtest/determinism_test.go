package regtest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/google/go-cmp/cmp"
)

// TestDeterminism checks that the reports about the fixtures have the same
// bytes in every format, in whatever order packages are named, and whether the
// findings come from the build cache or from an analysis.
func TestDeterminism(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import without a cache")
	}
	// With a different build ID it is a different tool, whose results cmd/go
	// cannot have. The compiled packages stay in the cache.
	cold, err := drivertest.Build(t.TempDir(), fmt.Sprintf("-ldflags=-X=main.unused=%d", time.Now().UnixNano()))
	if err != nil {
		t.Fatal(err)
	}
	if version := func(tool string) string { return drivertest.Run(t, ".", tool, "-V=full").Stdout }; version(cold) == version(tool) {
		t.Fatalf("cmd/go cannot tell the tools apart: %s", version(cold))
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		m.compiled(t)
		testDeterminism(t, cold, m.dir(t))
	})
}

// testDeterminism compares the reports of a ctxlint that has analysed nothing
// yet with those of the one that other tests use.
func testDeterminism(t *testing.T, cold, dir string) {
	packages := goList(t, dir, "./...")
	slices.Reverse(packages)
	want := reports(t, cold, dir, "./...")
	for _, again := range []struct {
		what     string
		tool     string
		patterns []string
	}{
		{"from the cache", cold, []string{"./..."}},
		{"from the cache, in another order", cold, packages},
		{"by another tool, in another order", tool, packages},
	} {
		for format, text := range reports(t, again.tool, dir, again.patterns...) {
			if text != want[format] {
				t.Errorf("%s: %s differs (-analysed +%[1]s):\n%s", again.what, format, cmp.Diff(want[format], text))
			}
		}
	}
}

// reports runs a ctxlint in dir and returns its report in every format.
func reports(t *testing.T, tool, dir string, patterns ...string) map[string]string {
	t.Helper()
	formats := []string{"text", "json", "sarif", "github", "html"}
	out := t.TempDir()
	args := []string{everyConfidence}
	for _, format := range formats {
		args = append(args, "-format="+format+":"+filepath.Join(out, format))
	}
	if o := drivertest.Run(t, dir, tool, append(args, patterns...)...); o.Code != 1 {
		t.Fatalf("ctxlint %q: exit code %d\n%s", patterns, o.Code, o.Stderr)
	}
	texts := make(map[string]string)
	for _, format := range formats {
		text, err := os.ReadFile(filepath.Join(out, format))
		if err != nil {
			t.Fatal(err)
		}
		texts[format] = string(text)
	}
	return texts
}
