// Package scope tells whose code a package is and what is wanted of it: of the
// standard library, of a module that the user has only downloaded, or of the
// user's own; findings, or facts alone.
package scope

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// Mode is the result of [Analyzer].
type Mode struct {
	FactsOnly bool // diagnostics of this package go nowhere
}

// Analyzer gives the [Mode] of the package. Run by an ordinary driver it says
// that findings are wanted; ctxlint's own vet driver puts another result in its
// place for a dependency.
var Analyzer = &analysis.Analyzer{
	Name:             "ctxlintfactsonly",
	Doc:              "tell whether only facts are wanted of a package",
	Run:              func(*analysis.Pass) (any, error) { return &Mode{}, nil },
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Mode](),
}

// Own is for programs that show findings in packages of the user's own modules
// alone, such as gopls and golangci-lint. In the place of [Analyzer], it says of all
// other packages that only their facts are wanted.
var Own = &analysis.Analyzer{
	Name:             "ctxlintown",
	Doc:              "tell whether only facts are wanted of a package, as of all that the user does not work on",
	Run:              func(pass *analysis.Pass) (any, error) { return &Mode{FactsOnly: isDependency(pass)}, nil },
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Mode](),
}

// isDependency reports whether a package is certain to be none of the user's. A
// module that was downloaded has a version, and one that is worked on has none;
// the standard library is in a module only for those who work on it.
func isDependency(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" {
		return pass.Module.Version != ""
	}
	path := pass.Pkg.Path()
	if !IsStandardPath(path) || len(pass.Files) == 0 {
		return false
	}
	// Files outside of modules have paths without a dot as well.
	dir := filepath.Dir(pass.Fset.File(pass.Files[0].FileStart).Name())
	root, ok := strings.CutSuffix(dir, filepath.FromSlash("/src/"+path))
	return ok && isGoRoot(root)
}

var goRoots sync.Map // from directories to whether they hold a Go installation

func isGoRoot(dir string) bool {
	known, ok := goRoots.Load(dir)
	if !ok {
		_, err := os.Stat(filepath.Join(dir, "src", "runtime", "runtime.go"))
		known, _ = goRoots.LoadOrStore(dir, err == nil)
	}
	return known.(bool)
}
