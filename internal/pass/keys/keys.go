// Package keys says which keys of contexts a package uses. Who sets a key and who reads
// it may be in packages that know nothing of each other: a driver that sees all packages
// puts them together.
package keys

import (
	"cmp"
	"slices"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// A Use is something that a package does with a key.
type Use struct {
	Key   string `json:"key"`             // the type and the value of the key; equal keys, and no others, have equal ones
	Kind  Kind   `json:"kind"`            // what is done
	Value string `json:"value,omitempty"` // for Set, the type of the value, "" if it is not known
	Place string `json:"place,omitempty"` // for Set, where: as package location writes it
}

// A Kind is what is done with a key.
type Kind string

// The kinds.
const (
	Set     Kind = "set"     // a value is put into a context under the key
	Unknown Kind = "unknown" // keys of the type that Key is, or of any if it is "", may be set
)

// An Assumption is about what no package of a run does.
type Assumption struct {
	Unset      string             `json:"unset,omitempty"`     // the key that is never set
	Type       string             `json:"type,omitempty"`      // of that key
	Elsewhere  string             `json:"elsewhere,omitempty"` // the key that is set in another package, too
	Value      string             `json:"value,omitempty"`     // the type of the value that this package sets it to
	Confidence catalog.Confidence `json:"confidence,omitzero"` // of the finding if that is so
}

// A Teller is the result of an analyzer that knows the keys which the package uses.
type Teller interface{ Keys() []Use }

// Sorted returns the uses in a fixed order, each once.
func Sorted(list []Use) []Use {
	slices.SortFunc(list, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Place, b.Place))
	})
	return slices.Compact(list)
}
