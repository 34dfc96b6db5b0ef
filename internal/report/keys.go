package report

import (
	"fmt"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// settleKeys decides the findings about keys of contexts that other packages may set. One
// about a key that is never set is dropped if a package of the run sets it, or may do so, and
// if the run does not have all that may: it has no program with the package in it, or some
// package could not be analysed. One about a key that two packages set is dropped if no
// other does.
func settleKeys(r *Report, g *graph) {
	own, programs := g.units, g.inPrograms()
	r.Drop(func(f *Finding) bool {
		switch a := f.AssumesKey; {
		case a.Unset != "":
			if setIn(own, a) || !programs[f.Package] || len(r.Errors) > 0 {
				return true
			}
			if !setIn(own, keys.Assumption{Type: anyType}) {
				f.Confidence = a.Confidence
			}
		case a.Elsewhere != "":
			other := setElsewhere(own, a, f.Package)
			if other == nil {
				return true
			}
			f.Message += fmt.Sprintf(" (%s)", location.In(other.Place, f.Package))
			f.Confidence = a.Confidence
			if a.Confidence < catalog.Low && a.Value != "" && other.Value != "" && a.Value != other.Value {
				f.Confidence = catalog.High
			}
		}
		return false
	})
}

// anyType stands for the type of a key that may be of any.
const anyType = ""

// inPrograms returns the packages that a main package is made of.
func (g *graph) inPrograms() map[string]bool {
	var mains []string
	for _, u := range g.units {
		if u.Program {
			mains = append(mains, u.ImportPath)
		}
	}
	in, _ := g.madeOf(mains...)
	return in
}

// setIn reports whether one of the units sets the key that is taken to be never set, or
// may do so.
func setIn(units []record.Unit, a keys.Assumption) bool {
	for _, u := range units {
		for _, use := range u.Keys {
			if use.Kind == keys.Set && use.Key == a.Unset || use.Kind == keys.Unknown && use.Key == a.Type {
				return true
			}
		}
	}
	return false
}

// setElsewhere returns where a package other than pkg sets the key, rather to a value of
// another type, nil if none does.
func setElsewhere(units []record.Unit, a keys.Assumption, pkg string) *keys.Use {
	var found *keys.Use
	for _, u := range units {
		if u.ImportPath == pkg {
			continue
		}
		for i, use := range u.Keys {
			if use.Kind != keys.Set || use.Key != a.Elsewhere {
				continue
			}
			if found == nil || found.Value == a.Value && use.Value != a.Value {
				found = &u.Keys[i]
			}
		}
	}
	return found
}
