package report

import (
	"maps"
	"strings"

	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
)

// settleArrivals decides the findings about functions to which the run gives no context that
// ends. Nothing is lost there, and they are dropped. Where other modules may call the
// function, too, they are in doubt. Only a run that has a whole program with the package in
// it tells, so that all callers are there.
func settleArrivals(r *Report, g *graph, programs []program) {
	if len(r.Errors) > 0 {
		return
	}
	var known *arrived
	r.Drop(func(f *Finding) bool {
		a := f.AssumesCaller
		if a.Caller == "" {
			return false
		}
		if known == nil {
			known = newArrived(g, programs)
		}
		if !known.whole[f.Package] || !known.endless(a.Caller) {
			return false
		}
		if a.Open {
			f.Confidence, f.Fixes = max(f.Confidence, a.Confidence), nil
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

func newArrived(g *graph, programs []program) *arrived {
	a := &arrived{from: make(map[string][]arrival), programs: programs, whole: make(map[string]bool)}
	for _, u := range g.units {
		for _, arr := range u.Arrivals {
			a.from[arr.To] = append(a.from[arr.To], arrival{arr.From, u.ImportPath})
		}
		if !u.Program {
			continue
		}
		if packages, whole := g.madeOf(u.ImportPath); whole {
			maps.Copy(a.whole, packages)
		}
	}
	return a
}

// endless reports whether all contexts that come to a function are roots, and some do.
func (a *arrived) endless(caller string) bool {
	seen := map[string]bool{caller: true}
	found := false
	for todo := []string{caller}; len(todo) > 0; todo = todo[1:] {
		given := 0
		for _, key := range arrivals.Keys(todo[0]) {
			for _, arr := range a.from[key] {
				given++
				library, command := strings.CutPrefix(arr.from, arrivals.Command)
				switch {
				case arr.from == "":
					return false
				case arr.from == arrivals.Root:
					found = true
				case command:
					if contextIn(a.programs, arr.pkg, library) != starts.Root {
						return false
					}
					found = true
				case !seen[arr.from]:
					seen[arr.from] = true
					todo = append(todo, arr.from)
				}
			}
		}
		if given == 0 {
			return false // somebody out of view calls it
		}
	}
	return found
}
