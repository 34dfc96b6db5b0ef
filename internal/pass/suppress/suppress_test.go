package suppress_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// In these sources each call of silent is a finding that a comment covers, and
// each call of loud one that no comment covers.
var sources = map[string]string{
	"end of line": `package p
func f() {
	silent() //nolint
	loud()
	silent() //nolint:cancelleak // why
	silent() //nolint:ctxlint
	loud() //nolint:govet
	silent() //lint:ignore ctxlint/cancelleak why
	loud() //lint:ignore ctxlint/cancelleak
}`,
	"line above": `package p
func f() {
	//nolint:cancelleak
	silent()
	loud()
	// One reason.
	//nolint:cancelleak
	// Another reason.
	silent()
	//nolint:cancelleak

	loud()
	//lint:ignore ctxlint/* why
	silent()
	loud()
	//nolint:cancelleak
}`,
	"categories": `package p
func f() {
	silent() //nolint:cancelleak/path // why
	silent() //nolint:errcheck,CancelLeak/Path
	silent() //nolint:ctxlint/cancelleak
	silent() //nolint:ctxlint/cancelleak/path
	silent() //lint:ignore ctxlint/cancelleak/path why
	silent() //lint:ignore cancelleak/path why
	silent() //lint:ignore SA1000,cancelleak why
	silent() //lint:ignore ctxlint why
	silent() //nolint:cancelleak/*
	loud() //nolint:cancelleak/loop
	loud() //nolint:ctxlint/ctxreset
	loud() //lint:ignore ctxlint/cancelleak/loop why
	loud() //lint:ignore cancelleak/loop why
	loud() //lint:ignore cancelleak/path
	loud() //lint:ignore ctxreset/path why
	loud() //nolint:canceleak
	loud() //nolint:ctxlint/
}`,
	"no code follows the last line": "package p\nfunc f() { loud() }\n//nolint",
	"statement that starts on the line": `package p
func f() {
	silent( //nolint:cancelleak
		silent(),
	)
	if ok() { //nolint:cancelleak
		silent()
		for {
			silent()
		}
	}
	loud()
	x := func() { //nolint:cancelleak
		silent()
	}
	x(
		loud(),
	) //nolint:cancelleak
	if ok() {
		loud()
	} //nolint:cancelleak
	if ok() {
		loud()
	} else { //nolint:cancelleak
		silent()
	}
}`,
	"statement below": `package p
func f() {
	//nolint:cancelleak
	for range 3 {
		silent()
	}
	//nolint:cancelleak
	go func() {
		silent()
	}()
	switch {
	//nolint:cancelleak
	case ok():
		silent()
	default:
		loud()
	}
	select {
	case <-c: //nolint:cancelleak
		silent()
	case <-d:
		loud()
	}
//nolint:cancelleak
label:
	silent()
	loud()
}`,
	"comment after code is not one above": `package p
func f() {
	g( //nolint:cancelleak
	)
	loud()
	x = 1 + //nolint:cancelleak
		2
	loud()
	y := []int{
		1, //nolint:cancelleak
		loud(),
		2,
	} //nolint:cancelleak
	loud()
}
var v = 1 //nolint:cancelleak
var w = loud()
import "fmt" //nolint:cancelleak
var x = loud()`,
	"declarations": `package p

// f is documented.
//
//nolint:cancelleak // why
func f() {
	silent()
	if ok() {
		silent()
	}
}

func g() { //nolint:cancelleak
	silent()
}

func h() { loud() }

//nolint:cancelleak
var (
	a = silent()
	b = silent()
)

var (
	c = silent() //nolint:cancelleak
	//nolint:cancelleak
	d = silent()
	e = loud()
)

// T is documented.
//nolint:cancelleak
type T struct {
	f [unsafe.Sizeof(silent())]int
}

//lint:ignore ctxlint/cancelleak why
func (T) m() { silent() }

func (T) n() { loud() }

//nolint:cancelleak

func detached() { loud() }
`,
	"composite literals": `package p
var x = map[string]func(){
	//nolint:cancelleak
	"a": func() {
		silent()
	},
	"b": func() {
		loud()
	},
	"c": func() { //nolint:cancelleak
		silent()
	},
}
var y = []T{
	//nolint:cancelleak
	{
		silent(),
	},
	{
		loud(),
	},
}
var z = T{
	f: silent(), //nolint:cancelleak
	g: loud(),
}`,
	"whole file by directive": `package p
func f() { silent() }
//lint:file-ignore ctxlint/cancelleak why
func g() { silent() }`,
	"whole file above the package clause": `//nolint:cancelleak
package p
func f() { silent() }
func g() { silent() }`,
	"whole file in the package's documentation": `// Package p is documented.
//
//nolint:ctxlint // why
package p
func f() { silent() }`,
	"not the whole file": `//nolint:cancelleak

package p //nolint:cancelleak
func f() { loud() }`,
	"windows": "package p\r\nfunc f() {\r\n\tsilent() //nolint:cancelleak\r\n\t//nolint:cancelleak\r\n\tsilent()\r\n\tloud()\r\n}\r\n",
	"line directives": `package p
//line other.y:1
func f() {
	silent() //nolint:cancelleak
//line other.y:1
	loud()
	//nolint:cancelleak
	silent()
}`,
}

func TestSilence(t *testing.T) {
	for name, src := range sources {
		t.Run(name, func(t *testing.T) {
			x, fset, files := index(t, src)
			found := false
			for _, f := range files {
				ast.Inspect(f, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					id, ok := call.Fun.(*ast.Ident)
					if !ok || id.Name != "silent" && id.Name != "loud" {
						return true
					}
					found = true
					got := x.Silence("cancelleak", analysis.Diagnostic{Pos: call.Pos(), Category: "path"})
					if got != (id.Name == "silent") {
						t.Errorf("%v: Silence of %s() = %t", fset.PositionFor(call.Pos(), false), id.Name, got)
					}
					return true
				})
			}
			if !found {
				t.Error("no finding in the source")
			}
		})
	}
}

func TestSilenceOtherFile(t *testing.T) {
	x, _, files := index(t, "package p\n//lint:file-ignore ctxlint/cancelleak why\n", "package p\nvar x int\n")
	if !x.Silence("cancelleak", analysis.Diagnostic{Pos: files[0].Package}) {
		t.Error("its own file is not silenced")
	}
	if x.Silence("cancelleak", analysis.Diagnostic{Pos: files[1].Package}) {
		t.Error("the other file is silenced")
	}
	if x.Silence("cancelleak", analysis.Diagnostic{}) {
		t.Error("no position is silenced")
	}
}

func TestSilenced(t *testing.T) {
	x, _, files := index(t, "package p\nvar a int //nolint:cancelleak // first\nvar b int //nolint:ctxlint // second\nvar c int\n")
	finding := func(i int) analysis.Diagnostic {
		return analysis.Diagnostic{Pos: files[0].Decls[i].Pos(), Message: fmt.Sprint(i)}
	}
	for i, want := range []bool{true, true, false} {
		if got := x.Silence("cancelleak", finding(i)); got != want {
			t.Errorf("Silence of declaration %d = %t", i, got)
		}
	}
	if x.Silence("ctxreset", finding(0)) {
		t.Error("another analyzer's finding is silenced")
	}
	if !x.Silence("ctxreset", finding(1)) {
		t.Error("the suite's finding is not silenced")
	}
	var got []string
	for _, s := range x.Silenced() {
		got = append(got, s.Analyzer+" "+s.Diagnostic.Message+" "+s.By.Reason)
	}
	want := []string{"cancelleak 0 first", "cancelleak 1 second", "ctxreset 1 second"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Silenced() (-want +got):\n%s", diff)
	}
}

func TestUnused(t *testing.T) {
	x, _, files := index(t, `package p
var a int //nolint:cancelleak // used
var b int //nolint:cancelleak // unused
var c int //nolint:ctxlint // unused
var d int //nolint // for others
var e int //nolint:govet // for others
var f int //nolint:ctxreset // did not run
var g int //lint:ignore ctxlint/cancelleak
var h int //nolint:cancelleak,ctxlint // used as well
var i int //nolint:all // for others
`)
	for _, i := range []int{0, 7} {
		if !x.Silence("cancelleak", analysis.Diagnostic{Pos: files[0].Decls[i].Pos()}) {
			t.Errorf("declaration %d is not silenced", i)
		}
	}
	texts := func(ds []*suppress.Directive) (texts []string) {
		for _, d := range ds {
			texts = append(texts, d.Text)
		}
		return texts
	}
	want := []string{"//nolint:cancelleak // unused", "//nolint:ctxlint // unused", "//lint:ignore ctxlint/cancelleak"}
	if diff := cmp.Diff(want, texts(x.Unused([]string{"cancelleak"}))); diff != "" {
		t.Errorf("Unused(cancelleak) (-want +got):\n%s", diff)
	}
	want = []string{"//nolint:ctxlint // unused"}
	if diff := cmp.Diff(want, texts(x.Unused(nil))); diff != "" {
		t.Errorf("Unused() (-want +got):\n%s", diff)
	}
}

// Comments without "ctxlint" are listed if all that they name ran.
func TestUnusedNames(t *testing.T) {
	x, _, _ := index(t, `package p
var a int //nolint:cancelleak/loop // unused
var b int //lint:ignore cancelleak/loop unused
var c int //lint:ignore cancelleak unused
var d int //lint:ignore cancelleak/loop
var e int //lint:ignore cancelleak,SA1000 for others, too
var f int //lint:ignore ctxreset did not run
var g int //lint:ignore SA1000
`)
	var got []string
	for _, d := range x.Unused([]string{"cancelleak"}) {
		got = append(got, fmt.Sprint(d.Text, " ", d.Problem != ""))
	}
	want := []string{
		"//nolint:cancelleak/loop // unused false", "//lint:ignore cancelleak/loop unused false",
		"//lint:ignore cancelleak unused false", "//lint:ignore cancelleak/loop true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Unused() (-want +got):\n%s", diff)
	}
}

// What was meant for ctxlint, and names nothing, has a problem. What is for others has none.
func TestMisspelt(t *testing.T) {
	known := suppress.Checks{"cancelleak": {"path", "loop"}, "ctxreset": {"chain", "path"}, "missingctx": {"path"}, "linters": nil, "SA1029": nil}
	for comment, want := range map[string]string{
		"//nolint":                                   "",
		"//nolint:cancelleak":                        "",
		"//nolint:CancelLeak/Path":                   "",
		"//nolint:ctxlint/cancelleak/path":           "",
		"//nolint:errcheck,govet,ctxcheck":           "",
		"//nolint:cancel/path":                       "",
		"//nolint:path":                              "",
		"//nolint:sa1029,ctxlint/SA1029,linters":     "",
		"//nolint:linters/SA1029":                    "",
		"//lint:ignore SA9999,S1*,ctxlint/* why":     "",
		"//lint:ignore cancelleak/path why":          "",
		"// #nosec G118":                             "",
		"//nolint:canceleak // typo":                 "did you mean cancelleak?",
		"//nolint:cancelleka":                        "did you mean cancelleak?",
		"//nolint:errcheck,canceleak":                "did you mean cancelleak?",
		"//nolint:cancelleak,ctxrest":                "did you mean ctxreset?",
		"//nolint:canceleak/path":                    "did you mean cancelleak/path?",
		"//nolint:cancelleak/pth":                    "did you mean cancelleak/path?",
		"//nolint:cancelleak:path":                   "did you mean cancelleak/path?",
		"//nolint:cancelleak-everywhere-and-always":  "did you mean cancelleak?",
		"//nolint:cancelleak/discarded":              "the categories of cancelleak are path, loop",
		"//nolint:ctxlnt":                            "did you mean ctxlint?",
		"//nolint:ctxlint-all":                       "did you mean ctxlint?",
		"//nolint:ctxlint/chain":                     "did you mean ctxreset/chain?",
		"//nolint:ctxlint/path":                      "did you mean cancelleak/path, ctxreset/path or missingctx/path?",
		"//nolint:ctxlint/errcheck":                  "the analyzers are cancelleak, ctxreset, missingctx",
		"//nolint:ctxlint/":                          "did you mean ctxlint?",
		"//lint:ignore ctxlint/nothing why":          "the analyzers are cancelleak, ctxreset, missingctx",
		"//lint:ignore ctxlint/cancelleak/loops why": "did you mean cancelleak/loop?",
		"//lint:ignore SA1000,cancelleak/loops why":  "did you mean cancelleak/loop?",
		"//lint:ignore ctxreste/chain why":           "did you mean ctxreset/chain?",
	} {
		x, _, _ := index(t, "package p\nvar a int "+comment+"\n")
		var got []string
		for _, d := range x.Misspelt(known) {
			if d.Text != strings.TrimSpace(comment) || !d.Pos.IsValid() {
				t.Errorf("%s: text %q at %d", comment, d.Text, d.Pos)
			}
			got = append(got, d.Problem)
		}
		if want == "" && got != nil || want != "" && (len(got) != 1 || !strings.HasSuffix(got[0], "is no check of ctxlint and silences nothing; "+want)) {
			t.Errorf("%s: %q, want %q", comment, got, want)
		}
	}
}

// Two comments that cover the same finding are both used.
func TestOverlapping(t *testing.T) {
	x, _, files := index(t, `package p
//nolint:cancelleak // outer
func f() {
	g() //nolint:cancelleak // inner
}
`)
	body := files[0].Decls[0].(*ast.FuncDecl).Body
	if !x.Silence("cancelleak", analysis.Diagnostic{Pos: body.List[0].Pos()}) {
		t.Fatal("not silenced")
	}
	if unused := x.Unused([]string{"cancelleak"}); len(unused) != 0 {
		t.Errorf("Unused() = %v, want none", unused[0].Text)
	}
	if s := x.Silenced(); len(s) != 1 || s[0].By.Reason != "outer" {
		t.Errorf("Silenced() = %+v, want the finding once, by the first comment", s)
	}
}

// A directive about detached work silences only the analyzer that reports such
// work, and answers even where there is no finding yet.
func TestDetached(t *testing.T) {
	x, _, files := index(t, `package p
var a int //ctxlint:detached first
var b int //ctxlint:detached second
var c int //ctxlint:detached third
var d int //ctxlint:detached
var e int //nolint:ctxreset // no answer to anybody
//ctxlint:detached sixth
func f() {
	g()
}
`, `//ctxlint:detached the whole file
package p
var a int
`)
	pos := func(i int) token.Pos { return files[0].Decls[i].Pos() }
	if !x.Silence("ctxreset", analysis.Diagnostic{Pos: pos(0)}) {
		t.Error("ctxreset is not silenced")
	}
	for _, other := range []string{"cancelleak", "goroutineleak", "selectdefault"} {
		if x.Silence(other, analysis.Diagnostic{Pos: pos(2)}) {
			t.Errorf("%s is silenced", other)
		}
	}
	body := files[0].Decls[5].(*ast.FuncDecl).Body.List[0].Pos()
	for _, test := range []struct {
		name string
		pos  token.Pos
		want bool
	}{
		{"a place beside it", pos(1), true},
		{"a place without a reason", pos(3), false},
		{"another suppression", pos(4), false},
		{"a place in the declaration", body, true},
		{"a file", files[1].Decls[0].Pos(), false},
	} {
		if got := x.Detaches(test.pos); got != test.want {
			t.Errorf("Detaches of %s = %t", test.name, got)
		}
	}
	var unused []string
	for _, d := range x.Unused([]string{"ctxreset"}) {
		unused = append(unused, fmt.Sprint(d.Text, " ", d.Problem != ""))
	}
	want := []string{
		"//ctxlint:detached third false", "//ctxlint:detached true",
		"//nolint:ctxreset // no answer to anybody false", "//ctxlint:detached the whole file true",
	}
	if diff := cmp.Diff(want, unused); diff != "" {
		t.Errorf("Unused() (-want +got):\n%s", diff)
	}
	if s := x.Silenced(); len(s) != 1 || s[0].By.Reason != "first" {
		t.Errorf("Silenced() = %+v, want the one finding", s)
	}
}

func TestNote(t *testing.T) {
	x, _, files := index(t, "package p\nvar a int\n")
	d := analysis.Diagnostic{Pos: files[0].Decls[0].Pos(), Category: "direct", Message: "m"}
	other := d
	other.Message = "n"
	want := suppress.Note{Explained: true, Confidence: catalog.Medium}
	if n := x.Note("ctxreset", d); n != (suppress.Note{}) {
		t.Errorf("Note = %+v before there is one", n)
	}
	x.Annotate("ctxreset", d, want)
	if n := x.Note("ctxreset", d); n != want {
		t.Errorf("Note = %+v, want %+v", n, want)
	}
	if a, b := x.Note("cancelleak", d), x.Note("ctxreset", other); a != (suppress.Note{}) || b != a {
		t.Errorf("Note = %+v of another analyzer, %+v of another finding", a, b)
	}
}

func TestConcurrentUse(t *testing.T) {
	x, _, files := index(t, "package p\nvar a int //nolint:cancelleak\nvar b int\n")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, want := range []bool{true, false} {
				if got := x.Silence("cancelleak", analysis.Diagnostic{Pos: files[0].Decls[i].Pos()}); got != want {
					t.Errorf("Silence of declaration %d = %t", i, got)
				}
			}
			x.Unused([]string{"cancelleak"})
			x.Silenced()
		})
	}
	wg.Wait()
	if n := len(x.Silenced()); n != 8 {
		t.Errorf("%d silenced findings, want 8", n)
	}
}

// FuzzIndex checks that any text that parses at all can be indexed.
func FuzzIndex(f *testing.F) {
	for _, src := range sources {
		f.Add(src)
	}
	f.Add("package p; //nolint\x00")
	f.Add("//nolint\npackage")
	f.Fuzz(func(t *testing.T, src string) {
		fset := token.NewFileSet()
		file, _ := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if file == nil {
			return
		}
		x := suppress.NewIndex(fset, []*ast.File{file})
		tf := fset.File(file.FileStart)
		for _, pos := range []token.Pos{file.FileStart, file.Package, token.Pos(tf.Base() + tf.Size())} {
			x.Silence("cancelleak", analysis.Diagnostic{Pos: pos})
		}
		misspelt := x.Misspelt(suppress.Checks{"cancelleak": {"path"}})
		for _, d := range append(x.Unused([]string{"cancelleak"}), misspelt...) {
			if d.Pos < file.FileStart || !strings.HasPrefix(d.Text, "//") {
				t.Errorf("directive %q at %d", d.Text, d.Pos)
			}
		}
	})
}

// index parses the sources as files of one package, as far as they parse.
func index(t *testing.T, sources ...string) (*suppress.Index, *token.FileSet, []*ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for i, src := range sources {
		f, err := parser.ParseFile(fset, fmt.Sprintf("%d.go", i), src, parser.ParseComments|parser.SkipObjectResolution)
		if f == nil || err != nil && !strings.Contains(err.Error(), "imports must appear before other declarations") {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return suppress.NewIndex(fset, slices.Clip(files)), fset, files
}
