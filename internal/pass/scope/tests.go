package scope

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
)

// TestFile reports whether pos is in a test file. It is false for an invalid
// position.
func TestFile(fset *token.FileSet, pos token.Pos) bool {
	file := fset.File(pos)
	return file != nil && strings.HasSuffix(file.Name(), "_test.go")
}

// SupportsTests reports whether a package is there for tests: its code, and not only that of
// its own tests, imports what only tests use.
func SupportsTests(pass *analysis.Pass) bool {
	for _, f := range pass.Files {
		if TestFile(pass.Fset, f.FileStart) {
			continue
		}
		for _, spec := range f.Imports {
			if imported, err := strconv.Unquote(spec.Path.Value); err == nil && importpath.IsForTests(imported) {
				return true
			}
		}
	}
	return false
}

// AmongTests reports whether the path of the package in its module says that it is part of tests,
// which a package that only has the external tests of another does not.
func AmongTests(pass *analysis.Pass) bool {
	path := strings.TrimPrefix(pass.Pkg.Path(), Module(pass))
	if strings.HasSuffix(pass.Pkg.Name(), "_test") {
		path = strings.TrimSuffix(path, "_test")
	}
	return importpath.IsAmongTests(path)
}

// HelpsTests reports whether a file, which is none of a test's, holds helpers for tests: it
// imports what only those use. Of packages that a program uses, too, it has to mention what
// is there for tests.
func HelpsTests(f *ast.File) bool {
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil || spec.Name != nil && spec.Name.Name == "_" {
			continue
		}
		only, partly := onlyForTests[imported]
		switch {
		case !partly && importpath.IsForTests(imported):
			return true
		case partly && mentions(f, localName(spec, imported), only):
			return true
		}
	}
	return false
}

// onlyForTests are, of packages that are not for tests alone, the names that are: programs ask
// whether they are being tested, measure themselves, and record what a handler writes.
var onlyForTests = map[string][]string{
	"testing":           {"T", "B", "F", "M", "TB"},
	"net/http/httptest": {"NewServer", "NewTLSServer", "NewUnstartedServer", "Server"},
}

func localName(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path.Base(imported)
}

// mentions reports whether a file mentions one of the names of a package.
func mentions(f *ast.File, pkg string, names []string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, sel.Sel.Name) {
			id, ok := sel.X.(*ast.Ident)
			found = found || ok && id.Name == pkg
		}
		return !found
	})
	return found
}
