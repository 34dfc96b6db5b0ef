package scope

import (
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
)

// SupportsTests reports whether a package is there for tests: its code, and not only that of
// its own tests, imports what only tests use.
func SupportsTests(pass *analysis.Pass) bool {
	for _, f := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(f.FileStart).Name(), "_test.go") {
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
