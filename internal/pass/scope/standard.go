package scope

import (
	"go/build"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/semver"
	"golang.org/x/tools/go/analysis"
)

// IsStandardPath reports whether an import path looks like one of the standard
// library: its first element has no dot.
func IsStandardPath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// IsStandard reports whether the package is of the standard library. Facts
// about the standard library are never relied on, because some drivers do not
// compute them.
func IsStandard(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" || !IsStandardPath(pass.Pkg.Path()) || len(pass.Files) == 0 {
		return false
	}
	// With a driver that tells no modules, such as nogo, a module's path may
	// have no dot.
	goroot := build.Default.GOROOT
	return goroot == "" || strings.HasPrefix(pass.Fset.File(pass.Files[0].FileStart).Name(), filepath.Join(goroot, "src")+string(filepath.Separator))
}

// IsThirdParty reports whether the package comes from a module that the user
// has only downloaded, and so cannot change. If the driver tells no modules,
// the names of the files decide: those in a module cache, wherever it is, and
// in Bazel's external repositories are third-party.
func IsThirdParty(pass *analysis.Pass) bool {
	if pass.Module != nil {
		return pass.Module.Version != ""
	}
	if len(pass.Files) == 0 {
		return false
	}
	return isThirdPartyFile(filepath.ToSlash(pass.Fset.File(pass.Files[0].FileStart).Name()))
}

// isThirdPartyFile reports whether a file belongs to a downloaded module. The
// go command extracts a module into a directory path@version below the module
// cache, which GOMODCACHE may put anywhere
// (https://go.dev/ref/mod#module-cache), so that directory decides, not the
// name of the cache.
func isThirdPartyFile(name string) bool {
	for elem := range strings.SplitSeq(path.Dir(name), "/") {
		if elem == "external" {
			return true
		}
		if _, version, ok := strings.Cut(elem, "@"); ok && semver.IsValid(version) {
			return true
		}
	}
	return false
}
