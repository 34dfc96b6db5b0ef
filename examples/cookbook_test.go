package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// recipe matches one of docs/cookbook.md: the check that complains about the first piece of
// code, and both pieces.
var recipe = regexp.MustCompile("(?s)Instead of this \\(`([a-z/-]+)`[^)]*\\):\n\n```go\n(.*?)```\n\nwrite this:\n\n```go\n(.*?)```")

// TestCookbook runs ctxlint over the code of docs/cookbook.md: it reports what should not be
// written by the check that is named, and nothing about what should.
func TestCookbook(t *testing.T) {
	root := testenv.Root(t)
	text, err := os.ReadFile(filepath.Join(root, "docs", "cookbook.md"))
	if err != nil {
		t.Fatal(err)
	}
	recipes := recipe.FindAllStringSubmatch(strings.ReplaceAll(string(text), "\r\n", "\n"), -1)
	if n := strings.Count(string(text), "\n## "); n != len(recipes) || n == 0 {
		t.Fatalf("%d recipes, but %d of the form that is tested", n, len(recipes))
	}
	tool, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} { // of the fixtures, which import the same libraries
		content, err := os.ReadFile(filepath.Join(testenv.Fixtures(t), name))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, name), string(content))
	}
	for i, m := range recipes {
		writeFile(t, filepath.Join(dir, fmt.Sprintf("bad%d", i), "code.go"), m[2])
		writeFile(t, filepath.Join(dir, fmt.Sprintf("good%d", i), "code.go"), m[3])
	}
	out := drivertest.Run(t, dir, tool, "-no-config", "-confidence", "low", "-c", "-1", "./...")
	if out.Code != 1 {
		t.Fatalf("exit code %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	for i, m := range recipes {
		bad := regexp.MustCompile(fmt.Sprintf(`(?m)^bad%d[/\\]code\.go:.*\(%s[,)]`, i, m[1]))
		if !bad.MatchString(out.Stdout) {
			t.Errorf("%s does not complain about\n%s\n%s", m[1], m[2], out.Stdout)
		}
	}
	if i := strings.Index(out.Stdout, "\ngood"); i >= 0 || strings.HasPrefix(out.Stdout, "good") {
		t.Errorf("a complaint about what should be written:\n%s", out.Stdout)
	}
}
