package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/record"
)

// forTest returns the package under test of a test variant's unit ID
// ("p [q.test]" gives "q"), "" for an ordinary unit.
func forTest(id string) string {
	_, variant, _ := strings.Cut(id, " [")
	tested, ok := strings.CutSuffix(variant, ".test]")
	if !ok {
		return ""
	}
	return tested
}

// ownerOf returns the import path under which the user knows the unit, and
// whether the unit is that package's external test.
func ownerOf(u record.Unit) (owner string, external bool) {
	if tested := forTest(u.ID); tested != "" && u.ImportPath == tested+"_test" {
		return tested, true
	}
	return u.ImportPath, false
}

// Owner returns the import path under which the user knows the unit.
func Owner(u record.Unit) string {
	owner, _ := ownerOf(u)
	return owner
}

// chooseVariants returns one unit per package and one per external test, sorted.
// "go vet" by itself reports on a package compiled with its in-package tests, if
// it has any, and on nothing else of it. Records of its other variants turn up
// too, depending on what else was asked for; they count only if that one could
// not be analysed.
func chooseVariants(units []record.Unit) []record.Unit {
	rank := func(u record.Unit) int {
		tested := forTest(u.ID)
		_, external := ownerOf(u)
		switch {
		case u.Error != "":
			return 3
		case external, tested == u.ImportPath:
			return 0
		case tested == "":
			return 1
		}
		return 2
	}
	key := func(u record.Unit) string {
		owner, external := ownerOf(u)
		if external {
			return owner + " external"
		}
		return owner
	}
	units = slices.Clone(units)
	slices.SortStableFunc(units, func(a, b record.Unit) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(units, func(a, b record.Unit) bool { return key(a) == key(b) })
}
