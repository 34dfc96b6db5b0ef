// Package catalog describes what an analyzer reports: one row for each
// category, from which flags, severities, rules, documentation and the identity
// of findings are derived. The text about a category is in the analyzer's
// doc.go.
package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// Internal is the category, common to all analyzers and in no table, of a diagnostic
// about a failure of ctxlint itself.
const Internal = "internal"

// Severity says how a finding is shown where a format has levels (SARIF,
// GitHub annotations, an editor).
type Severity string

// The levels, in the words of SARIF.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Rank orders severities, the worst first. What is no severity comes last.
func (s Severity) Rank() int {
	levels := []Severity{Error, Warning, Note}
	if i := slices.Index(levels, s); i >= 0 {
		return i
	}
	return len(levels)
}

// An Identity says how a finding is recognised in another run, after the code
// around it has changed.
type Identity int

// The identities.
const (
	// OfPlace identifies a finding by the statement that is reported, as for
	// most categories.
	OfPlace Identity = iota
	// OfRoot identifies a finding by its [Root], because the finding stands for
	// all calls that lead there. Which call comes first changes with the calls,
	// with the names of functions and with the packages of a run; the finding stays
	// the same for as long as the root does.
	OfRoot
)

// A Root is the place where the path of a finding ends, in a category whose Identity
// is [OfRoot]. Findings of one root are one defect.
type Root struct {
	Place string `json:"place"` // as package location writes it: "import/path/file.go:12"
	Func  string `json:"func"`  // the function there, as its own package writes the name
	Steps int    `json:"steps"` // how many lead there from the finding
}

// A Metric is what a finding about time series is about: those of a label, or all of the
// metric if it names none. The name is "" if it is not known, and "*" stands for parts of
// it that are not constant.
type Metric struct {
	Name  string `json:"name,omitempty"`
	Label string `json:"label,omitempty"`
}

// A Category is a row of a table: one kind of finding of an analyzer.
type Category struct {
	Name     string   // what Diagnostic.Category holds
	Severity Severity // of its findings
	Since    string   // the release that introduced it
	Identity Identity
	// Confidence is what a finding has at most. Of a single finding, the analyzer may
	// say that less is proved.
	Confidence Confidence
	// Unproved is what a finding has at most of which a step is likely and not proved:
	// [Low] if such findings of the category were hardly ever worth a change, and
	// otherwise left out, which is [Medium].
	Unproved Confidence
	// Keeps says what is kept in memory, made at the place of a finding or of one of its
	// steps, so that a profile of the heap is evidence; "" for most categories.
	Keeps Kept
	// Explained says that a finding becomes a note if a comment in plain words,
	// which is not one that silences, gives a reason for the code.
	Explained bool
	// Also has the checks of other linters that complain about the same, as
	// "linter/check", or "linter" for one with a single check. A comment that silences
	// one of them beside a statement silences the finding there, too.
	Also []string
}

// Grade returns the confidence of a finding of which the analyzer says c: the lower of c
// and what findings of the category have at most.
func (row Category) Grade(c Confidence) Confidence {
	if c > High {
		c = max(c, row.Unproved)
	}
	return max(c, row.Confidence)
}

// Least returns the least confidence that a finding which the analyzer takes for likely
// can have.
func (row Category) Least() Confidence { return row.Grade(Medium) }

// Kept says what a finding keeps in memory, in words.
type Kept string

// What findings keep in memory.
const (
	Contexts   Kept = "contexts and timers"
	Collectors Kept = "collectors and callbacks"
)

// A Table has the categories of one analyzer, in the order of its documentation.
type Table []Category

// Check returns the name of what a category of an analyzer finds, as people write it:
// both names with a slash, or one if they are the same, as in an analyzer that has no
// other category.
func Check(analyzer, category string) string {
	if analyzer == category {
		return analyzer
	}
	return analyzer + "/" + category
}

// single reports whether the only category is the analyzer itself, so that nothing but the
// analyzer can be turned off.
func (t Table) single(analyzer string) bool { return len(t) == 1 && t[0].Name == analyzer }

// Row returns the row of a category. For one that is not in the table, such as
// [Internal], it returns a row with the name and the severity [Warning], and
// false.
func (t Table) Row(category string) (Category, bool) {
	if i := slices.IndexFunc(t, func(c Category) bool { return c.Name == category }); i >= 0 {
		return t[i], true
	}
	return Category{Name: category, Severity: Warning}, false
}

// Has reports whether findings can have the category. All analyzers have
// [Internal].
func (t Table) Has(category string) bool {
	_, ok := t.Row(category)
	return ok || category == Internal
}

// Names returns the names of the categories, separated by commas.
func (t Table) Names() string { return strings.Join(t.List(), ", ") }

// List returns the names of the categories.
func (t Table) List() []string {
	var names []string
	for _, c := range t {
		names = append(names, c.Name)
	}
	return names
}

// An UnknownError says that an analyzer has no such category.
type UnknownError struct {
	Analyzer, Category string
	Table              Table
}

func (e *UnknownError) Error() string {
	message := fmt.Sprintf("%s has no category %q; it has %s", e.Analyzer, e.Category, e.Table.Names())
	if question := spelling.Question(e.Category, e.Table.List()); question != "" {
		message += "; " + question
	}
	return message
}
