package examples_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

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
	tool := filepath.Join(t.TempDir(), "ctxlint.exe")
	if out, err := exec.Command("go", "build", "-o", tool, root+"/cmd/ctxlint").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} { // of the fixtures, which import the same libraries
		content, err := os.ReadFile(filepath.Join(testenv.Fixtures(t), name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(content))
	}
	for i, m := range recipes {
		write(t, filepath.Join(dir, fmt.Sprintf("bad%d", i), "code.go"), m[2])
		write(t, filepath.Join(dir, fmt.Sprintf("good%d", i), "code.go"), m[3])
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(tool, "-no-config", "-confidence", "medium", "-c", "-1", "./...")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("%v\n%s%s", err, &stdout, &stderr)
	}
	for i, m := range recipes {
		bad := regexp.MustCompile(fmt.Sprintf(`(?m)^bad%d[/\\]code\.go:.*\(%s[,)]`, i, m[1]))
		if !bad.MatchString(stdout.String()) {
			t.Errorf("%s does not complain about\n%s\n%s", m[1], m[2], &stdout)
		}
	}
	if i := strings.Index(stdout.String(), "\ngood"); i >= 0 || strings.HasPrefix(stdout.String(), "good") {
		t.Errorf("a complaint about what should be written:\n%s", &stdout)
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}
