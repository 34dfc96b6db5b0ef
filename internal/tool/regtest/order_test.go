package regtest_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/driver/vettool"
)

// TestOrder checks that nothing depends on the order of declarations in a file,
// of files in a package, or of packages.
func TestOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		graph := m.analyze(t)
		want := identities(graph, m.pkgs, readFile(t))
		if len(want) < m.atLeast {
			t.Errorf("%d findings are too few to compare", len(want))
		}
		for _, o := range m.orders {
			if o.changed < len(m.pkgs)/2 {
				t.Errorf("%s: only %d packages have another order", o.name, o.changed)
			}
			got := identities(graph, slices.Collect(maps.Values(o.copies)), o.text)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-as written +in this order):\n%s", o.name, diff)
			}
		}
	})
}

// identities returns what is found in the packages, without positions: check,
// function, code, and message with related messages.
func identities(graph *checker.Graph, pkgs []*packages.Package, text func(*packages.Package, string) string) []string {
	in := make(map[*packages.Package]bool)
	for _, p := range pkgs {
		in[p] = true
	}
	var all []string
	for _, act := range graph.Roots {
		if in[act.Package] {
			for _, d := range act.Diagnostics {
				all = append(all, identity(act, d, text))
			}
		}
	}
	slices.Sort(all)
	return all
}

var positions = regexp.MustCompile(`(:\d+)+\b|\bline \d+`)

func identity(act *checker.Action, d analysis.Diagnostic, text func(*packages.Package, string) string) string {
	p := act.Package
	posn := p.Fset.PositionFor(d.Pos, false)
	code := strings.Split(text(p, posn.Filename), "\n")[posn.Line-1]
	id := fmt.Sprintf("%s %s: %s/%s: %s: %s", p.ID, enclosing(p, d.Pos), act.Analyzer.Name, d.Category, strings.TrimSpace(code), d.Message)
	var steps []string
	for _, r := range d.Related {
		steps = append(steps, r.Message)
	}
	return positions.ReplaceAllString(id+" "+fmt.Sprintf("%q", steps), ":0")
}

// enclosing names the function or variable in whose declaration the position is.
func enclosing(p *packages.Package, pos token.Pos) string {
	for _, f := range p.Syntax {
		for _, d := range f.Decls {
			if d.Pos() <= pos && pos < d.End() {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Recv != nil {
						return types.ExprString(d.Recv.List[0].Type) + "." + d.Name.Name
					}
					return d.Name.Name
				case *ast.GenDecl:
					return d.Tok.String()
				}
			}
		}
	}
	return "-"
}

// readFile returns the text of files as they are.
func readFile(t *testing.T) func(*packages.Package, string) string {
	return func(_ *packages.Package, name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
}

// An order rearranges the contents of a module.
type order struct {
	name    string
	module  *fixtureModule
	arrange func(n int, swap func(i, j int))

	copies  map[*packages.Package]*packages.Package // by original
	texts   map[*packages.Package]map[string]string // of files, by copy
	changed int                                     // how many packages differ from the original
}

func newOrder(m *fixtureModule, name string, arrange func(int, func(i, j int))) *order {
	return &order{
		name: name, module: m, arrange: arrange,
		copies: make(map[*packages.Package]*packages.Package),
		texts:  make(map[*packages.Package]map[string]string),
	}
}

func backwards(m *fixtureModule) *order {
	return newOrder(m, "backwards", func(n int, swap func(i, j int)) {
		for i := range n / 2 {
			swap(i, n-1-i)
		}
	})
}

func shuffled(m *fixtureModule, seed uint64) *order {
	return newOrder(m, fmt.Sprintf("shuffled with seed %d", seed), rand.New(rand.NewPCG(seed, seed)).Shuffle)
}

// text returns the text of a file of a copy.
func (o *order) text(p *packages.Package, name string) string {
	return o.texts[p][name]
}

// permute returns copies of the packages in this order.
func (o *order) permute(t *testing.T, pkgs []*packages.Package) []*packages.Package {
	t.Helper()
	var copies []*packages.Package
	for _, p := range pkgs {
		copies = append(copies, o.copy(t, p))
	}
	// Others, which only tests import, are copied, but do not belong to the
	// module.
	maps.DeleteFunc(o.copies, func(_, p *packages.Package) bool { return !slices.Contains(copies, p) })
	o.arrange(len(copies), func(i, j int) { copies[i], copies[j] = copies[j], copies[i] })
	return copies
}

// copy returns the copy of a package of the module, with permuted files and
// with copies of what it imports from the module. Packages that cgo translates
// stay as they are.
func (o *order) copy(t *testing.T, p *packages.Package) *packages.Package {
	t.Helper()
	if p.Module == nil || !p.Module.Main {
		return p
	}
	if c := o.copies[p]; c != nil {
		return c
	}
	c := *p
	c.Imports = make(map[string]*packages.Package)
	for path, imported := range p.Imports {
		c.Imports[path] = o.copy(t, imported)
	}
	o.texts[&c] = make(map[string]string)
	o.copies[p] = &c
	c.Syntax = nil
	translated := p.Imports["C"] != nil || len(p.CompiledGoFiles) != len(p.GoFiles) || !slices.Equal(p.CompiledGoFiles, p.GoFiles)
	changed := false
	for _, name := range p.CompiledGoFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if !translated {
			text = o.file(t, text)
		}
		o.texts[&c][name] = text
		changed = changed || text != string(data)
	}
	if changed {
		o.changed++
	}
	names := slices.Clone(p.CompiledGoFiles)
	if !translated {
		o.arrange(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	}
	for _, name := range names {
		f, err := parser.ParseFile(p.Fset, name, o.texts[&c][name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("%s: %v", o.name, err)
		}
		c.Syntax = append(c.Syntax, f)
	}
	c.TypesInfo = vettool.NewInfo()
	conf := types.Config{Importer: importsOf(c.Imports), Sizes: p.TypesSizes, GoVersion: "go" + p.Module.GoVersion}
	if translated {
		conf.FakeImportC = true
	}
	var err error
	if c.Types, err = conf.Check(p.PkgPath, p.Fset, c.Syntax, c.TypesInfo); err != nil {
		t.Fatalf("%s in %s: %v", o.name, p.ID, err)
	}
	return &c
}

// file permutes the declarations of a file below its imports. Comments stay
// with the declaration that they precede, or whose last line they are on.
func (o *order) file(t *testing.T, text string) string {
	t.Helper()
	if strings.Contains(text, "\n//line ") || strings.Contains(text, "\n/*line ") {
		return text
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	// lineEnd returns the offset of the line after the position.
	lineEnd := func(pos token.Pos) int {
		offset := fset.Position(pos).Offset
		if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
			return offset + i + 1
		}
		return len(text)
	}
	at := lineEnd(f.Name.End())
	header := text[:at]
	var chunks []string
	for _, d := range f.Decls {
		end := lineEnd(d.End())
		if end <= at {
			continue // on one line with another
		}
		part := text[at:end]
		at = end
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			header += part
		} else {
			chunks = append(chunks, strings.TrimSuffix(part, "\n")+"\n")
		}
	}
	o.arrange(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
	return header + strings.Join(chunks, "") + text[at:]
}

// importsOf imports what packages import.
type importsOf map[string]*packages.Package

func (i importsOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i[path]; p != nil {
		return p.Types, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}

func TestOrderOfFile(t *testing.T) {
	const text = `// Package p is a package.
package p

import "fmt"

import (
	"os" // exits
)

// F says it.
func F() { fmt.Println() } // want "a: b"

// Silent.

// N is a number.
const N = 1; const M = 2
var x = func() {
	os.Exit(1)
}

// The end.
`
	const want = `// Package p is a package.
package p

import "fmt"

import (
	"os" // exits
)
var x = func() {
	os.Exit(1)
}

// Silent.

// N is a number.
const N = 1; const M = 2

// F says it.
func F() { fmt.Println() } // want "a: b"

// The end.
`
	if diff := cmp.Diff(want, backwards(nil).file(t, text)); diff != "" {
		t.Errorf("reversed (-want +got):\n%s", diff)
	}
}
