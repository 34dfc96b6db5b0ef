package report

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// ownerOf returns the import path under which the user knows the unit, and
// whether the unit is that package's external test.
func ownerOf(u record.Unit) (owner string, external bool) {
	if u.ForTest != "" && u.ForTest != u.ImportPath {
		return u.ForTest, true
	}
	return u.ImportPath, false
}

// Owner returns the import path under which the user knows the unit.
func Owner(u record.Unit) string {
	owner, _ := ownerOf(u)
	return owner
}

// chooseVariants returns one unit per package and one per external test,
// sorted. By itself, "go vet" reports only on the variant of a package that
// includes its in-package tests, if it has any. Records of other variants turn
// up, too, depending on what else was asked for; they count only if that
// variant could not be analysed.
func chooseVariants(units []record.Unit) []record.Unit {
	rank := func(u record.Unit) int {
		switch {
		case u.Error != "":
			return 2
		case u.ForTest == "":
			return 1
		}
		return 0
	}
	content := func(u record.Unit) string {
		text, _ := json.Marshal(u) // of any two variants, always prefer the same one
		return string(text)
	}
	key := func(u record.Unit) string {
		owner, external := ownerOf(u)
		if external {
			return owner + " external"
		}
		return owner
	}
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b record.Unit) int {
		if c := cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(rank(a), rank(b))); c != 0 {
			return c
		}
		return cmp.Compare(content(a), content(b))
	})
	return slices.CompactFunc(units, func(a, b record.Unit) bool { return key(a) == key(b) })
}
