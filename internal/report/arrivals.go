package report

import (
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
)

// settleArrivals decides the findings about functions to which the run gives no context that
// ends. Nothing is lost there, and they are dropped. Where other modules may call the
// function, too, they are in doubt. Only a run that has a whole program with the package in
// it tells, so that all callers are there.
func settleArrivals(r *Report, units []record.Unit, programs []program) {
	if len(r.Errors) > 0 {
		return
	}
	var g *arrived
	r.Drop(func(f *Finding) bool {
		a := f.AssumesCaller
		if a.Caller == "" {
			return false
		}
		if g == nil {
			g = newArrived(units, programs)
		}
		if !g.whole[f.Package] || !g.endless(a.Caller) {
			return false
		}
		if a.Open {
			f.Confidence, f.Fixes = max(f.Confidence, catalog.Medium), nil
			return false
		}
		return true
	})
}

// arrived has the contexts that come to the functions of a run.
type arrived struct {
	from     map[string][]arrival // by key
	programs []program
	whole    map[string]bool // packages of programs all of whose packages are in the run
}

type arrival struct{ from, pkg string }

func newArrived(units []record.Unit, programs []program) *arrived {
	g := &arrived{from: make(map[string][]arrival), programs: programs, whole: make(map[string]bool)}
	imports := make(map[string][]string)
	var mains []string
	for _, u := range chooseVariants(units) {
		if _, external := ownerOf(u); external {
			continue
		}
		imports[u.ImportPath] = u.Imports
		if u.Program {
			mains = append(mains, u.ImportPath)
		}
		for _, a := range u.Arrivals {
			g.from[a.To] = append(g.from[a.To], arrival{a.From, u.ImportPath})
		}
	}
	for _, main := range mains {
		g.addProgram(main, imports)
	}
	return g
}

// addProgram notes the packages that a main package is made of, if all are in the run.
func (g *arrived) addProgram(main string, imports map[string][]string) {
	in := map[string]bool{main: true}
	for todo := []string{main}; len(todo) > 0; todo = todo[1:] {
		list, known := imports[todo[0]]
		if !known {
			return
		}
		for _, path := range list {
			if !in[path] {
				in[path] = true
				todo = append(todo, path)
			}
		}
	}
	for path := range in {
		g.whole[path] = true
	}
}

// endless reports whether all contexts that come to a function are roots, and some do.
func (g *arrived) endless(caller string) bool {
	seen := map[string]bool{caller: true}
	found := false
	for todo := []string{caller}; len(todo) > 0; todo = todo[1:] {
		given := 0
		for _, key := range arrivals.Keys(todo[0]) {
			for _, a := range g.from[key] {
				given++
				library, command := strings.CutPrefix(a.from, arrivals.Command)
				switch {
				case a.from == "":
					return false
				case a.from == arrivals.Root:
					found = true
				case command:
					if contextIn(g.programs, a.pkg, library) != starts.Root {
						return false
					}
					found = true
				case !seen[a.from]:
					seen[a.from] = true
					todo = append(todo, a.from)
				}
			}
		}
		if given == 0 {
			return false // somebody out of view calls it
		}
	}
	return found
}
