package analyzertest

import (
	"cmp"
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/scanner"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// An expectation is one string of a want comment.
type expectation struct {
	object   string // the object whose fact is expected; "" for a finding
	category string // of the finding
	level    catalog.Confidence
	text     *regexp.Regexp
}

func (e expectation) String() string {
	if e.object != "" {
		return fmt.Sprintf("fact about %s matching %#q", e.object, e.text)
	}
	if e.level != catalog.High {
		return fmt.Sprintf("finding of category %s and %s confidence matching %#q", e.category, e.level, e.text)
	}
	return fmt.Sprintf("finding of category %s matching %#q", e.category, e.text)
}

// line is a line of a file of a package, as //line directives have it.
type line struct {
	file string
	line int
}

// checkExpectations compares what the analyzer reports in a package, and the facts
// that it exports about it, with what the comments expect.
func (m *Module) checkExpectations(t *testing.T, act *checker.Action, everyFact bool) {
	t.Helper()
	fset := act.Package.Fset
	wanted := expectations(t, act)
	at := func(pos token.Pos) (line, string) {
		posn := fset.Position(pos)
		return line{posn.Filename, posn.Line}, fmt.Sprintf("%s:%d", m.short(posn.Filename), posn.Line)
	}
	// take removes an expectation that is met, or says what was expected instead.
	take := func(l line, match func(expectation) bool, same func(expectation) bool) (ok bool, instead string) {
		if i := slices.IndexFunc(wanted[l], match); i >= 0 {
			wanted[l] = slices.Delete(wanted[l], i, i+1)
			return true, ""
		}
		for _, e := range wanted[l] {
			if same(e) {
				instead += fmt.Sprintf("\n\texpected is a %v", e)
			}
		}
		return false, instead
	}
	for _, d := range act.Diagnostics {
		l, place := at(d.Pos)
		level := Note(act, d).Confidence
		finding := func(e expectation) bool { return e.object == "" }
		ok, instead := take(l, func(e expectation) bool {
			return finding(e) && e.category == d.Category && e.level == level && e.text.MatchString(d.Message)
		}, finding)
		if !ok {
			t.Errorf("%s: unexpected finding of %s confidence: %s: %s%s", place, level, d.Category, d.Message, instead)
		}
	}
	for _, f := range facts(act) {
		l, place := at(f.pos)
		about := func(e expectation) bool { return e.object == f.object }
		ok, instead := take(l, func(e expectation) bool { return about(e) && e.text.MatchString(f.text) }, about)
		if !ok && everyFact {
			t.Errorf("%s: unexpected fact about %s: %s%s", place, f.object, f.text, instead)
		}
	}
	var missing []string
	for l, list := range wanted {
		for _, e := range list {
			missing = append(missing, fmt.Sprintf("%s:%d: no %v", m.short(l.file), l.line, e))
		}
	}
	for _, text := range slices.Sorted(slices.Values(missing)) {
		t.Error(text)
	}
}

// Note returns what only some drivers show of a finding. The analyzer [suppress.Analyzer]
// has to be among the roots of the graph, because the checker keeps no other results.
func Note(act *checker.Action, d analysis.Diagnostic) suppress.Note {
	for _, dep := range act.Deps {
		if dep.Analyzer == suppress.Analyzer {
			return dep.Result.(*suppress.Index).Note(act.Analyzer.Name, d)
		}
	}
	return suppress.Note{}
}

// A fact about a package or one of its objects.
type fact struct {
	object string
	pos    token.Pos
	text   string
}

// facts returns the facts that the analyzer exports about the package and its
// objects.
func facts(act *checker.Action) []fact {
	var all []fact
	for _, f := range act.AllPackageFacts() {
		if f.Package == act.Package.Types {
			all = append(all, fact{"package", act.Package.Syntax[0].FileStart, fmt.Sprint(f.Fact)})
		}
	}
	for _, f := range act.AllObjectFacts() {
		if f.Object.Pkg() == act.Package.Types {
			all = append(all, fact{f.Object.Name(), f.Object.Pos(), fmt.Sprint(f.Fact)})
		}
	}
	slices.SortFunc(all, func(a, b fact) int { return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.text, b.text)) })
	return all
}

// expectations reads the want comments of a package.
func expectations(t *testing.T, act *checker.Action) map[line][]expectation {
	t.Helper()
	wanted := make(map[line][]expectation)
	for _, f := range act.Package.Syntax {
		for _, group := range f.Comments {
			for _, c := range group.List {
				text, ok := wantText(c.Text)
				if !ok {
					continue
				}
				posn := act.Package.Fset.Position(c.Pos())
				delta, list, err := parseWant(text)
				if err != nil {
					t.Errorf("%v: want comment: %v", posn, err)
				}
				l := line{posn.Filename, posn.Line + delta}
				wanted[l] = append(wanted[l], list...)
			}
		}
	}
	return wanted
}

// wantText returns what follows "want" in a comment, which may be at the end of
// another comment.
func wantText(comment string) (string, bool) {
	if i := strings.LastIndex(comment, "// want "); i >= 0 {
		return comment[i+len("// want "):], true
	}
	text := strings.TrimSuffix(strings.TrimPrefix(comment, "/*"), "*/")
	return strings.CutPrefix(strings.TrimSpace(text), "want ")
}

// parseWant reads what follows "want": +N, "category: text" and name:"text".
func parseWant(text string) (delta int, list []expectation, err error) {
	var s scanner.Scanner
	s.Init(strings.NewReader(text))
	s.Mode = scanner.ScanIdents | scanner.ScanStrings | scanner.ScanRawStrings | scanner.ScanInts
	s.Error = func(_ *scanner.Scanner, msg string) { err = fmt.Errorf("%s", msg) }
	for err == nil {
		switch token := s.Scan(); token {
		case scanner.EOF:
			return delta, list, err
		case '+':
			s.Scan()
			delta, err = strconv.Atoi(s.TokenText())
		case scanner.Ident:
			e := expectation{object: s.TokenText()}
			if s.Scan() != ':' || !isString(s.Scan()) {
				return 0, nil, fmt.Errorf("%s is not followed by :\"fact\"", e.object)
			}
			e.text, err = regexp.Compile(unquote(s.TokenText()))
			list = append(list, e)
		case scanner.String, scanner.RawString:
			if err != nil {
				break // an unterminated literal
			}
			var e expectation
			e, err = parseFinding(unquote(s.TokenText()))
			list = append(list, e)
		default:
			return 0, nil, fmt.Errorf("unexpected %s", scanner.TokenString(token))
		}
	}
	return 0, nil, err
}

var findingText = regexp.MustCompile(`^(?:(medium|low) )?([a-z][a-z0-9-]*|SA[0-9]+): (.+)$`)

// parseFinding reads "category: text", and the same with "medium" or "low" before it.
func parseFinding(s string) (expectation, error) {
	m := findingText.FindStringSubmatch(s)
	if m == nil {
		return expectation{}, fmt.Errorf("%#q does not begin with a category: want \"category: message\"", s)
	}
	text, err := regexp.Compile(m[3])
	e := expectation{category: m[2], text: text}
	if m[1] != "" && err == nil {
		err = e.level.Set(m[1])
	}
	return e, err
}

func isString(token rune) bool { return token == scanner.String || token == scanner.RawString }

func unquote(literal string) string {
	s, err := strconv.Unquote(literal)
	if err != nil {
		return literal
	}
	return s
}
