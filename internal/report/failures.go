package report

import (
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
)

// settleFailures expects little of the findings that do harm only when a function is left after
// which the process ends: what is left behind ends with it. Only a run that has a whole program
// with the package in it tells, so that all callers are there.
func settleFailures(r *Report, g *graph) {
	if len(r.Errors) > 0 {
		return
	}
	var known *failed
	r.Drop(func(f *Finding) bool {
		if f.Leaving.Of == "" {
			return false
		}
		if known == nil {
			known = newFailed(g)
		}
		if known.whole[f.Package] && known.after.Exits(f.Leaving) {
			f.Confidence, f.Fixes = catalog.Low, nil
		}
		return false
	})
}

// failed has what is done in a run when functions have failed, or returned.
type failed struct {
	after failures.Index
	whole map[string]bool // packages of programs all of whose packages are in the run
}

func newFailed(g *graph) *failed {
	x := &failed{make(failures.Index), g.wholePrograms()}
	for _, u := range g.units {
		x.after.Add(u.Failures)
	}
	return x
}
