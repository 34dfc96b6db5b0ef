package regtest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
)

// TestForm checks that the analyzers leave the SSA form as it is, which they share, in
// gopls also with others: a search that appends to a list of successors writes into it.
func TestForm(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		m.analyze(t)
		funcs := 0
		for _, p := range m.pkgs {
			f := m.forms[p]
			if f == nil {
				t.Fatalf("%s has no SSA form", p.ID)
			}
			funcs += len(f.untouched)
			if diff := cmp.Diff(f.untouched, f.used); diff != "" {
				t.Errorf("%s (-as it is built +after the analyzers):\n%s", p.ID, diff)
			}
		}
		if funcs < 100 {
			t.Errorf("%d functions are too few to mean anything", funcs)
		}
	})
}

// untouched builds the SSA form once more, for nobody else.
var untouched = func() *analysis.Analyzer {
	a := *ssabuild.Analyzer
	a.Name = "untouched"
	return &a
}()

// A form has the text of each function of a package, by its name.
type form struct{ untouched, used map[string]string }

// forms returns the forms of packages of a graph whose roots include ssabuild.Analyzer
// and untouched, and drops both forms from the graph.
func forms(graph *checker.Graph, pkgs []*packages.Package) map[*packages.Package]*form {
	all := make(map[*packages.Package]*form)
	for _, act := range graph.Roots {
		builder, ok := act.Result.(*ssabuild.Builder)
		if !ok {
			continue
		}
		act.Result = nil
		if !slices.Contains(pkgs, act.Package) {
			continue
		}
		if all[act.Package] == nil {
			all[act.Package] = new(form)
		}
		if act.Analyzer == untouched {
			all[act.Package].untouched = texts(builder)
		} else {
			all[act.Package].used = texts(builder)
		}
	}
	return all
}

func texts(builder *ssabuild.Builder) map[string]string {
	all := make(map[string]string)
	for _, fn := range builder.SSA().Funcs {
		var b strings.Builder
		fn.WriteTo(&b)
		all[fn.String()] = b.String()
	}
	return all
}
