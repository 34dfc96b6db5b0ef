package words_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// searched are the directories of code that may ask what a name means.
var searched = []string{"analyzers", "internal/engine", "internal/pass"}

// allowed are places that look like guesses at names but are not, with the
// reason.
var allowed = map[string]string{
	"analyzers/cancelleak/waits.go: fmt":                    "packages of the standard library",
	"analyzers/ctxerr/text.go: Contains":                    "functions of package strings",
	"analyzers/ctxerr/text.go: ToLower":                     "functions of package strings",
	"analyzers/ctxtimeout/unit.go: context":                 "packages of the standard library",
	"analyzers/labelcardinality/report.go: URL":             "fields of http.Request, in the text of an expression",
	"analyzers/labelcardinality/vectors.go: Delete":         "methods of libraries for metrics",
	"analyzers/staticcheck/possible.go: FailNow":            "methods of testing.common",
	"analyzers/staticcheck/possible.go: context":            "packages of the standard library",
	"analyzers/metriclifecycle/roots.go: Float64":           "methods of otel's Meter",
	"analyzers/metriclifecycle/roots.go: Int64":             "methods of otel's Meter",
	"internal/engine/taint/calls.go: " + formatVerb:         "verbs of fmt",
	"internal/engine/taint/body.go: Get":                    "getters that protoc-gen-go generates",
	"internal/engine/taint/request.go: " + longPart:         "parts of url.URL, in the text of an expression",
	"internal/engine/taint/request.go: " + pathPart:         "parts of url.URL, in the text of an expression",
	"analyzers/analyzers.go: cancelleak":                    "names of analyzers",
	"internal/engine/vectors/collectors.go: Func":           "functions of client_golang",
	"internal/engine/vectors/collectors.go: Vec":            "functions of client_golang",
	"internal/engine/vectors/uses.go: Must":                 "functions of client_golang",
	"internal/engine/vectors/uses.go: NewLazy":              "functions of client_golang",
	"internal/engine/vectors/uses.go: WithCreatedTimestamp": "functions of client_golang",
	"internal/pass/doctext/section.go: " + alwaysLevel:      "sentences of doc.go",
	"internal/pass/doctext/section.go: " + someLevel:        "sentences of doc.go",
	"internal/pass/scope/tests.go: _test":                   "what the go command calls packages of external tests",
}

const (
	formatVerb  = `(?:([A-Za-z_]\w*)=\\?"?)?%[-+# 0]*\d*(?:\.\d*)?([a-zA-Z%])`
	alwaysLevel = `^Confidence is always (high|medium|low): \S`
	someLevel   = `^Confidence is (high[, ].*\b(medium|low)\b|medium[, ].*\blow\b).`
	pathPart    = `\.(Path|RawPath|EscapedPath\(\))$`
	longPart    = `\.(Path|RawPath|RawQuery|String\(\)|EscapedPath\(\)|RequestURI\(\)|Query\(\)\S*)$`
)

// TestElsewhere refuses guesses at what names mean outside the models: lists of
// words, regular expressions, and comparisons of parts of names.
func TestElsewhere(t *testing.T) {
	unused := maps.Clone(allowed)
	for _, dir := range searched {
		root := filepath.Join("..", "..", "..")
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, g := range guesses(file) {
				key := filepath.ToSlash(rel) + ": " + g.text
				delete(unused, key)
				if allowed[key] == "" {
					t.Errorf("%s: %s; ask a table of the library's symbols, make it a class of words in this package, or allow %q with a reason (in allowed, of this file)", fset.Position(g.pos), g.what, key)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("%q is allowed, but not there", key)
	}
}

// A guess is a place where code seems to ask what a name means.
type guess struct {
	pos  token.Pos
	what string
	text string // the first of its words
}

func guesses(file *ast.File) []guess {
	var out []guess
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if list := wordsIn(n); len(list) >= 3 {
				out = append(out, guess{n.Pos(), fmt.Sprintf("a list of words, %q", list), list[0]})
			}
		case *ast.CallExpr:
			if g, ok := guessIn(n); ok {
				out = append(out, g)
			}
		}
		return true
	})
	return out
}

// word matches what may be part of a name: nothing that contains a slash, a dot
// or the like.
var word = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*( [A-Za-z]+)*$`)

// wordsIn returns the words of a list of strings, or of the keys of a map.
func wordsIn(lit *ast.CompositeLit) []string {
	var list []string
	switch typ := lit.Type.(type) {
	case *ast.ArrayType:
		if !isString(typ.Elt) {
			return nil
		}
	case *ast.MapType:
		value, ok := typ.Value.(*ast.Ident)
		_, empty := typ.Value.(*ast.StructType)
		if !isString(typ.Key) || !empty && (!ok || value.Name != "bool") {
			return nil
		}
	default:
		return nil
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Key
		}
		if s, ok := text(e); ok && word.MatchString(s) {
			list = append(list, s)
		}
	}
	return list
}

func isString(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "string"
}

// parts are functions of strings that look at a part of one, or at its letters.
var parts = []string{"HasPrefix", "HasSuffix", "Contains", "CutPrefix", "CutSuffix", "TrimPrefix", "TrimSuffix", "Index", "EqualFold"}

// guessIn returns the guess that a call makes by compiling a regular
// expression, or by comparing a part of a name with a word.
func guessIn(call *ast.CallExpr) (guess, bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return guess{}, false
	}
	pkg, _ := sel.X.(*ast.Ident)
	last, ok := text(call.Args[len(call.Args)-1])
	switch {
	case pkg == nil || !ok:
	case pkg.Name == "lazyregexp" && sel.Sel.Name == "New", pkg.Name == "regexp" && strings.Contains(sel.Sel.Name, "Compile"):
		return guess{call.Pos(), "a regular expression", last}, true
	case pkg.Name == "strings" && slices.Contains(parts, sel.Sel.Name) && isName(call.Args[0]) && word.MatchString(last):
		return guess{call.Pos(), fmt.Sprintf("a comparison of part of a name with %q", last), last}, true
	}
	return guess{}, false
}

// isName reports whether an expression is the name of something: x.Name(), the
// field Name, a variable called name, or such a name in lower case.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "name"
	case *ast.CallExpr:
		if sel, ok := e.Fun.(*ast.SelectorExpr); ok {
			return sel.Sel.Name == "Name" || len(e.Args) > 0 && isName(e.Args[0])
		}
		fun, ok := e.Fun.(*ast.Ident)
		return ok && strings.HasSuffix(fun.Name, "Name")
	}
	return false
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// TestGuesses checks that code of each kind is found, and that similar code is
// not.
func TestGuesses(t *testing.T) {
	for source, want := range map[string]bool{
		`var x = []string{"Close", "Stop", "Shutdown"}`:                      true,
		`var x = [...]string{"close", "tear down", "stop"}`:                  true,
		`var x = map[string]bool{"log": true, "logger": true, "logs": true}`: true,
		`var x = map[string]struct{}{"log": {}, "logger": {}, "logs": {}}`:   true,
		`var x = lazyregexp.New("(?i)close|stop")`:                           true,
		`var x = regexp.MustCompile("^close$")`:                              true,
		`var x = strings.HasPrefix(fn.Name(), "Close")`:                      true,
		`var x = strings.Contains(strings.ToLower(fn.Name()), "close")`:      true,
		`var x = strings.Contains(name, "close")`:                            true,
		`var x = strings.HasPrefix(calleeName(call), "Close")`:               true,
		`var x = []string{"Close", "Stop"}`:                                  false,
		`var x = []string{"a/b", "c/d", "e/f"}`:                              false,
		`var x = map[string]string{"log": "a", "logger": "b", "logs": "c"}`:  false,
		`var x = strings.HasPrefix(path, "Close")`:                           false,
		`var x = strings.HasPrefix(fn.Name(), "*")`:                          false,
		`var x = strings.HasPrefix(fn.Name(), other)`:                        false,
		`var x = words.Closes.Leads(fn.Name())`:                              false,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(guesses(file)) > 0; got != want {
			t.Errorf("%s: %v, want %v", source, got, want)
		}
	}
}
