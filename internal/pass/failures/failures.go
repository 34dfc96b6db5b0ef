// Package failures says what becomes of the process when a function fails, or returns at all.
// Who calls a function, a package that is imported cannot know: a driver that sees all packages
// puts together what each of them does then.
package failures

import (
	"cmp"
	"go/types"
	"slices"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
)

// A Failure is what a package does when a function that it calls has failed.
type Failure struct {
	Of   string `json:"of"`             // the function, as [arrivals.Key] or [arrivals.MethodKey] writes it
	To   string `json:"to,omitempty"`   // [Exit], the caller that fails with it, as [arrivals.Caller] writes it, or "" if that is not all
	Done string `json:"done,omitempty"` // [Exit], the caller that returns whenever the function does, or "" if it may do more
}

// A Way is one on which a function is left.
type Way struct {
	Of      string `json:"of,omitempty"` // the function, as [Caller] writes it
	Failing bool   `json:"failing,omitempty"`
}

// Exit stands for the end of the process.
const Exit = "exit"

// Tells reports whether a function can tell its caller that it has failed: its last result
// is an error, or the only one a number, which may be the status of the process.
func Tells(sig *types.Signature) bool {
	results := sig.Results()
	if results.Len() == 0 {
		return false
	}
	last := results.At(results.Len() - 1).Type()
	return ctxlib.IsError(last) || results.Len() == 1 && types.Identical(last, types.Typ[types.Int])
}

// A Teller is the result of an analyzer that knows what the package does about failures.
type Teller interface{ Failures() []Failure }

// Sorted returns the failures in a fixed order, each once. What only some of the calls of a
// function do settles nothing, and is left out.
func Sorted(list []Failure) []Failure {
	goesOn, doesMore := make(map[string]bool), make(map[string]bool)
	for _, f := range list {
		goesOn[f.Of] = goesOn[f.Of] || f.To == ""
		doesMore[f.Of] = doesMore[f.Of] || f.Done == ""
	}
	for i := range list {
		if goesOn[list[i].Of] {
			list[i].To = ""
		}
		if doesMore[list[i].Of] {
			list[i].Done = ""
		}
	}
	slices.SortFunc(list, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.To, b.To), cmp.Compare(a.Done, b.Done))
	})
	return slices.Compact(list)
}

// Caller returns what stands for a function as one whose failure matters, "" if it cannot
// tell of it.
func Caller(fn *types.Func) string {
	if fn == nil || !Tells(fn.Signature()) {
		return ""
	}
	return arrivals.Caller(fn)
}

// Left returns the way on which a function is left, none if it cannot tell of a failure.
func Left(fn *types.Func, failing bool) Way {
	of := Caller(fn)
	return Way{of, failing && of != ""}
}
