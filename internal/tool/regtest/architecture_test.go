package regtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// mayImport says which wings of the module a wing's packages may import besides
// its own, as in the table of ARCHITECTURE.md. A wing that is not listed here
// may import everything except the tools for tests.
var mayImport = map[string][]string{
	"internal/util":     nil,
	"internal/model":    nil,
	"internal/pass":     {"internal/model", "internal/util"},
	"internal/engine":   {"internal/model", "internal/pass", "internal/util"},
	"analyzers":         {"internal/engine", "internal/model", "internal/pass", "internal/util"},
	"internal/driver":   {"internal/pass", "internal/util"},
	"internal/evidence": {"analyzers", "internal/driver", "internal/pass", "internal/report", "internal/util"},
	"internal/report":   {"analyzers", "internal/driver", "internal/pass", "internal/util"},
	"internal/cli":      {"analyzers", "internal/driver", "internal/engine", "internal/evidence", "internal/model", "internal/pass", "internal/report", "internal/util"},
	"internal/tool":     {"analyzers", "internal/cli", "internal/driver", "internal/engine", "internal/evidence", "internal/model", "internal/pass", "internal/report", "internal/util"},
	"bench":             {"internal/tool"},
}

const modulePath = "github.com/ctxlint/ctxlint/"

// TestImports enforces that packages import only what is below them. Tests may
// import whatever they need.
func TestImports(t *testing.T) {
	root := testenv.Root(t)
	seen := make(map[string]bool)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") || name != root && isModule(name) {
				return filepath.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		dir := path.Dir(filepath.ToSlash(rel))
		seen[wing(dir)] = true
		for _, imported := range imports(t, name) {
			if to := wing(imported); to != wing(dir) && !allowed(wing(dir), to) {
				t.Errorf("%s imports %s, but %s must not build on %s", rel, imported, wing(dir), to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range mayImport {
		for _, w := range append(slices.Clone(to), from) {
			if !seen[w] {
				t.Errorf("there are no packages in %s", w)
			}
		}
	}
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// imports returns the packages of this module that a file imports, by directory.
func imports(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if dir, ok := strings.CutPrefix(p, modulePath); ok {
			out = append(out, dir)
		}
	}
	return out
}

// wing returns the wing that a directory belongs to: "internal/model", "analyzers".
func wing(dir string) string {
	first, rest, _ := strings.Cut(dir, "/")
	if first != "internal" {
		return first
	}
	second, _, _ := strings.Cut(rest, "/")
	return first + "/" + second
}

func allowed(from, to string) bool {
	wings, ok := mayImport[from]
	if !ok {
		return to != "internal/tool"
	}
	return slices.Contains(wings, to)
}

// TestArchitecture checks that the map names every wing and every engine.
func TestArchitecture(t *testing.T) {
	root := testenv.Root(t)
	text, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := func(name string) int { return strings.Count(string(text), "\n| `"+name+"` |") }
	for w := range mayImport {
		if w != "bench" && rows(w) != 1 {
			t.Errorf("%d rows for the wing %s", rows(w), w)
		}
	}
	engines, err := os.ReadDir(filepath.Join(root, "internal", "engine"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range engines {
		if rows(e.Name()) != 1 {
			t.Errorf("%d rows for the engine %s", rows(e.Name()), e.Name())
		}
	}
}
