package report

import "github.com/ctxlint/ctxlint/internal/driver/record"

// graph has the packages of a run, without those of external tests, and what they import
// of their modules.
type graph struct {
	units   []record.Unit
	imports map[string][]string
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

// madeOf returns the packages that a package is made of, with itself, and whether all of
// them are in the run.
func (g *graph) madeOf(path string) (packages map[string]bool, whole bool) {
	packages, whole = map[string]bool{path: true}, true
	for todo := []string{path}; len(todo) > 0; todo = todo[1:] {
		imports, known := g.imports[todo[0]]
		whole = whole && known
		for _, path := range imports {
			if !packages[path] {
				packages[path] = true
				todo = append(todo, path)
			}
		}
	}
	return packages, whole
}
