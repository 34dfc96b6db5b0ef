// Package factsonly lets a driver tell the analyzers that a package is analysed
// for its facts alone, so that they can leave out the search for findings.
package factsonly

import (
	"reflect"

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
	URL:              "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/factsonly",
	Run:              func(*analysis.Pass) (any, error) { return &Mode{}, nil },
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Mode](),
}
