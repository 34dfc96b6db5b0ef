package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFirstHour does what docs/first-hour.md tells a newcomer to do, where an older Go is
// the only one and where the current one is. With -update it writes what is printed.
func TestFirstHour(t *testing.T) {
	testenv.EndToEnd(t, "a release of ctxlint")
	page := filepath.Join("..", "docs", "first-hour.md")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	bin := installable(t)
	for _, release := range []string{gocmd.MinVersion + ".0", "go1.25.0", "current"} {
		t.Run(release, func(t *testing.T) {
			if release != "current" {
				for name, value := range testenv.OldGo(t, release) {
					t.Setenv(name, value)
				}
			}
			t.Setenv("GOBIN", bin)
			t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
			dir := t.TempDir()
			got := replay(t, dir, string(text))
			if *updateDocs {
				if err := os.WriteFile(page, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(text), got); diff != "" {
				t.Errorf("docs/first-hour.md does not show what is printed; go test -run TestFirstHour -update writes it (-page +printed):\n%s", diff)
			}
			if last := runAction(t, dir, map[string]string{"sarif": "false"}); last.Code != 1 || !strings.Contains(last.Stdout, "file=stock.go,line=9,") {
				t.Errorf("the action with a new finding: exit code %d\n%s%s", last.Code, last.Stdout, last.Stderr)
			}
			if err := os.Remove(filepath.Join(dir, "stock.go")); err != nil {
				t.Fatal(err)
			}
			if last := runAction(t, dir, map[string]string{"sarif": "false"}); last.Code != 0 {
				t.Errorf("the action without new findings: exit code %d\n%s%s", last.Code, last.Stdout, last.Stderr)
			}
		})
	}
}

// installable makes "go install" find the source as a release, which the user's module
// cache has only as long as the test runs. It returns a directory for programs.
func installable(t *testing.T) string {
	t.Helper()
	version := fmt.Sprintf("v0.0.%d", time.Now().Unix())
	proxy := strings.TrimSpace(drivertest.Run(t, ".", "go", "env", "GOPROXY").Stdout)
	cache := strings.TrimSpace(drivertest.Run(t, ".", "go", "env", "GOMODCACHE").Stdout)
	t.Setenv("GOPROXY", drivertest.Release(t, version)+","+proxy)
	t.Setenv("GONOSUMDB", drivertest.Module)
	t.Setenv("GOFLAGS", "-modcacherw")
	own := filepath.FromSlash(drivertest.Module)
	t.Cleanup(func() {
		files, _ := filepath.Glob(filepath.Join(cache, "cache", "download", own, "@v", version+".*"))
		for _, file := range append(files, filepath.Join(cache, own+"@"+version)) {
			if err := os.RemoveAll(file); err != nil {
				t.Error(err)
			}
		}
	})
	return t.TempDir()
}

// fence matches the first line of a block of code; a second word names a file.
var fence = regexp.MustCompile("^```(\\w+)(?: (\\S+))?$")

// fetching matches what the go command says about what it fetches, which depends on what is
// there.
var fetching = regexp.MustCompile("^go: (downloading |.* requires go >= .*; switching to )")

// replay writes the files of a page to dir and runs its commands there, one after the
// other. It returns the page with what they print.
func replay(t *testing.T, dir, page string) string {
	t.Helper()
	var out, file strings.Builder
	code := 0
	kind, name := "", ""
	for line := range strings.Lines(page) {
		m := fence.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case m != nil:
			kind, name = m[1], m[2]
			file.Reset()
		case kind != "" && strings.HasPrefix(line, "```"):
			if name != "" {
				writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), file.String())
			}
			kind, name = "", ""
		case name != "":
			file.WriteString(line)
		case kind == "console" && isCommand:
			run := shell(t, dir, fmt.Sprintf("{ set +e; (exit %d); %s } 2>&1", code, command))
			code = run.Code
			out.WriteString(line)
			for said := range strings.Lines(run.Stdout) {
				if !fetching.MatchString(said) {
					out.WriteString(said)
				}
			}
			continue
		case kind == "console":
			continue // what was printed when the page was written
		}
		out.WriteString(line)
	}
	return out.String()
}

// writeFile writes a file, and makes the directory that it is in.
func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
