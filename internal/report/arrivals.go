package report

import (
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
		if !g.wholePrograms()[f.Package] || !known.endless(a) {
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
	index    *arrivals.Index
	programs []program
}

func newArrived(g *graph, programs []program) *arrived {
	a := &arrived{arrivals.NewIndex(), programs}
	for _, u := range g.units {
		a.index.Add(u.ImportPath, u.Arrivals)
	}
	return a
}

// endless reports whether no context that comes to the function of an assumption ends, and
// some come.
func (a *arrived) endless(assumes arrivals.Assumption) bool {
	return a.index.Endless(assumes.Caller, assumes.Within, func(pkg, library string) bool {
		return contextIn(a.programs, pkg, library) == starts.Root
	})
}
