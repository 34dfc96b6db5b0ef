// Package scope tells whose code a package is (the standard library's, that of
// a module that the user has only downloaded, or the user's own), and what is
// wanted from it: findings, or facts alone; and whether reasons for silence are.
package scope

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Mode is the result of [Analyzer].
type Mode struct {
	FactsOnly bool          // diagnostics of this package go nowhere
	Decisions *decision.Log // keeps why nothing is said, nil if nobody asks

	later func(find func()) // nil if findings are looked for at once
}

// Of returns the mode of a pass whose analyzer requires [Analyzer].
func Of(pass *analysis.Pass) *Mode { return pass.ResultOf[Analyzer].(*Mode) }

// Findings runs find, which looks for findings and exports no facts, unless only facts are
// wanted. An analyzer calls it last: a driver may run find later, or never.
func (m *Mode) Findings(find func()) {
	switch {
	case m.FactsOnly:
	case m.later != nil:
		m.later(find)
	default:
		find()
	}
}

// Later returns a mode that gives what looks for findings to the function later.
func (m *Mode) Later(later func(find func())) *Mode {
	deferred := *m
	deferred.later = later
	return &deferred
}

// Analyzer gives the [Mode] of the package. In an ordinary driver it says that
// findings are wanted; for a dependency, ctxlint's own vet driver puts another
// analyzer in its place.
var Analyzer = &analysis.Analyzer{
	Name:             "ctxlintfactsonly",
	Doc:              "tell whether only facts are wanted of a package",
	Run:              func(*analysis.Pass) (any, error) { return &Mode{}, nil },
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Mode](),
}

// Own replaces [Analyzer] in programs that show findings in the user's own
// modules only, such as gopls and golangci-lint. It says that of all other
// packages only the facts are wanted.
var Own = &analysis.Analyzer{
	Name:             "ctxlintown",
	Doc:              "tell whether only facts are wanted of a package, as of all that the user does not work on",
	Run:              func(pass *analysis.Pass) (any, error) { return &Mode{FactsOnly: isDependency(pass)}, nil },
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Mode](),
}

// isDependency reports whether a package is certainly not the user's. A
// downloaded module has a version, and one that is being worked on has none;
// the standard library is in a module only for those who work on it.
func isDependency(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" {
		return pass.Module.Version != ""
	}
	path := pass.Pkg.Path()
	if !IsStandardPath(path) || len(pass.Files) == 0 {
		return false
	}
	// Files outside modules have paths without a dot, too.
	dir := filepath.Dir(pass.Fset.File(pass.Files[0].FileStart).Name())
	root, ok := strings.CutSuffix(dir, filepath.FromSlash("/src/"+path))
	return ok && isGoRoot(root)
}

var goRoots sync.Map // by directory, whether it holds a Go installation

func isGoRoot(dir string) bool {
	known, ok := goRoots.Load(dir)
	if !ok {
		_, err := os.Stat(filepath.Join(dir, "src", "runtime", "runtime.go"))
		known, _ = goRoots.LoadOrStore(dir, err == nil)
	}
	return known.(bool)
}
