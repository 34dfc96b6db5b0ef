package cancelleak_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/analyzers/cancelleak"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFixtures runs the analyzer over all fixtures at once, because the better
// part of the time goes into the libraries that they share.
func TestFixtures(t *testing.T) {
	results := analysistest.Run(wantedFacts{t}, testenv.Fixtures(t), cancelleak.Analyzer, "./cancelleak/...")
	for _, r := range results {
		checkDiagnostics(t, r)
	}
}

// TestFacts wants every fact of its packages to be announced, and no other.
func TestFacts(t *testing.T) {
	analysistest.Run(t, testenv.Fixtures(t), cancelleak.Analyzer, "./cancelleak/facts/...")
}

// wantedFacts lets pass facts that no fixture asks for. Fixtures of diagnostics
// need not repeat what each of their helper functions does.
type wantedFacts struct{ *testing.T }

func (w wantedFacts) Errorf(format string, args ...any) {
	w.Helper()
	if format == "%v: unexpected %s: %v" && len(args) == 3 && args[1] == "fact" {
		return
	}
	w.T.Errorf(format, args...)
}

// messages has, for each category, what its messages and no others match.
var messages = map[string]string{
	"discarded": `(cancel|stop) function of .* is discarded|is never used|is overwritten before it is called|` +
		`group of errgroup\.WithContext is never waited for`,
	"path":           `is not called on every path`,
	"unused-closure": `only called in a function literal that never runs`,
	"ignored-param":  `is passed to .* which never calls it`,
	"field":          `is stored in (field|variable) .* which nothing in the package reads`,
	"loop":           `defer .* in a loop`,
	"early":          `is (returned|started|handed to a goroutine) but .* (has already run|runs first|is deferred)`,
}

// checkDiagnostics checks what is true of every diagnostic, whatever it is about.
func checkDiagnostics(t *testing.T, r *analysistest.Result) {
	t.Helper()
	fset := r.Action.Package.Fset
	type place struct {
		category string
		line     int
		file     string
	}
	seen := make(map[place]bool)
	for _, d := range r.Action.Diagnostics {
		posn := fset.Position(d.Pos)
		for category, pattern := range messages {
			if matches := regexp.MustCompile(pattern).MatchString(d.Message); matches != (category == d.Category) {
				t.Errorf("%v: %q has category %q, but matches(%s) = %t", posn, d.Message, d.Category, category, matches)
			}
		}
		if !cancelleak.Documentation.HasCategory(d.Category) {
			t.Errorf("%v: category %q is not documented", posn, d.Category)
		}
		if strings.ContainsAny(d.Message, "\n\r") || strings.HasSuffix(d.Message, ".") || unicode.IsUpper([]rune(d.Message)[0]) {
			t.Errorf("%v: message is not one lower-case line without period: %q", posn, d.Message)
		}
		if d.URL == "" || !d.End.IsValid() || d.End < d.Pos {
			t.Errorf("%v: incomplete diagnostic: URL %q, pos %d, end %d", posn, d.URL, d.Pos, d.End)
		}
		if len(d.SuggestedFixes) > 1 {
			t.Errorf("%v: %d fixes for one diagnostic", posn, len(d.SuggestedFixes))
		}
		if p := (place{d.Category, posn.Line, posn.Filename}); seen[p] {
			t.Errorf("%v: second diagnostic of category %s on the line", posn, d.Category)
		} else {
			seen[p] = true
		}
		checkRelated(t, r, d)
	}
}

// checkRelated wants the exits of a leaking path to be shown, and every related
// position to be one in the package.
func checkRelated(t *testing.T, r *analysistest.Result, d analysis.Diagnostic) {
	t.Helper()
	fset := r.Action.Package.Fset
	if (d.Category == "path" || d.Category == "loop" || d.Category == "early") && len(d.Related) == 0 {
		t.Errorf("%v: %s without the other half of the story", fset.Position(d.Pos), d.Category)
	}
	for _, rel := range d.Related {
		if rel.Message == "" || !rel.Pos.IsValid() || fset.File(rel.Pos) == nil {
			t.Errorf("%v: related information %q at %v", fset.Position(d.Pos), rel.Message, fset.Position(rel.Pos))
		}
	}
}
