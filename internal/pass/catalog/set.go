package catalog

import (
	"flag"
	"slices"
	"strings"
)

// Disable is the name of the flag, common to all analyzers, that lists the
// categories not to report.
const Disable = "disable"

// A Selection says which categories an analyzer reports. The zero Selection
// means all findings of high confidence.
type Selection struct {
	Disable []string // not reported, whatever else says so
	// Confidence is the least that a reported finding has: by default, High.
	Confidence Confidence
}

// A Set has the categories that one analyzer value reports. Flags may change it
// until the analyzer runs; from then on it may be asked concurrently.
type Set struct {
	analyzer string
	table    Table
	disabled []string
	least    Confidence
}

// Bind returns the set of an analyzer's categories that a selection has, and
// declares the flags that change it, -disable (if there is a choice) and -confidence. It panics if the
// selection names a category that is not in the table.
func Bind(flags *flag.FlagSet, analyzer string, table Table, s Selection) *Set {
	set := &Set{analyzer: analyzer, table: table, least: s.Confidence}
	if err := set.disable(s.Disable); err != nil {
		panic(err)
	}
	if !table.single(analyzer) {
		flags.Var((*disableFlag)(set), Disable, "comma-separated `categories` that are not reported")
	}
	flags.TextVar(&set.least, ConfidenceFlag, set.least, "report findings with this `level` of confidence or a higher one: high, medium or low")
	return set
}

// TableOf returns the categories among which the flags of an analyzer choose, nil if there
// is no choice: see [Bind].
func TableOf(flags *flag.FlagSet) Table {
	if f := flags.Lookup(Disable); f != nil {
		if set, ok := f.Value.(*disableFlag); ok {
			return set.table
		}
	}
	return nil
}

func (s *Set) disable(categories []string) error {
	for _, name := range categories {
		if !s.table.Has(name) {
			return &UnknownError{s.analyzer, name, s.table}
		}
	}
	s.disabled = categories
	return nil
}

// Reports reports whether findings of the category are wanted. It panics if
// there is no such category, because a misspelt name must not lose a finding.
func (s *Set) Reports(category string) bool {
	if !s.table.Has(category) {
		panic(&UnknownError{s.analyzer, category, s.table})
	}
	return s.Shows(s.Confidence(category, High)) && !slices.Contains(s.disabled, category)
}

// Shows reports whether findings with that much confidence are wanted.
func (s *Set) Shows(c Confidence) bool { return c <= s.least }

// Also returns the checks of other linters that complain about the same as the
// category does.
func (s *Set) Also(category string) []string {
	row, _ := s.table.Row(category)
	return row.Also
}

// Confidence returns the confidence of a finding of the category of which the
// analyzer says c: see [Category.Grade].
func (s *Set) Confidence(category string, c Confidence) Confidence {
	row, _ := s.table.Row(category)
	return row.Grade(c)
}

// disableFlag is the value of -disable.
type disableFlag Set

func (f *disableFlag) String() string { return strings.Join(f.disabled, ",") }

func (f *disableFlag) Set(value string) error {
	var names []string
	for name := range strings.SplitSeq(value, ",") {
		if name = strings.TrimSpace(name); name != "" || strings.TrimSpace(value) != "" {
			names = append(names, name)
		}
	}
	return (*Set)(f).disable(names)
}
