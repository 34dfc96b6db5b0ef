package regtest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
)

// TestForm checks that the analyzers leave the SSA form as it is, which they share, in
// gopls also with others: a search that appends to a list of successors writes into it.
func TestForm(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the fixtures and all they import, twice")
	}
	eachModule(t, func(t *testing.T, m *fixtureModule) {
		pkgs := m.load(t)
		forms := func(suite ...*analysis.Analyzer) map[string]string {
			all := make(map[string]string)
			for _, act := range run(t, pkgs, append(suite, ssabuild.Analyzer)).Roots {
				if act.Analyzer != ssabuild.Analyzer || act.Package.Types == nil {
					continue
				}
				for _, fn := range act.Result.(*ssabuild.Builder).SSA().Funcs {
					var b strings.Builder
					fn.WriteTo(&b)
					all[act.Package.ID+" "+fn.String()] = b.String()
				}
			}
			return all
		}
		want := forms()
		if len(want) < 100 {
			t.Errorf("%d functions are too few to mean anything", len(want))
		}
		if diff := cmp.Diff(want, forms(suite()...)); diff != "" {
			t.Errorf("-before +after the analyzers:\n%s", diff)
		}
	})
}
