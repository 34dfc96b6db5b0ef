package scope

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Module returns the path of the module of the pass, "" if the driver does not tell.
func Module(pass *analysis.Pass) string {
	if pass.Module == nil {
		return ""
	}
	return pass.Module.Path
}

// SharesModule reports whether pkg is of the module that the pass is about.
func SharesModule(pass *analysis.Pass, pkg *types.Package) bool {
	if pkg == pass.Pkg {
		return true
	}
	if module := Module(pass); module != "" {
		return pkg.Path() == module || strings.HasPrefix(pkg.Path(), module+"/")
	}
	return repository(pkg.Path()) == repository(pass.Pkg.Path())
}

// SameModule reports whether the user can change the package pkg, about which
// there is a fact that names its module: facts are only made for modules that
// have no version, those of the checkout. A driver that tells no modules leaves
// the import paths.
func SameModule(pass *analysis.Pass, pkg *types.Package, module string) bool {
	if pass.Module != nil && module != "" {
		return true
	}
	return repository(pass.Pkg.Path()) == repository(pkg.Path())
}

// repository returns the part of an import path that names a repository: the host
// and one element, as in go.uber.org/zap; two where many people share the host.
func repository(path string) string {
	elems := strings.SplitN(path, "/", 4)
	n := 2
	switch host := elems[0]; {
	case !strings.Contains(host, "."):
		n = 1
	case slices.Contains(sharedHosts, host):
		n = 3
	}
	return strings.Join(elems[:min(n, len(elems))], "/")
}

var sharedHosts = []string{"bitbucket.org", "codeberg.org", "git.sr.ht", "gitee.com", "github.com", "gitlab.com", "golang.org"}
