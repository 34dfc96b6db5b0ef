package relevance

import (
	"go/build"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// IsStandardPath reports whether an import path looks like one of the standard
// library: its first element has no dot.
func IsStandardPath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// IsStandard reports whether the package is of the standard library. Facts about
// that are never relied on, because some drivers do not compute them.
func IsStandard(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" || !IsStandardPath(pass.Pkg.Path()) || len(pass.Files) == 0 {
		return false
	}
	// A driver that tells no modules, such as nogo, may have a module whose path
	// has no dot.
	goroot := build.Default.GOROOT
	return goroot == "" || strings.HasPrefix(pass.Fset.File(pass.Files[0].FileStart).Name(), filepath.Join(goroot, "src")+string(filepath.Separator))
}

// IsThirdParty reports whether the package comes from a module that the user has
// only downloaded, and so cannot change. A driver that tells no modules leaves
// the names of the files: those of the module cache, and of Bazel's external
// repositories.
func IsThirdParty(pass *analysis.Pass) bool {
	if pass.Module != nil {
		return pass.Module.Version != ""
	}
	if len(pass.Files) == 0 {
		return false
	}
	name := filepath.ToSlash(pass.Fset.File(pass.Files[0].FileStart).Name())
	return strings.Contains(name, "/pkg/mod/") || strings.Contains(name, "/external/") || strings.HasPrefix(name, "external/")
}
