package regtest_test

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

var (
	mutants = flag.Int("mutants", 10, "make `n` mutants of each package of the fixtures")
	seed    = flag.Uint64("seed", 1, "of the mutants")
)

// TestMutants changes the fixtures at random, in ways that often leave them
// valid. It checks that each analyzer copes with everything that the type
// checker accepts, and that each fix compiles and removes its finding.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses hundreds of mutants")
	}
	eachModule(t, testMutants)
}

func testMutants(t *testing.T, m *fixtureModule) {
	u := newUniverse(t, m)
	valid, fixes, made := 0, 0, 0
	for _, p := range m.load(t) {
		if p.Imports["C"] != nil || p.Imports["unsafe"] != nil || len(p.CompiledGoFiles) != len(p.GoFiles) {
			continue // the files are made by cgo
		}
		src := readSource(t, p)
		for i := range *mutants {
			made++
			m := &mutator{rand: rand.New(rand.NewPCG(*seed, uint64(i)))}
			mutant := m.mutate(src)
			c, err := u.check(p.PkgPath, mutant)
			if err != nil {
				continue
			}
			valid++
			n, err := tryMutant(u, c, mutant)
			if err != nil {
				t.Errorf("%s, mutant %d: %v\nchanges: %s\nfile: %s", p.ID, i, err, strings.Join(m.changes, ", "), m.keep(t))
			}
			fixes += n
		}
	}
	t.Logf("%d of %d mutants are valid; %d fixes applied", valid, made, fixes)
	if valid < made/5 || fixes < made/10 {
		t.Errorf("too few to mean anything: of %d mutants %d are valid, with %d fixes", made, valid, fixes)
	}
}

func readSource(t *testing.T, p *packages.Package) source {
	t.Helper()
	src := make(source)
	for _, name := range p.GoFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src[name] = string(data)
	}
	return src
}

// tryMutant analyses a valid mutant and applies each fix. The error says what
// went wrong.
func tryMutant(u universe, c *checked, src source) (fixes int, err error) {
	diagnostics, err := c.analyze()
	if err != nil {
		return 0, err
	}
	for _, d := range diagnostics {
		if d.Category == diag.Internal {
			return fixes, errors.New(d.Message)
		}
		for _, fix := range d.SuggestedFixes {
			if err := tryFix(u, c, src, d, fix, ofKind(diagnostics, d)); err != nil {
				return fixes, fmt.Errorf("%v: %s: fix %q: %w", c.pkg.Fset.Position(d.Pos), d.Message, fix.Message, err)
			}
			fixes++
		}
	}
	return fixes, nil
}

// tryFix checks that the package still compiles after the fix, and has fewer findings of
// the category; what it writes may be what another analyzer looks at.
func tryFix(u universe, c *checked, src source, d analysis.Diagnostic, fix analysis.SuggestedFix, findings int) error {
	fixed := maps.Clone(src)
	edits := slices.SortedFunc(slices.Values(fix.TextEdits), func(a, b analysis.TextEdit) int { return int(b.Pos - a.Pos) })
	for _, e := range edits {
		f := c.pkg.Fset.File(e.Pos)
		text := fixed[f.Name()]
		fixed[f.Name()] = text[:f.Offset(e.Pos)] + string(e.NewText) + text[f.Offset(e.End):]
	}
	after, err := u.check(c.pkg.PkgPath, fixed)
	if err != nil {
		return err
	}
	if len(after.soft) > len(c.soft) {
		return fmt.Errorf("makes new errors: %v", after.soft)
	}
	left, err := after.analyze()
	if err != nil {
		return err
	}
	if n := ofKind(left, d); n >= findings {
		return fmt.Errorf("the fix mends nothing: %d findings of the category before, %d after", findings, n)
	}
	return nil
}

// ofKind returns how many diagnostics are of the category of d.
func ofKind(diagnostics []analysis.Diagnostic, d analysis.Diagnostic) (n int) {
	for _, other := range diagnostics {
		if other.Category == d.Category {
			n++
		}
	}
	return n
}

// A mutator changes a package at random.
type mutator struct {
	rand    *rand.Rand
	changes []string
	text    string // of the file that was changed
}

// keep writes the file that was changed to the test's artifacts ("go test
// -artifacts" keeps them) and returns its name.
func (m *mutator) keep(t *testing.T) string {
	t.Helper()
	f, err := os.CreateTemp(t.ArtifactDir(), "mutant*.go")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(m.text); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// mutate returns a changed copy of src.
func (m *mutator) mutate(src source) source {
	mutant := maps.Clone(src)
	names := slices.Sorted(maps.Keys(src))
	name := names[m.rand.IntN(len(names))]
	m.text = mutant[name]
	for range 1 + m.rand.IntN(4) {
		m.text = m.change(m.text)
	}
	mutant[name] = m.text
	return mutant
}

// change makes one change to the text of a file, unless an earlier one has
// broken it.
func (m *mutator) change(text string) string {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return text
	}
	var stmts []ast.Stmt
	add := func(list []ast.Stmt) {
		for _, s := range list {
			switch s.(type) {
			case *ast.CaseClause, *ast.CommClause, *ast.EmptyStmt:
			default:
				stmts = append(stmts, s)
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			add(n.List)
		case *ast.CaseClause:
			add(n.Body)
		case *ast.CommClause:
			add(n.Body)
		}
		return true
	})
	if len(stmts) == 0 {
		return text
	}
	s := stmts[m.rand.IntN(len(stmts))]
	c := changes[m.rand.IntN(len(changes))]
	m.changes = append(m.changes, fmt.Sprintf("%s at %v", c.name, fset.Position(s.Pos())))
	offset := func(pos token.Pos) int { return fset.Position(pos).Offset }
	part := func(n ast.Node) string { return text[offset(n.Pos()):offset(n.End())] }
	return text[:offset(s.Pos())] + c.apply(s, part) + text[offset(s.End()):]
}

// changes turn a statement into the text of others; part returns the text of a
// part of it.
var changes = []struct {
	name  string
	apply func(s ast.Stmt, part func(ast.Node) string) string
}{
	{"delete", around("")},
	{"repeat", around("HERE; HERE")},
	{"return before", around("if recover() != nil { return }; HERE")},
	{"panic before", around("if recover() != nil { panic(0) }; HERE")},
	{"panic after", around("HERE; panic(0)")},
	{"if", around("if recover() != nil { HERE }")},
	{"else", around("if recover() != nil { println() } else { HERE }")},
	{"loop", around("for range 2 { HERE }")},
	{"endless loop", around("for { HERE }")},
	{"turns", around("for { HERE; if recover() != nil { break }; continue }")},
	{"range over func", around("for range func(yield func(int) bool) { _ = yield(1) && yield(2) } { HERE }")},
	{"switch", around("switch recover().(type) { case nil: HERE; case int: println(); default: HERE }")},
	{"select", around("select { case <-make(chan int): HERE; default: }")},
	{"literal", around("func() { HERE }()")},
	{"deferred literal", around("defer func() { HERE }()")},
	{"started literal", around("go func() { HERE }()")},
	{"unused literal", around("_ = func() { HERE }")},
	{"goto", around("{ again: HERE; if recover() != nil { goto again } }")},
	{"labels", around("outer: for { for { HERE; if recover() != nil { continue outer }; break outer } }")},
	{"negate", negate},
	{"undefer", undefer},
	{"forget", forget},
	{"shadow", shadow},
}

// around puts a statement in place of each HERE of a template.
func around(template string) func(ast.Stmt, func(ast.Node) string) string {
	return func(s ast.Stmt, part func(ast.Node) string) string {
		return strings.ReplaceAll(template, "HERE", part(s)+"\n")
	}
}

// negate swaps the branches of an if statement.
func negate(s ast.Stmt, part func(ast.Node) string) string {
	if s, ok := s.(*ast.IfStmt); ok {
		return strings.Replace(part(s), part(s.Cond), "!("+part(s.Cond)+")", 1)
	}
	return part(s)
}

// undefer makes a call of a defer statement, a defer statement of a go
// statement, and a go statement of a call.
func undefer(s ast.Stmt, part func(ast.Node) string) string {
	switch x := s.(type) {
	case *ast.DeferStmt:
		return part(x.Call)
	case *ast.GoStmt:
		return "defer " + part(x.Call)
	case *ast.ExprStmt:
		return "go " + part(x)
	}
	return part(s)
}

// forget discards the last value of an assignment.
func forget(s ast.Stmt, part func(ast.Node) string) string {
	if a, ok := s.(*ast.AssignStmt); ok {
		last := part(a.Lhs[len(a.Lhs)-1])
		return strings.Replace(part(s), last, "_", 1)
	}
	return part(s)
}

// shadow turns an assignment into a declaration, and the reverse.
func shadow(s ast.Stmt, part func(ast.Node) string) string {
	if a, ok := s.(*ast.AssignStmt); ok {
		switch a.Tok {
		case token.ASSIGN:
			return strings.Replace(part(s), "=", ":=", 1)
		case token.DEFINE:
			return strings.Replace(part(s), ":=", "=", 1)
		}
	}
	return part(s)
}
