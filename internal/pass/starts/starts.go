// Package starts says how a package starts the commands of a command line, which
// decides whether their context can end. The commands are usually in packages that
// do not see the start: a driver that sees all packages puts the two together.
package starts

import (
	"cmp"
	"slices"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// A Start is a way in which a package starts the commands of a library.
type Start struct {
	Library string  `json:"library"` // its import path
	Context Context `json:"context"`
}

// Context is what is known of the context that the commands get.
type Context string

// The contexts.
const (
	Root    Context = "root" // never ends, and has no values
	Live    Context = "live" // has an end
	Unknown Context = "unknown"
)

// An Assumption is that the commands of a library get a context with an end.
type Assumption struct {
	Library    string             `json:"library"`
	Confidence catalog.Confidence `json:"confidence,omitzero"` // of the finding if they do
}

// A Teller is the result of an analyzer that knows how the package starts commands.
type Teller interface{ Starts() []Start }

// Sorted returns the starts in a fixed order, each once.
func Sorted(list []Start) []Start {
	slices.SortFunc(list, func(a, b Start) int {
		return cmp.Or(cmp.Compare(a.Library, b.Library), cmp.Compare(a.Context, b.Context))
	})
	return slices.Compact(list)
}
