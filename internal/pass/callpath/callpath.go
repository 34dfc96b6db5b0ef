// Package callpath has the ways of calls that lead from a function to what is wrong
// further down: as a fact carries them, as a message shows them, and which of several
// with the same end is shown.
package callpath

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// Max bounds the length of a path: a longer one is cut at its head, and what is left of
// it is still true.
const Max = 12

// A Path is the functions from the one that is called first down to the one that does
// what the path is about.
type Path []Hop

// A Hop is a function of a path and the call in it that leads on.
type Hop struct {
	Func symbol.Func
	At   string // where the call is, or in the last hop what the path is about, by [location.Of]
}

// From returns the path that begins with another function, which calls the first.
func (p Path) From(h Hop) Path { return append(Path{h}, p...) }

// Last returns the function in which the path ends.
func (p Path) Last() symbol.Func { return p[len(p)-1].Func }

// String returns the form in which fixtures assert paths in facts: "a() → b()".
func (p Path) String() string {
	var b strings.Builder
	for i, h := range p {
		if i > 0 {
			b.WriteString(" → ")
		}
		b.WriteString(h.Func.String() + "()")
	}
	return b.String()
}

// Ends returns the first and the last function, as code in the package with the given
// import path would write them.
func (p Path) Ends(pkg string) string {
	first, last := p[0].Func.In(pkg)+"()", p.Last().In(pkg)+"()"
	switch len(p) {
	case 1:
		return first
	case 2:
		return first + " → " + last
	}
	return first + " → … → " + last
}

// Pronoun stands for the functions.
func (p Path) Pronoun() string {
	switch len(p) {
	case 1:
		return "it"
	case 2:
		return "both"
	}
	return "each"
}

// Places knows the positions of the places that a package has named itself, so that they
// are shown to the column. It is not safe for concurrent use.
type Places struct {
	pass  *analysis.Pass
	known map[string]token.Pos
}

// NewPlaces returns the places of the package of pass, none of which is known yet.
func NewPlaces(pass *analysis.Pass) *Places {
	return &Places{pass, make(map[string]token.Pos)}
}

// Of is [location.Of], and remembers the position.
func (p *Places) Of(pos token.Pos) string {
	at := location.Of(p.pass, pos)
	if _, ok := p.known[at]; !ok {
		p.known[at] = pos
	}
	return at
}

// Steps tells what each function of a path does: it calls the next, and the last does
// what is said. The path begins with what is called at call, of the function or method
// callee, nil if that is not known. Where the file of a step is not known, it is shown at
// the call, with the name of the place.
func (p *Places) Steps(path Path, does string, call token.Pos, callee types.Object) []analysis.RelatedInformation {
	var steps []analysis.RelatedInformation
	for i, h := range path {
		what := h.Func.In(p.pass.Pkg.Path()) + " "
		if i+1 < len(path) {
			what += "calls " + path[i+1].Func.In(p.pass.Pkg.Path())
		} else {
			what += does
		}
		pos, own := p.known[h.At]
		if !own {
			pos = location.Find(p.pass, h.At, callee)
		}
		if !pos.IsValid() {
			pos, what = call, what+" ("+location.In(h.At, p.pass.Pkg.Path())+")"
		}
		steps = append(steps, analysis.RelatedInformation{Pos: pos, Message: what})
	}
	return steps
}

// Compare orders positions by file name: drivers that parse concurrently give files their
// positions in any order.
func (p *Places) Compare(a, b token.Pos) int {
	pa, pb := p.pass.Fset.Position(a), p.pass.Fset.Position(b)
	return cmp.Or(cmp.Compare(pa.Filename, pb.Filename), cmp.Compare(pa.Offset, pb.Offset))
}

// A Call is where a path begins that has been found.
type Call struct {
	Caller string // the name of the function that has the call
	Pos    token.Pos
	Length int // of the path
}

// Groups returns calls by the end of their paths, the nearest first. Of several that are
// equally near, the name of the caller decides, and within it the place, so that it does
// not matter how functions are arranged in files. The report of a whole run chooses among
// packages by the same rule.
func Groups[End comparable, C any](p *Places, byEnd map[End][]C, of func(C) Call) [][]C {
	var groups [][]C
	for _, calls := range byEnd {
		groups = append(groups, slices.SortedFunc(slices.Values(calls), func(a, b C) int {
			x, y := of(a), of(b)
			return cmp.Or(cmp.Compare(x.Length, y.Length), cmp.Compare(x.Caller, y.Caller), p.Compare(x.Pos, y.Pos))
		}))
	}
	slices.SortFunc(groups, func(a, b []C) int { return p.Compare(of(a[0]).Pos, of(b[0]).Pos) })
	return groups
}
