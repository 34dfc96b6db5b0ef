package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// ReportRoot reports one of the findings of one root, which are in the analyzer's
// order of preference: the first that is wanted, rather one that no comment
// explains, and rather one of which more is proved. The others are kept for a
// driver that sees all packages: see [suppress.Index.Others].
func (r *Reporter) ReportRoot(findings []Finding) {
	var wanted []Finding
	for _, f := range findings {
		if r.Wants(f) {
			wanted = append(wanted, r.worded(f))
		}
	}
	if len(wanted) == 0 {
		return
	}
	slices.SortStableFunc(wanted, func(a, b Finding) int {
		return ComparePreference(a.Explained, b.Explained, r.Confidence(a), r.Confidence(b))
	})
	others := len(wanted) - 1
	if wanted[0].Explained { // the others are intended, too
		others = 0
	}
	r.report(wanted[0], others)
	for _, f := range wanted[1:] {
		r.ignores.Keep(r.pass.Analyzer.Name, complete(f.Diagnostic), r.note(f))
	}
}

// ComparePreference says which of two findings of one root, that are explained or
// not and have some confidence, is rather shown: the result is that of [cmp.Compare].
func ComparePreference[C cmp.Ordered](explained, other bool, a, b C) int {
	rank := func(explained bool) int {
		if explained {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(explained), rank(other)), cmp.Compare(a, b))
}

// OtherCalls ends the message of a finding that stands for other calls as well: a
// number of them in its own package, and a number in so many other packages.
func OtherCalls(here, elsewhere, packages int) string {
	calls := func(n int) string { return plural(n, "other call") }
	switch {
	case here == 0 && elsewhere == 0:
		return ""
	case elsewhere == 0:
		return fmt.Sprintf(" (and %s in this package)", calls(here))
	case here == 0:
		return fmt.Sprintf(" (and %s in %s)", plural(elsewhere, "call"), plural(packages, "other package"))
	}
	return fmt.Sprintf(" (and %s in this package, %d in %s)", calls(here), elsewhere, plural(packages, "other package"))
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
