package gocmd_test

import (
	"go/version"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestVersions checks what is said about the versions of Go that are needed.
func TestVersions(t *testing.T) {
	root := testenv.Root(t)
	read := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	mod, err := modfile.Parse("go.mod", read("go.mod"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := version.Lang("go" + mod.Go.Version); got != gocmd.BuildVersion {
		t.Errorf("go.mod asks for %s, and BuildVersion is %s", got, gocmd.BuildVersion)
	}
	say := func(v string) string { return "Go " + strings.TrimPrefix(v, "go") }
	want := "It takes " + say(gocmd.BuildVersion) + " to build ctxlint"
	for _, page := range []string{"README.md", "docs/ci.md", "docs/first-hour.md"} {
		text := strings.Join(strings.Fields(string(read(page))), " ")
		if !strings.Contains(text, want) || !strings.Contains(text, say(gocmd.MinVersion)+" to run it") {
			t.Errorf("%s does not say %q and %q", page, want, say(gocmd.MinVersion)+" to run it")
		}
	}
}
