package vettool

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

// A named is a fact for tests.
type named struct{ Name string }

func (*named) AFact() {}

// A flagged is a fact of another type. Like many facts it has no content.
type flagged struct{}

func (*flagged) AFact() {}

func init() {
	registerFacts([]*analysis.Analyzer{{FactTypes: []analysis.Fact{new(named), new(flagged)}}})
}

// A world is a set of packages, analysed in order.
type world struct {
	t     *testing.T
	dir   string
	types map[string]*types.Package
	vetx  map[string]string // files
}

func newWorld(t *testing.T) *world {
	return &world{t, t.TempDir(), make(map[string]*types.Package), make(map[string]string)}
}

func (w *world) Import(path string) (*types.Package, error) {
	if pkg := w.types[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}

// open type-checks a package and returns the facts that its imports give it.
func (w *world) open(path, src string) *factSet {
	w.t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path+".go", src, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	tc := types.Config{Importer: w}
	pkg, err := tc.Check(path, fset, []*ast.File{f}, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	cfg := config{new(unit.Config)}
	cfg.PackageVetx = make(map[string]string)
	for _, imp := range pkg.Imports() {
		cfg.PackageVetx[imp.Path()] = w.vetx[imp.Path()]
	}
	in, err := cfg.ReadImports()
	if err != nil {
		w.t.Fatal(err)
	}
	w.types[path] = pkg
	return newFactSet(pkg, w.types, in)
}

// close writes the package's fact file and returns its content.
func (w *world) close(s *factSet) []byte {
	w.t.Helper()
	x, err := s.encode()
	err = cmp.Or(err, s.err())
	if err != nil {
		w.t.Fatal(err)
	}
	name := filepath.Join(w.dir, s.pkg.Path()+".vetx")
	if err := os.WriteFile(name, x.Encode(), 0o666); err != nil {
		w.t.Fatal(err)
	}
	w.vetx[s.pkg.Path()] = name
	return x.Encode()
}

// find returns the object in the package with a dotted name: F, T, T.Method or
// T.field.
func (w *world) find(path, name string) types.Object {
	w.t.Helper()
	first, rest, dotted := strings.Cut(name, ".")
	obj := w.types[path].Scope().Lookup(first)
	if obj != nil && dotted {
		obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, w.types[path], rest)
	}
	if obj == nil {
		w.t.Fatalf("no %s in %s", name, path)
	}
	return obj
}

// known returns those of the names in the package that s has a named fact
// about.
func (w *world) known(s *factSet, path string, names ...string) []string {
	w.t.Helper()
	var out []string
	for _, name := range names {
		var f named
		if s.importObject(w.find(path, name), &f) {
			if f.Name != name {
				w.t.Errorf("fact about %s says %q", name, f.Name)
			}
			out = append(out, name)
		}
	}
	var f named
	if s.importPackage(w.types[path], &f) {
		out = append(out, "package "+f.Name)
	}
	return out
}

const lowSrc = `package low
func F() {}
func hidden() {}
var V int
type T struct { Field int; inner struct { Deep int } }
func (*T) Method() {}
func (*T) method() {}
type Iface interface { Call() }
type local struct{ Field int }
func Local() local { return local{} }
`

var lowNames = []string{"F", "V", "T", "T.Field", "T.Method", "Iface.Call", "local", "local.Field"}

// tagLow exports facts about all the objects of low and about low itself.
func (w *world) tagLow() []byte {
	s := w.open("low", lowSrc)
	for _, name := range append([]string{"hidden"}, lowNames...) {
		s.exportObject(w.find("low", name), &named{name})
	}
	s.exportPackage(&named{"low"})
	return w.close(s)
}

func TestFactsTravel(t *testing.T) {
	w := newWorld(t)
	w.tagLow()
	all := append(slices.Clone(lowNames), "package low")
	travelling := []string{"T", "T.Field", "T.Method", "Iface.Call", "local", "local.Field"}

	mid := w.open("mid", "package mid; import \"low\"; func Get() *low.T { return nil }; type Pair struct { A, B low.Iface }")
	if diff := gocmp.Diff(all, w.known(mid, "low", lowNames...)); diff != "" {
		t.Errorf("facts that a direct importer knows (-want +got):\n%s", diff)
	}
	if mid.importObject(w.find("low", "F"), new(flagged)) {
		t.Error("a fact of another type")
	}
	w.close(mid)

	top := w.open("top", "package top; import \"mid\"; var X = mid.Get()")
	if diff := gocmp.Diff(travelling, w.known(top, "low", lowNames...)); diff != "" {
		t.Errorf("facts that an indirect importer knows (-want +got):\n%s", diff)
	}
	w.close(top)

	// Diamond: what arrives directly is not replaced by what arrives by another
	// path.
	for range 10 {
		both := w.open("both", "package both; import \"top\"; import \"low\"; import \"mid\"; var _, _, _ = top.X, low.V, mid.Get")
		if diff := gocmp.Diff(all, w.known(both, "low", lowNames...)); diff != "" {
			t.Errorf("facts that arrive twice (-want +got):\n%s", diff)
		}
	}
}

func TestFactsOfUnit(t *testing.T) {
	w := newWorld(t)
	w.tagLow()
	s := w.open("top", "package top; import \"low\"; func F() { low.F() }; func hidden() {}")
	hidden := w.find("top", "hidden")
	if s.importObject(hidden, new(named)) {
		t.Error("fact before it was exported")
	}
	s.exportObject(hidden, &named{"once"})
	s.exportObject(hidden, &named{"hidden"})
	s.exportObject(w.find("top", "F"), new(flagged))
	if got := w.known(s, "top", "F", "hidden"); !slices.Equal(got, []string{"hidden"}) {
		t.Errorf("own facts: %q", got)
	}

	count := make(map[string]int)
	for _, f := range s.objectFacts([]analysis.Fact{new(named), new(flagged)}) {
		count[f.Object.Pkg().Path()+" "+reflect.TypeOf(f.Fact).String()]++
	}
	for _, f := range s.packageFacts([]analysis.Fact{new(named)}) {
		count["package "+f.Package.Path()]++
	}
	want := map[string]int{"low *vettool.named": len(lowNames), "top *vettool.named": 1, "top *vettool.flagged": 1, "package low": 1}
	if diff := gocmp.Diff(want, count); diff != "" {
		t.Errorf("all facts (-want +got):\n%s", diff)
	}
	if got := s.objectFacts([]analysis.Fact{new(flagged)}); len(got) != 1 {
		t.Errorf("flagged facts: %v", got)
	}

	for what, f := range map[string]func(){
		"export about another package's object": func() { s.exportObject(w.find("low", "F"), new(named)) },
		"import about no object":                func() { s.importObject(nil, new(named)) },
		"import about no package":               func() { s.importPackage(nil, new(named)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s does not panic", what)
				}
			}()
			f()
		}()
	}
	if s.importObject(types.Universe.Lookup("error"), new(named)) {
		t.Error("fact about the type error")
	}
}

func TestSubjects(t *testing.T) {
	w := newWorld(t)
	for _, test := range []struct{ name, local, travel string }{
		{"F", "F", ""},
		{"V", "V", ""},
		{"T.Method", "", "Method"},
		{"T.method", "", ""},
		{"Iface.Call", "", "Call"},
		{"T", "", "*"},
		{"T.Field", "", "*"},
		{"local", "", "*"},
		{"", "*", ""}, // the package
	} {
		s := w.open("low", lowSrc)
		if test.name == "" {
			s.exportPackage(&named{"low"})
		} else {
			s.exportObject(w.find("low", test.name), &named{test.name})
		}
		x, err := s.encode()
		if err != nil || len(x.Sections) != 1 {
			t.Fatalf("%s: %v, %v", test.name, x, err)
		}
		if got := x.Sections[0]; got.Local.Subjects != test.local || got.Travel.Subjects != test.travel {
			t.Errorf("%s: subjects %q and %q, want %q and %q", test.name, got.Local.Subjects, got.Travel.Subjects, test.local, test.travel)
		}
	}
}

func TestFactsEmpty(t *testing.T) {
	w := newWorld(t)
	if data := w.close(w.open("none", "package none; func F() {}")); len(data) != 0 {
		t.Errorf("%d bytes for no facts", len(data))
	}
	s := w.open("hidden", "package hidden; import \"none\"; func f() { none.F() }")
	s.exportObject(w.find("hidden", "f"), new(flagged))
	if data := w.close(s); len(data) != 0 {
		t.Errorf("%d bytes for facts that nobody can ask for", len(data))
	}
}

func TestFactsDeterministic(t *testing.T) {
	want := newWorld(t).tagLow()
	for range 20 {
		if got := newWorld(t).tagLow(); !bytes.Equal(got, want) {
			t.Fatalf("same facts, other bytes:\n%q\n%q", want, got)
		}
	}
}

func TestFactsConcurrent(t *testing.T) {
	w := newWorld(t)
	w.tagLow()
	s := w.open("top", "package top; import \"low\"; func F() { low.F() }")
	f, own := w.find("low", "F"), w.find("top", "F")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s.importObject(f, new(named))
			s.exportObject(own, new(flagged))
			s.objectFacts([]analysis.Fact{new(named)})
			s.importPackage(f.Pkg(), new(named))
		})
	}
	wg.Wait()
	if !s.importObject(f, new(named)) || !s.importObject(own, new(flagged)) {
		t.Error("a fact is lost")
	}
}

func TestFactsCorrupt(t *testing.T) {
	w := newWorld(t)
	w.tagLow()
	x := &unit.FactFile{Sections: []unit.Section{{Path: "low", Local: unit.Part{Subjects: "F", Facts: []byte("no gob")}}}}
	if err := os.WriteFile(w.vetx["low"], x.Encode(), 0o666); err != nil {
		t.Fatal(err)
	}
	s := w.open("top", "package top; import \"low\"; func F() { low.F() }")
	if s.importObject(w.find("low", "F"), new(named)) {
		t.Error("fact from nonsense")
	}
	if err := s.err(); err == nil || !strings.Contains(err.Error(), "facts of low: ") {
		t.Errorf("error %v", err)
	}
}

// unencodable is a fact that gob cannot encode.
type unencodable struct{ C chan int }

func (*unencodable) AFact() {}

func TestFactsUnencodable(t *testing.T) {
	w := newWorld(t)
	s := w.open("p", "package p; func F() {}")
	s.exportObject(w.find("p", "F"), new(unencodable))
	if _, err := s.encode(); err == nil {
		t.Error("no error for a fact that gob cannot encode")
	}
}

func FuzzDecodeFacts(f *testing.F) {
	data, err := encodeFacts([]namedFact{{"F", &named{"x"}}, {"", &flagged{}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		facts, err := decodeFacts(data)
		if err != nil {
			return
		}
		if _, err := encodeFacts(facts); err != nil {
			t.Errorf("facts that were decoded cannot be encoded: %v", err)
		}
	})
}
