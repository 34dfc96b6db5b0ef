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
	"github.com/ctxlint/ctxlint/internal/util/order"
)

// An Arrival is a context that a package passes on.
type Arrival struct {
	To   string `json:"to"`             // the [Key] of the function that gets it, or the [MethodKey] of those that may
	From string `json:"from,omitempty"` // see below; "" for a context that may end
	// Apart says that the function may still run when the one that passes the context has
	// returned: it is started, or called in a literal.
	Apart bool `json:"apart,omitempty"`
}

// What a context comes from is [Root], [Command] and the import path of a library, the
// [Caller] whose own context it is, or [Held]: it derives from a root, and its cancel
// function is not called before the function that gets it has returned.
const (
	Root    = "root"
	Held    = "held"
	Command = "command "
)

// An Assumption is that somebody gives a function a context that ends.
type Assumption struct {
	Caller string `json:"caller"`         // the function, as [Caller] writes it
	Open   bool   `json:"open,omitempty"` // other modules may call it, too
	// Within says that the finding is about what the function does before it returns, so that
	// a context that is held till then does not end.
	Within bool `json:"within,omitempty"`
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
	slices.SortFunc(list, func(a, b Arrival) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), order.Bools(a.Apart, b.Apart))
	})
	return slices.Compact(list)
}

// An Index has the contexts that come to the functions of a run, by key.
type Index struct {
	from map[string][]origin
}

type origin struct {
	Arrival
	pkg string
}

// NewIndex returns an index without arrivals.
func NewIndex() *Index { return &Index{make(map[string][]origin)} }

// Add adds the contexts that the package at path passes on.
func (x *Index) Add(path string, list []Arrival) {
	for _, a := range list {
		x.from[a.To] = append(x.from[a.To], origin{a, path})
	}
}

// A state is a function to which a context has been followed back, and whether what it was
// passed to may run when the function has returned.
type state struct {
	caller string
	apart  bool
}

// Endless reports whether all contexts that come to a function never end, or not while the
// function runs if within is set, and some come. Commands tells whether those of a library
// get a root, in the programs of the package.
func (x *Index) Endless(caller string, within bool, commands func(pkg, library string) bool) bool {
	first := state{caller, !within}
	seen := map[state]bool{first: true}
	found := false
	for todo := []state{first}; len(todo) > 0; todo = todo[1:] {
		given := 0
		for _, key := range Keys(todo[0].caller) {
			for _, o := range x.from[key] {
				given++
				next := state{o.From, todo[0].apart || o.Apart}
				library, command := strings.CutPrefix(o.From, Command)
				switch {
				case o.From == "", o.From == Held && next.apart:
					return false
				case o.From == Root, o.From == Held:
					found = true
				case command:
					if !commands(o.pkg, library) {
						return false
					}
					found = true
				case !seen[next]:
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
		if given == 0 {
			return false // somebody out of view calls it
		}
	}
	return found
}
