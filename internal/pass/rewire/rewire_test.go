package rewire_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/rewire"
)

// naming returns an analyzer whose result is its name, followed by the results
// that it sees of the analyzers it requires.
func naming(name string, requires ...*analysis.Analyzer) *analysis.Analyzer {
	a := &analysis.Analyzer{Name: name, Requires: requires}
	a.Run = func(pass *analysis.Pass) (any, error) {
		out := pass.Analyzer.Name
		if pass.Analyzer != a {
			out = "a copy of " + out
		}
		for _, r := range requires {
			out += "(" + pass.ResultOf[r].(string) + ")"
		}
		return out, nil
	}
	return a
}

// run runs an analyzer and what it requires, and counts how often each ran.
func run(t *testing.T, a *analysis.Analyzer, results map[*analysis.Analyzer]any) any {
	t.Helper()
	if r, ok := results[a]; ok {
		return r
	}
	pass := &analysis.Pass{Analyzer: a, ResultOf: make(map[*analysis.Analyzer]any)}
	for _, r := range a.Requires {
		pass.ResultOf[r] = run(t, r, results)
	}
	result, err := a.Run(pass)
	if err != nil {
		t.Fatal(err)
	}
	results[a] = result
	return result
}

func TestAnalyzers(t *testing.T) {
	mode, ownMode := naming("mode"), naming("own")
	other := naming("other")
	engine := naming("engine", other, mode)
	first, second, third := naming("first", engine, mode), naming("second", other, engine), naming("third", other)

	list := rewire.Analyzers([]*analysis.Analyzer{first, second, third, mode}, rewire.Map{mode: ownMode})
	results := make(map[*analysis.Analyzer]any)
	var got []any
	for _, a := range list {
		got = append(got, run(t, a, results))
	}
	want := []any{"first(engine(other)(own))(own)", "second(other)(engine(other)(own))", "third(other)", "own"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	if list[2] != third {
		t.Error("third was copied, which requires nothing that was replaced")
	}
	if len(results) != 6 {
		t.Errorf("%d analyzers ran, want 6: the engine once for both", len(results))
	}
	if got := run(t, first, make(map[*analysis.Analyzer]any)); got != "first(engine(other)(mode))(mode)" {
		t.Errorf("the original now gives %q", got)
	}
}
