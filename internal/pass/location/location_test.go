package location_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// newPass returns a pass over a package of one file, named by its absolute path.
func newPass(t *testing.T, file, pkg, module string) *analysis.Pass {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, "package p\n\nvar a int\n", parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{Fset: fset, Files: []*ast.File{f}, Pkg: types.NewPackage(pkg, "p")}
	if module != "" {
		pass.Module = &analysis.Module{Path: module}
	}
	return pass
}

// A name without its package is clear only in that package.
func TestIn(t *testing.T) {
	for _, test := range []struct{ place, pkg, want string }{
		{"m.test/a/own.go:3", "m.test/a", "own.go:3"},
		{"m.test/a/own.go:3", "m.test/a_test", "own.go:3"},
		{"m.test/a/own.go:3", "m.test/b", "a/own.go:3"},
		{"m.test/a/v2/own.go:3", "m.test/b", "a/v2/own.go:3"},
		{"v2/own.go:3", "m.test/b", "v2/own.go:3"},
		{"m.test/value/own.go:3", "m.test/b", "value/own.go:3"},
		{"m/own.go:3", "m.test/b", "m/own.go:3"},
		{"own.go:3", "m.test/b", "own.go:3"},
	} {
		if got := location.In(test.place, test.pkg); got != test.want {
			t.Errorf("In(%q, %q) = %q, want %q", test.place, test.pkg, got, test.want)
		}
	}
}

func TestOf(t *testing.T) {
	pass := newPass(t, filepath.Join(t.TempDir(), "own.go"), "m.test/a", "m.test")
	at := location.Of(pass, pass.Files[0].Decls[0].Pos())
	if want := "m.test/a/own.go:3"; at != want {
		t.Errorf("Of = %q, want %q", at, want)
	}
	if want := "own.go:3"; location.Short(at) != want {
		t.Errorf("Short = %q, want %q", location.Short(at), want)
	}
	if want := "m.test/a"; location.Package(at) != want {
		t.Errorf("Package = %q, want %q", location.Package(at), want)
	}
	if at, want := location.Of(pass, token.NoPos), "m.test/a"; at != want {
		t.Errorf("Of(NoPos) = %q, want %q", at, want)
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	tests := []struct {
		name         string
		dir, pkg     string // of the pass
		module       string
		place        string
		want         string // relative to root, "" if it is not found
		wantFromRoot int
	}{
		{"below", "m", "m.test", "m.test", "m.test/b/c/x.go:7", "m/b/c/x.go", 7},
		{"beside", "m/a", "m.test/a", "m.test", "m.test/b/x.go:1200", "m/b/x.go", 1200},
		{"above", "m/a/b", "m.test/a/b", "m.test", "m.test/x.go:1", "m/x.go", 1},
		{"from an external test", "m/a", "m.test/a_test", "m.test", "m.test/b/x.go:2", "m/b/x.go", 2},
		{"from a package called test", "m/a_test", "m.test/a_test", "m.test", "m.test/b/x.go:2", "m/b/x.go", 2},
		{"from the external test of the root", "m", "m.test_test", "m.test", "m.test/b/x.go:2", "", 0},
		{"another module", "m/a", "m.test/a", "m.test", "n.test/b/x.go:1", "", 0},
		{"another module with the same beginning", "m/a", "m.test/a", "m.test", "m.testing/b/x.go:1", "", 0},
		{"no module", "m/a", "m.test/a", "", "m.test/b/x.go:1", "", 0},
		{"overlay", "elsewhere", "m.test/a", "m.test", "m.test/b/x.go:1", "", 0},
		{"no line", "m/a", "m.test/a", "m.test", "m.test/b", "", 0},
		{"a line that no file has", "m/a", "m.test/a", "m.test", "m.test/b/x.go:1000000000", "", 0},
		{"line 0", "m/a", "m.test/a", "m.test", "m.test/b/x.go:0", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pass := newPass(t, filepath.Join(root, filepath.FromSlash(tt.dir), "own.go"), tt.pkg, tt.module)
			pos := location.Find(pass, tt.place, nil)
			if pos.IsValid() != (tt.want != "") {
				t.Fatalf("found: %t", pos.IsValid())
			}
			if !pos.IsValid() {
				return
			}
			got, want := pass.Fset.Position(pos), filepath.Join(root, filepath.FromSlash(tt.want))
			if got.Filename != want || got.Line != tt.wantFromRoot || got.Column != 1 {
				t.Errorf("found %s, want %s:%d:1", got, want, tt.wantFromRoot)
			}
			if again := location.Find(pass, tt.place, nil); again != pos {
				t.Errorf("a second time: %d, not %d: the file was added twice", again, pos)
			}
		})
	}
}

// A dependency that the pass has an object of is where that object says, in
// whatever module.
func TestFindVia(t *testing.T) {
	pass := newPass(t, filepath.Join(t.TempDir(), "own.go"), "m.test/a", "m.test")
	dir := t.TempDir()
	exported := pass.Fset.AddFile(filepath.Join(dir, "exported.go"), -1, 10)
	via := types.NewFunc(exported.Pos(0), types.NewPackage("n.test/b", "b"), "F", nil)
	for at, want := range map[string]string{
		"n.test/b/exported.go:1": filepath.Join(dir, "exported.go"),
		"n.test/b/other.go:40":   filepath.Join(dir, "other.go"),
		"n.test/c/other.go:40":   "",
	} {
		got := pass.Fset.Position(location.Find(pass, at, via))
		if got.Filename != want {
			t.Errorf("%s: found %s, want %s", at, got, want)
		}
	}
}
