package ctxerr

import (
	"go/ast"
	"go/build"
	"go/build/constraint"
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// forSomeBuilds reports whether a file is there for some builds only: in others, another file
// may declare the same functions.
func forSomeBuilds(pass *analysis.Pass, f *ast.File) bool {
	for _, group := range f.Comments {
		for _, comment := range group.List {
			if comment.Pos() < f.Package && constraint.IsGoBuild(comment.Text) {
				return true
			}
		}
	}
	dir, name := filepath.Split(pass.Fset.File(f.FileStart).Name())
	match, err := elsewhere.MatchFile(dir, name)
	return err != nil || !match
}

// elsewhere is a system that no file name asks for. Only names are looked at.
var elsewhere = build.Context{
	GOOS: "none", GOARCH: "none", Compiler: "none",
	OpenFile: func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("package p\n")), nil },
}
