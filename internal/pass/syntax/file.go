package syntax

import (
	"go/ast"
	"go/types"
	"go/version"
	"strconv"
)

// ImportName returns the name by which the declarations of a file refer to the package
// that it imports from path when the import names it so, or else the last element of
// the path. It is "" for a nil file, and if the package is not imported under a name.
func ImportName(file *ast.File, path string) string {
	if file == nil {
		return ""
	}
	for _, spec := range file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != path {
			continue
		}
		switch {
		case spec.Name == nil:
			return path[lastSlash(path)+1:]
		case spec.Name.Name != "_" && spec.Name.Name != ".":
			return spec.Name.Name
		}
	}
	return ""
}

func lastSlash(path string) int {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return i
		}
	}
	return -1
}

// AtLeast reports whether the Go version of a file is at least v, "go1.21", or unknown.
func AtLeast(info *types.Info, file *ast.File, v string) bool {
	of := info.FileVersions[file]
	return of == "" || version.Compare(of, v) >= 0
}
