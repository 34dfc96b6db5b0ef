package mustcall_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// The obligation of these tests is not a cancel function but a span that must
// be ended, to show that the engine works for either. A line that loses it is
// marked "leak: KIND"; a function without marks must come out clean.
const source = `package p

type span struct{ name string }

func begin() *span           { return &span{} }
func try() (*span, error)    { return &span{}, nil }
func (s *span) End()         {}
func (s *span) note()        {}
func keep(*span)             {}
func cond(int) bool          { return false }
func fail() error            { return nil }
func exit()                  {}

var global *span

func called()   { s := begin(); s.End() }
func deferred() { s := begin(); defer s.End(); if cond(1) { return }; s.note() }
func given()    { s := begin(); keep(s) }
func stored()   { s := begin(); global = s }
func returned() *span { s := begin(); s.note(); return s }

func never() {
	s := begin()
	s.note()
} // leak: exit

func oneBranch(n int) {
	s := begin()
	if n > 0 {
		return // leak: exit
	}
	s.End()
}

func sameTest(n int) {
	var s *span
	if n > 0 {
		s = begin()
	}
	fail()
	if n > 0 {
		s.End()
	}
}

func otherTest(n, m int) {
	var s *span
	if n > 0 {
		s = begin()
	}
	if m > 0 {
		s.End()
	}
} // leak: exit

func nilTest(n int) {
	var s *span
	if n > 0 {
		s = begin()
	}
	if s != nil {
		s.End()
	}
}

func flag(n int) {
	var s *span
	open := false
	if n > 0 {
		s, open = begin(), true
	}
	if open {
		s.End()
	}
}

func switched(n int) {
	var s *span
	switch n {
	case 1:
		s = begin()
	}
	switch n {
	case 1:
		s.End()
	case 2:
	}
}

func failed() error {
	s, err := try()
	if err != nil {
		return err
	}
	s.End()
	return nil
}

func failedLater() error {
	s, err := try()
	if err != nil {
		return err
	}
	if err := fail(); err != nil {
		return err // leak: exit
	}
	s.End()
	return nil
}

func nextIteration(n int) {
	for i := 0; i < n; i++ {
		s := begin() // leak: iteration
		if cond(i) {
			continue
		}
		s.End()
	}
} // leak: exit

func renewed(n int) {
	var s *span
	for i := 0; i < n; i++ {
		if s != nil {
			s.End()
		}
		s = begin()
	}
	if s != nil {
		s.End()
	}
}

func previous(n int) {
	var prev *span
	for i := 0; i < n; i++ {
		s := begin()
		if prev != nil {
			prev.End()
		}
		prev = s
	}
	if prev != nil {
		prev.End()
	}
}

func inClosure() {
	var s *span
	defer func() {
		if s != nil {
			s.End()
		}
	}()
	s = begin()
	if cond(1) {
		return
	}
	s.note()
}

func idleClosure() {
	s := begin()
	end := func() { s.End() }
	_ = end
} // leak: exit

func inStruct(n int) *struct{ s *span } {
	h := &struct{ s *span }{}
	h.s = begin()
	if n > 0 {
		return nil // leak: exit
	}
	return h
}

func panics(n int) {
	s := begin()
	if n > 0 {
		panic(n)
	}
	if n < 0 {
		exit()
	}
	s.End()
}

func toggled(n int) {
	s := begin()
	on := false
	for i := 0; i < n; i++ {
		if on {
			s.note()
		}
		on = !on
	}
	if on {
		return // leak: exit
	}
	s.End()
}

func swapped(n int) {
	s := begin()
	a, b := false, true
	for i := 0; i < n; i++ {
		a, b = b, a
		if a {
			s.note()
		}
	}
	s.End()
}

func earlierTest() {
	s := begin()
	x, was := 0, false
	for more := true; more; more = false {
		was = x == 0
		x = 1
	}
	if was {
		s.End()
	}
}

func earlierLoad(p *int) {
	s := begin()
	was := false
	if cond(1) {
		was = *p == 0
	} else {
		*p = 1
	}
	*p = 2
	if *p == 0 {
		return // leak: exit
	}
	if was {
		s.End()
		return
	}
	s.End()
}

func written(p *int) {
	s := begin()
	if *p > 0 {
		*p = 0
		if *p > 0 {
			return // leak: exit
		}
	}
	s.End()
}

func longNames(mode string) {
	s := begin()
	if mode == "the first twenty letters of it are one" {
		s.End()
		return
	}
	if mode == "the first twenty letters of it are two" {
		return // leak: exit
	}
	s.End()
}

func spaces(mode string) {
	var s *span
	if mode == "a b" {
		s = begin()
	}
	fail()
	if mode == "a c" {
		return
	}
	if mode == "a b" {
		s.End()
	}
}

func loopOfDefers(n int) {
	var s *span
	for i := 0; i < n; i++ {
		s = begin()
		t := s
		defer func() { t.End() }()
		if cond(i) {
			return
		}
	}
	s.note()
}

func reassigned(n int) {
	var s *span
	defer func() { s.End() }()
	s = begin()
	if n > 0 {
		s = nil
		return // leak: exit
	}
}

func endless() {
	s := begin()
	for {
		s.note()
	}
}
`

// spans is the protocol of the test's obligation.
var spans = &mustcall.Protocol{
	Effect: func(call *ssa.CallCommon, v ssa.Value) mustcall.Effect {
		if callee := call.StaticCallee(); callee != nil && len(call.Args) > 0 && call.Args[0] == v {
			switch callee.Name() {
			case "End":
				return mustcall.Releases
			case "note":
				return mustcall.Ignores
			}
		}
		return mustcall.Escapes
	},
	Ends: func(call *ssa.CallCommon) bool {
		return call.StaticCallee() != nil && call.StaticCallee().Name() == "exit"
	},
}

func TestLeaks(t *testing.T) {
	pkg, file := build(t, source)
	fset := pkg.Prog.Fset
	var got []string
	for _, member := range pkg.Members {
		if fn, ok := member.(*ssa.Function); ok {
			got = append(got, leaksOf(t, fset, fn)...)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(marks(fset, file), got); diff != "" {
		t.Errorf("leaks (-want +got):\n%s", diff)
	}
}

// leaksOf returns the leaks of the spans that fn begins, as "line kind".
func leaksOf(t *testing.T, fset *token.FileSet, fn *ssa.Function) []string {
	var out []string
	for _, o := range obligations(fn) {
		leaks, ok := mustcall.Follow(spans, o).Leaks()
		if !ok {
			t.Errorf("%s: given up", fn)
		}
		for _, l := range leaks {
			pos := l.At.Pos()
			if !pos.IsValid() {
				pos = fn.Syntax().(*ast.FuncDecl).Body.Rbrace
			}
			out = append(out, fmt.Sprintf("%03d %s", fset.Position(pos).Line, [...]string{"exit", "iteration", "overwritten"}[l.Kind]))
		}
	}
	return out
}

// build returns the SSA of a package without imports.
func build(tb testing.TB, src string) (*ssa.Package, *ast.File) {
	tb.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		tb.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		tb.Fatal(err)
	}
	return pkg, file
}

// obligations returns the spans that fn begins.
func obligations(fn *ssa.Function) []*mustcall.Obligation {
	var out []*mustcall.Obligation
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Call.StaticCallee() == nil {
				continue
			}
			switch call.Call.StaticCallee().Name() {
			case "begin":
				out = append(out, &mustcall.Obligation{Site: call, Value: call})
			case "try":
				out = append(out, &mustcall.Obligation{Site: call, Value: ssax.Result(call, 0)})
			}
		}
	}
	return out
}

func marks(fset *token.FileSet, file *ast.File) []string {
	var out []string
	for _, group := range file.Comments {
		for _, c := range group.List {
			if kind, ok := strings.CutPrefix(c.Text, "// leak: "); ok {
				out = append(out, fmt.Sprintf("%03d %s", fset.Position(c.Pos()).Line, kind))
			}
		}
	}
	slices.Sort(out)
	return out
}
