package report

import (
	"cmp"
	"slices"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// Union makes one report of those of several runs: over other modules, or over the same
// code for other platforms or with other tags. What is found in several of them is one
// finding. It is reported if one of them reports it, and with what the one says that has
// proved most. A suppression is unused if no run has used it. packages is how many packages
// all runs together have analysed.
func Union(reports []*Report, packages int) *Report {
	all := &Report{Packages: packages}
	found, silenced := make(unionIndex), make(unionIndex)
	used := make(map[record.Position]bool)
	for _, r := range reports {
		for _, f := range r.Findings {
			found.add(f)
		}
		for _, f := range r.Suppressed {
			silenced.add(f)
			if f.Suppression != nil {
				used[lineOf(f.Suppression.Pos)] = true
			}
		}
		all.Unused = append(all.Unused, r.Unused...)
		all.AddErrors(r.Errors...)
	}
	all.Findings = found.sorted(nil)
	all.Suppressed = silenced.sorted(found)
	all.Unused = slices.DeleteFunc(all.Unused, func(u Unused) bool { return u.Problem == "" && used[lineOf(u.Pos)] })
	slices.SortFunc(all.Unused, func(a, b Unused) int {
		return cmp.Or(comparePositions(a.Pos, b.Pos), cmp.Compare(a.Text, b.Text))
	})
	all.Unused = slices.CompactFunc(all.Unused, func(a, b Unused) bool { return a == b })
	return all
}

// lineOf returns a position without its column, which is not the same in all that tell of a
// comment.
func lineOf(p record.Position) record.Position { return record.Position{File: p.File, Line: p.Line} }

// unionKey is what findings of several runs have in common that are the same.
type unionKey struct{ check, pkg, fingerprint, file string }

type unionIndex map[unionKey]*Finding

// add keeps the finding of which more is proved, and otherwise the first.
func (x unionIndex) add(f *Finding) {
	key := unionKey{f.Check(), f.Package, f.Fingerprint, f.Pos.File}
	if old := x[key]; old == nil || cmp.Or(cmp.Compare(f.Confidence, old.Confidence), compareFindings(f, old)) < 0 {
		x[key] = f
	}
}

// sorted returns the findings that are not among others.
func (x unionIndex) sorted(others unionIndex) []*Finding {
	var list []*Finding
	for key, f := range x {
		if others[key] == nil {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(b.Evidence.Count(), a.Evidence.Count()), compareFindings(a, b), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return list
}
