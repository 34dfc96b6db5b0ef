package report

import (
	"maps"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// graph has the packages of a run, without those of external tests, and what they import
// of their modules.
type graph struct {
	units   []record.Unit
	imports map[string][]string
	whole   map[string]bool // see wholePrograms; nil until needed
}

// newGraph returns the graph of units that [chooseVariants] has chosen.
func newGraph(chosen []record.Unit) *graph {
	g := &graph{imports: make(map[string][]string)}
	for _, u := range chosen {
		if _, external := ownerOf(u); !external {
			g.units = append(g.units, u)
			g.imports[u.ImportPath] = u.Imports
		}
	}
	return g
}

// madeOf returns the packages that some packages are made of, with themselves, and whether
// all of them are in the run.
func (g *graph) madeOf(paths ...string) (packages map[string]bool, whole bool) {
	packages, whole = make(map[string]bool), true
	for todo := paths; len(todo) > 0; todo = todo[1:] {
		path := todo[0]
		if packages[path] {
			continue
		}
		packages[path] = true
		imports, known := g.imports[path]
		whole = whole && known
		todo = append(todo, imports...)
	}
	return packages, whole
}

// wholePrograms returns the packages of the programs all of whose packages are in the run.
func (g *graph) wholePrograms() map[string]bool {
	if g.whole != nil {
		return g.whole
	}
	g.whole = make(map[string]bool)
	for _, u := range g.units {
		if !u.Program {
			continue
		}
		if packages, whole := g.madeOf(u.ImportPath); whole {
			maps.Copy(g.whole, packages)
		}
	}
	return g.whole
}
