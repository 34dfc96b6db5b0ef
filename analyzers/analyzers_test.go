package analyzers_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

func TestSuite(t *testing.T) {
	if err := analysis.Validate(analyzers.All()); err != nil {
		t.Error(err)
	}
	for _, e := range analyzers.Suite() {
		if e.Documentation.Name != e.Name {
			t.Errorf("%s has the documentation of %s", e.Name, e.Documentation.Name)
		}
	}
}

// TestCategories wants the categories of the table to be those of the
// documentation, and every row to be complete.
func TestCategories(t *testing.T) {
	levels := []analyzers.Severity{analyzers.Error, analyzers.Warning, analyzers.Note}
	for _, e := range analyzers.Suite() {
		var rows, documented []string
		for _, c := range e.Categories {
			rows = append(rows, c.Name)
			if !slices.Contains(levels, c.Severity) {
				t.Errorf("%s/%s has the severity %q", e.Name, c.Name, c.Severity)
			}
			if c.Since == "" || c.Name == catalog.Internal {
				t.Errorf("%s: incomplete or impossible row %+v", e.Name, c)
			}
		}
		for _, c := range e.Documentation.Categories() {
			documented = append(documented, c.Name)
		}
		if diff := cmp.Diff(documented, rows); diff != "" {
			t.Errorf("%s: categories (-documentation +table):\n%s", e.Name, diff)
		}
	}
}

// TestConfidence wants what the documentation of a category says about confidence to
// be what its row allows.
func TestConfidence(t *testing.T) {
	for _, e := range analyzers.Suite() {
		for _, c := range e.Categories {
			s, err := e.Documentation.Section(c.Name)
			if err != nil {
				t.Error(err)
				continue
			}
			if s.Levels[0] != c.Confidence.String() {
				t.Errorf("%s/%s: the row says %s, the documentation %q", e.Name, c.Name, c.Confidence, s.Levels)
			}
			if len(s.Levels) > 1 && s.Levels[1] != c.Least().String() {
				t.Errorf("%s/%s: the row says %s for what is not proved, the documentation %q", e.Name, c.Name, c.Least(), s.Levels)
			}
		}
	}
}

// TestConstants wants every constant beside a table of categories to be in it.
func TestConstants(t *testing.T) {
	for _, e := range analyzers.Suite() {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(e.Name, "categories.go"), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.GenDecl); !ok || d.Tok != token.CONST {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok {
					if name, err := strconv.Unquote(lit.Value); err != nil || !e.Categories.Has(name) {
						t.Errorf("%s: the category %s is not in the table", e.Name, lit.Value)
					}
				}
				return true
			})
		}
	}
}

// TestFresh wants a new analyzer to have the flags of the old, and none of its
// settings.
func TestFresh(t *testing.T) {
	for _, e := range analyzers.Suite() {
		changed, fresh := e.Fresh(), e.Fresh()
		if err := changed.Flags.Set(catalog.Disable, e.Categories[0].Name); err != nil {
			t.Error(err)
		}
		e.Flags.VisitAll(func(f *flag.Flag) {
			switch other := fresh.Flags.Lookup(f.Name); {
			case other == nil || other.DefValue != f.DefValue:
				t.Errorf("%s.%s: the new analyzer has the flag %+v, want %+v", e.Name, f.Name, other, f)
			case other.Value.String() != f.DefValue || f.Value.String() != f.DefValue:
				t.Errorf("%s.%s is %q in one and %q in the other, want %q", e.Name, f.Name, f.Value, other.Value, f.DefValue)
			}
		})
	}
}

func TestSeverityOf(t *testing.T) {
	e := analyzers.Entry{Categories: catalog.Table{{Name: "broken", Severity: analyzers.Error}}}
	if got := e.SeverityOf("broken"); got != analyzers.Error {
		t.Errorf("severity %q of the row", got)
	}
	if got := e.SeverityOf(catalog.Internal); got != analyzers.Warning {
		t.Errorf("severity %q of internal errors", got)
	}
}
