package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestNewAnalyzer adds an analyzer to a copy of the module and runs the tests
// about it there, except for those that analyse whole modules.
func TestNewAnalyzer(t *testing.T) {
	testenv.EndToEnd(t, "a copy of ctxlint with one more analyzer")
	const name = "freshlymade"
	root := copyModule(t, testenv.Root(t))
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command("go", args...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	run("run", "./internal/tool/newanalyzer", name)
	run("vet", "./analyzers/"+name)
	run("test", "./analyzers", "./analyzers/"+name)
	run("test", "-run", "UpToDate|Anchors|Links|Index", "./internal/tool/docgen")
	run("test", "-run", "Sections|Summary", "./internal/tool/regtest")
	run("test", "-run", "Scripts/(config|errors|explain|help)", "./cmd/ctxlint")

	cmd := exec.Command("go", "run", "./internal/tool/newanalyzer", name)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "exists") {
		t.Errorf("added for the second time: %v\n%s", err, out)
	}
}

// copyModule returns the directory of a copy of the module in root.
func copyModule(t *testing.T, root string) string {
	t.Helper()
	to, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch target := filepath.Join(to, rel); {
		case d.Name() == ".git":
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil // of a git worktree
		case d.IsDir():
			return os.MkdirAll(target, 0o777)
		case !d.Type().IsRegular():
			return nil
		default:
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(target, data, 0o666)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestCheck(t *testing.T) {
	root := testenv.Root(t)
	for _, name := range []string{"", "x", "Upper", "with-dash", "under_score", "9lives", "select", "string", "cancelleak", "golden", ".."} {
		if check(root, name) == nil {
			t.Errorf("%q is taken for a name", name)
		}
	}
	if err := check(root, "ctxkey2"); err != nil {
		t.Error(err)
	}
}

func TestRegister(t *testing.T) {
	if got, err := register([]byte("package analyzers\n"), "x"); err == nil {
		t.Errorf("registered where there is no list:\n%s", got)
	}
}
