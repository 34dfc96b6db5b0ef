package cancelleak

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// funcFact says what other packages need to know of a function. Indices are
// sorted.
type funcFact struct {
	Cancel   []int // results that are obligations of the caller
	Ignores  []int // func parameters that the function neither calls, stores nor forwards
	Borrowed []int // results of a cancel type that somebody else calls

	// Sometimes lists those of Cancel that are nil or do nothing for some
	// arguments. It is left out of String.
	Sometimes []int
}

func (*funcFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *funcFact) String() string {
	var parts []string
	for _, p := range []struct {
		name    string
		indices []int
	}{{"cancel", f.Cancel}, {"ignores", f.Ignores}, {"borrowed", f.Borrowed}} {
		for _, i := range p.indices {
			parts = append(parts, fmt.Sprintf("%s(%d)", p.name, i))
		}
	}
	return strings.Join(parts, " ")
}

func (f *funcFact) empty() bool {
	return len(f.Cancel) == 0 && len(f.Ignores) == 0 && len(f.Borrowed) == 0
}

// ownership says whose business it is to call a func result.
type ownership uint8

const (
	unknown  ownership = iota
	fresh              // the caller's: the function made it and kept nothing
	borrowed           // not the caller's: it is kept elsewhere, or does nothing
)

func (f *funcFact) result(i int) ownership {
	switch {
	case slices.Contains(f.Cancel, i):
		return fresh
	case slices.Contains(f.Borrowed, i):
		return borrowed
	}
	return unknown
}

// exportFacts exports what the summaries hold about the package's declarations.
func (s *summaries) exportFacts() {
	if scope.IsStandard(s.c.pass) {
		return
	}
	for _, d := range s.decls {
		fact := new(funcFact)
		sig := d.fn.Signature()
		for i := range sig.Params().Len() {
			if s.ignores(d.fn, i) {
				fact.Ignores = append(fact.Ignores, i)
			}
		}
		for i := range sig.Results().Len() {
			switch s.result(d.fn, i) {
			case fresh:
				fact.Cancel = append(fact.Cancel, i)
				if s.sometimes(d.fn, i) {
					fact.Sometimes = append(fact.Sometimes, i)
				}
			case borrowed:
				if ctxlib.IsCancelFunc(sig.Results().At(i).Type()) { // nobody expects it of a plain func()
					fact.Borrowed = append(fact.Borrowed, i)
				}
			}
		}
		if !fact.empty() {
			s.c.pass.ExportObjectFact(d.fn, fact)
		}
	}
}
