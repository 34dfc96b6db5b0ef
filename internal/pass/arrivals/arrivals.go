// Package arrivals says which contexts come to the functions of a module. Who calls a
// function, and whether a call through an interface runs it, a package that is imported
// cannot know: a driver that sees all packages puts together what each of them gives.
package arrivals

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// An Arrival is a context that a package passes on.
type Arrival struct {
	To   string `json:"to"`             // the [Key] of the function that gets it, or the [MethodKey] of those that may
	From string `json:"from,omitempty"` // see below; "" for a context that may end
}

// What a context comes from is [Root], [Command] and the import path of a library, or the
// [Caller] whose own context it is.
const (
	Root    = "root"
	Command = "command "
)

// An Assumption is that somebody gives a function a context that ends.
type Assumption struct {
	Caller string `json:"caller"`         // the function, as [Caller] writes it
	Open   bool   `json:"open,omitempty"` // other modules may call it, too
	// Confidence is what the finding has if no caller in view does so, and the function is
	// open.
	Confidence catalog.Confidence `json:"confidence,omitzero"`
}

// Key returns what stands for a function in all packages.
func Key(fn *types.Func) string { return fn.Origin().FullName() }

// MethodKey returns what stands for all methods of a name and of one type, among which a
// call through an interface chooses.
func MethodKey(fn *types.Func) string {
	var b strings.Builder
	b.WriteString("." + fn.Name())
	sig := fn.Origin().Signature()
	for _, list := range []*types.Tuple{sig.Params(), sig.Results()} {
		b.WriteString("(")
		for v := range list.Variables() {
			b.WriteString(types.TypeString(v.Type(), nil) + ",")
		}
		b.WriteString(")")
	}
	return b.String()
}

// Caller returns what stands for a function as one whose callers matter: its key and, for
// a method, that of a call through an interface.
func Caller(fn *types.Func) string {
	if fn.Signature().Recv() == nil {
		return Key(fn)
	}
	return Key(fn) + callerSeparator + MethodKey(fn)
}

const callerSeparator = "|"

// Keys returns the keys under which contexts come to a caller.
func Keys(caller string) []string { return strings.Split(caller, callerSeparator) }

// Takes returns the index of the one context among the parameters of a function, -1 if
// there is none, or there are several.
func Takes(sig *types.Signature) int {
	found := -1
	for i := range sig.Params().Len() {
		if ctxlib.IsContextual(sig.Params().At(i).Type()) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// A Teller is the result of an analyzer that knows the contexts which the package passes on.
type Teller interface{ Arrivals() []Arrival }

// Sorted returns the arrivals in a fixed order, each once.
func Sorted(list []Arrival) []Arrival {
	slices.SortFunc(list, func(a, b Arrival) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From)) })
	return slices.Compact(list)
}
