package goroutineleak_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFixtures runs the analyzer over all fixtures at once, because the better
// part of the time goes into the libraries that they share.
func TestFixtures(t *testing.T) {
	for _, r := range analysistest.Run(t, testenv.Fixtures(t), goroutineleak.Analyzer, "./goroutineleak/...") {
		checkDiagnostics(t, r)
	}
}

// TestOlderGo runs the analyzer over a module whose timers are not collected.
func TestOlderGo(t *testing.T) {
	for _, r := range analysistest.Run(t, filepath.Join(testenv.Fixtures(t), "goroutineleak", "_go122"), goroutineleak.Analyzer, ".") {
		checkDiagnostics(t, r)
	}
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, testenv.Fixtures(t), goroutineleak.Analyzer, "./goroutineleak/fixes")
}

// messages has, for each category, what its messages and no others match.
var messages = map[string]string{
	"unstoppable":  `the goroutine runs on when`,
	"blocked-send": `this send (blocks for ever when .*, and the goroutine with it|panics when .*, because it closes the channel);`,
	"blocked-recv": `waits for ever( after|;)`,
	"no-done":      `waits here for ever when|blocks for ever when its receiver leaves first|this task of the group waits for`,
	"drain":        `this receive blocks for ever`,
	"ticker":       `before Go 1\.23|when the ticker is stopped`,
	"serve":        `the server runs on when`,
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
		if !goroutineleak.Documentation.HasCategory(d.Category) {
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
