package scope

import (
	"go/token"
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
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && importpath.IsForTests(path) {
				return true
			}
		}
	}
	return false
}
