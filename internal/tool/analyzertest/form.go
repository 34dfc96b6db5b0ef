package analyzertest

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// sentence matches a message that begins like a sentence. Other messages may
// begin with an upper-case name.
var sentence = regexp.MustCompile(`^(A|An|It|No|That|The|There|This) `)

// longest returns how many characters a message may have. It is read in a list of
// findings, beside the line of code; the rest of the story is related information.
// One about a chain names two functions more, and the place where the context is
// made: it has to be understood where related information is not shown.
func longest(category string) int {
	if category == "chain" {
		return 200
	}
	return 160
}

// checkForm checks what must hold for every finding.
func checkForm(t *testing.T, act *checker.Action, test Test) {
	t.Helper()
	fset := act.Package.Fset
	for _, d := range act.Diagnostics {
		wrong := func(format string, args ...any) {
			t.Helper()
			t.Errorf("%v: %s: "+format, append([]any{fset.Position(d.Pos), d.Category}, args...)...)
		}
		if test.Documentation == nil || !test.Documentation.HasCategory(d.Category) {
			wrong("the category is not documented")
		}
		if level := Note(act, d).Confidence.String(); !test.Others && !documented(test, d.Category, level) {
			wrong("the section of the category in doc.go does not say what %s confidence means", level)
		}
		if test.Others {
			continue
		}
		if strings.ContainsAny(d.Message, "\n\r") || strings.HasSuffix(d.Message, ".") || sentence.MatchString(d.Message) {
			wrong("the message is not one lower-case line without a period: %q", d.Message)
		}
		if n, most := utf8.RuneCountInString(d.Message), longest(d.Category); n > most {
			wrong("the message has %d characters, more than %d: %q", n, most, d.Message)
		}
		if d.URL == "" || !strings.HasSuffix(d.URL, "#"+d.Category) {
			wrong("URL %q", d.URL)
		}
		if !d.Pos.IsValid() || d.End.IsValid() && d.End < d.Pos {
			wrong("no range: from %d to %d", d.Pos, d.End)
		}
		if len(d.SuggestedFixes) > 1 {
			wrong("%d fixes of one finding", len(d.SuggestedFixes))
		}
		if len(d.Related) == 0 && slices.Contains(test.Story, d.Category) {
			wrong("no related information")
		}
		for _, rel := range d.Related {
			if rel.Message == "" || !rel.Pos.IsValid() || fset.File(rel.Pos) == nil {
				wrong("related information %q at %v", rel.Message, fset.Position(rel.Pos))
			}
		}
	}
	checkTwice(t, act)
}

// documented reports whether doc.go says when findings of the category have that
// confidence.
func documented(test Test, category, level string) bool {
	if category == catalog.Internal || test.Documentation == nil {
		return true
	}
	s, err := test.Documentation.Section(category)
	return err == nil && slices.Contains(s.Levels, level)
}

// checkTwice checks that no two findings of a category are at the same place.
func checkTwice(t *testing.T, act *checker.Action) {
	t.Helper()
	for i, d := range act.Diagnostics {
		if slices.ContainsFunc(act.Diagnostics[:i], func(e analysis.Diagnostic) bool {
			return e.Pos == d.Pos && e.Category == d.Category
		}) {
			t.Errorf("%v: second finding of category %s at the place: %s", act.Package.Fset.Position(d.Pos), d.Category, d.Message)
		}
	}
}
