package cancelleak_test

import (
	"go/ast"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers/cancelleak"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// falsePositive marks a line that lostcancel is wrong about.
const falsePositive = "// lostcancel false positive"

// TestLostcancel runs vet's analyzer over the same fixtures: cancelleak has to
// report what it is right about, and nothing that it is wrong about.
func TestLostcancel(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: testenv.Fixtures(t)}, "./cancelleak/lostcancel")
	if err != nil {
		t.Fatal(err)
	}
	all := cancelleak.New(cancelleak.Options{Selection: catalog.Selection{Confidence: catalog.Low}})
	graph, err := checker.Analyze([]*analysis.Analyzer{all, lostcancel.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		file string
		line int
	}
	var files []*ast.File
	reported := make(map[*analysis.Analyzer]map[line]string)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		files = act.Package.Syntax
		reported[act.Analyzer] = make(map[line]string)
		for _, d := range act.Diagnostics {
			// Its second diagnostic of a leak is about the return statement.
			if strings.HasPrefix(d.Message, "this return statement may be reached") {
				continue
			}
			posn := act.Package.Fset.Position(d.Pos)
			reported[act.Analyzer][line{posn.Filename, posn.Line}] = d.Message
		}
	}
	wrong := make(map[line]bool)
	fset := pkgs[0].Fset
	for _, f := range files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if c.Text == falsePositive {
					posn := fset.Position(c.Pos())
					wrong[line{posn.Filename, posn.Line}] = true
				}
			}
		}
	}
	vet, ours := reported[lostcancel.Analyzer], reported[all]
	if len(vet) < 20 || len(wrong) == 0 {
		t.Fatalf("lostcancel reports %d lines, %d of them marked as wrong: too few to compare", len(vet), len(wrong))
	}
	for at, message := range vet {
		if !wrong[at] && ours[at] == "" {
			t.Errorf("%s:%d: lostcancel alone reports %q", at.file, at.line, message)
		}
		if wrong[at] && ours[at] != "" {
			t.Errorf("%s:%d: as wrong as lostcancel: %q", at.file, at.line, ours[at])
		}
	}
	for at := range wrong {
		if vet[at] == "" {
			t.Errorf("%s:%d: marked as a false positive of lostcancel, which reports nothing there", at.file, at.line)
		}
	}
}
