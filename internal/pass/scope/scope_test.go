package scope

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestIsDependency(t *testing.T) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	goroot := strings.TrimSpace(string(out))
	// A directory named src need not be the standard library.
	gopath := t.TempDir()
	if err := os.MkdirAll(filepath.Join(gopath, "src", "tool"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		pkg, file string
		module    *analysis.Module
		want      bool
	}{
		{"example.com/m/a", filepath.Join(gopath, "a", "a.go"), &analysis.Module{Path: "example.com/m"}, false},
		{"example.com/dep", filepath.Join(gopath, "dep", "d.go"), &analysis.Module{Path: "example.com/dep", Version: "v1.2.3"}, true},
		{"service/api", filepath.Join(gopath, "api", "a.go"), &analysis.Module{Path: "service"}, false},
		{"net/http", filepath.Join(goroot, "src", "net", "http", "server.go"), nil, true},
		{"net/http", filepath.Join(goroot, "src", "net", "http", "server.go"), &analysis.Module{}, true},
		{"net/http", filepath.Join(goroot, "src", "net", "http", "server.go"), &analysis.Module{Path: "std"}, false},
		{"command-line-arguments", filepath.Join(gopath, "main.go"), nil, false},
		{"tool", filepath.Join(gopath, "src", "tool", "t.go"), nil, false},
		{"example.com/gopath", filepath.Join(gopath, "src", "example.com", "gopath", "g.go"), nil, false},
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, test.file, "package p\n", 0)
		if err != nil {
			t.Fatal(err)
		}
		pass := &analysis.Pass{Fset: fset, Files: []*ast.File{f}, Pkg: types.NewPackage(test.pkg, "p"), Module: test.module}
		if got := isDependency(pass); got != test.want {
			t.Errorf("%s in %s of %+v: %t, want %t", test.pkg, test.file, test.module, got, test.want)
		}
	}
}
