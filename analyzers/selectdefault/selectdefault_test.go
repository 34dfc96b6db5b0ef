package selectdefault_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/analyzers/selectdefault"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFixtures runs the analyzer over all fixtures at once, with the category
// that is off by default, because the better part of the time goes into the
// libraries that they share.
func TestFixtures(t *testing.T) {
	enableCauses(t)
	for _, r := range analysistest.Run(t, testenv.Fixtures(t), selectdefault.Analyzer, "./selectdefault/...") {
		checkDiagnostics(t, r)
	}
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, testenv.Fixtures(t), selectdefault.Analyzer, "./selectdefault/fixes")
}

// TestCauseIsOff wants no findings of category cause unless they are asked for.
func TestCauseIsOff(t *testing.T) {
	unwanted := &unwantedOnly{T: t}
	for _, r := range analysistest.Run(unwanted, testenv.Fixtures(t), selectdefault.Analyzer, "./selectdefault/cause") {
		for _, d := range r.Action.Diagnostics {
			t.Errorf("unwanted: %s", d.Message)
		}
	}
}

// unwantedOnly lets pass diagnostics that a fixture wants and that do not come.
type unwantedOnly struct{ *testing.T }

func (u *unwantedOnly) Errorf(format string, args ...any) {
	u.Helper()
	if !strings.Contains(fmt.Sprintf(format, args...), "was reported matching") {
		u.T.Errorf(format, args...)
	}
}

func enableCauses(t *testing.T) {
	t.Helper()
	set := func(value string) {
		if err := selectdefault.Analyzer.Flags.Set("cause", value); err != nil {
			t.Fatal(err)
		}
	}
	set("true")
	t.Cleanup(func() { set("false") })
}

// messages has, for each category, what its messages and no others match.
var messages = map[string]string{
	"error-recv":    `the error is lost when`,
	"error-send":    `(error is|errors are) dropped`,
	"spin":          `burns a processor`,
	"done-ignored":  `the loop goes on after this case`,
	"uncancellable": `is not interrupted when the context is done`,
	"cause":         `no error is returned when the context is done`,
}

// checkDiagnostics checks what is true of every diagnostic, whatever it is about.
func checkDiagnostics(t *testing.T, r *analysistest.Result) {
	t.Helper()
	fset := r.Action.Package.Fset
	for _, d := range r.Action.Diagnostics {
		posn := fset.Position(d.Pos)
		for category, pattern := range messages {
			if matches := regexp.MustCompile(pattern).MatchString(d.Message); matches != (category == d.Category) {
				t.Errorf("%v: %q has category %q, but matches(%s) = %t", posn, d.Message, d.Category, category, matches)
			}
		}
		if !selectdefault.Documentation.HasCategory(d.Category) {
			t.Errorf("%v: category %q is not documented", posn, d.Category)
		}
		if strings.ContainsAny(d.Message, "\n\r") || strings.HasSuffix(d.Message, ".") || unicode.IsUpper([]rune(d.Message)[0]) {
			t.Errorf("%v: message is not one lower-case line without period: %q", posn, d.Message)
		}
		if len(d.SuggestedFixes) > 1 {
			t.Errorf("%v: %d fixes for one diagnostic", posn, len(d.SuggestedFixes))
		}
		if len(d.Related) == 0 {
			t.Errorf("%v: %s without the other half of the story", posn, d.Category)
		}
		for _, rel := range d.Related {
			if rel.Message == "" || !rel.Pos.IsValid() || fset.File(rel.Pos) == nil {
				t.Errorf("%v: related information %q at %v", posn, rel.Message, fset.Position(rel.Pos))
			}
		}
	}
}
