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
	var after failures.Index // what is done when functions have failed, or returned
	r.Drop(func(f *Finding) bool {
		if f.Leaving.Of == "" {
			return false
		}
		if after == nil {
			after = make(failures.Index)
			for _, u := range g.units {
				after.Add(u.Failures)
			}
		}
		if g.wholePrograms()[f.Package] && after.Exits(f.Leaving) {
			f.Confidence, f.Fixes = catalog.Low, nil
		}
		return false
	})
}
