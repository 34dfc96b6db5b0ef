// Package rewire replaces the analyzers that analyzers require by others. This
// is how a driver that knows more than go/analysis tells, or already has a
// result, passes it on without changing the analyzers for whoever else runs
// them.
package rewire

import "golang.org/x/tools/go/analysis"

// A Map holds, for each analyzer, the one that takes its place, whose result
// has the same type. What the replacement itself requires is left as it is.
type Map map[*analysis.Analyzer]*analysis.Analyzer

// Analyzers returns the list in which each analyzer that requires a key of m,
// directly or through others, is replaced by a copy that requires the value
// instead. Analyzers that require the same analyzer still share its result.
func Analyzers(list []*analysis.Analyzer, m Map) []*analysis.Analyzer {
	done := make(Map, len(m))
	for from, to := range m {
		done[from] = to
	}
	return done.all(list)
}

func (done Map) all(list []*analysis.Analyzer) []*analysis.Analyzer {
	out := make([]*analysis.Analyzer, len(list))
	for i, a := range list {
		out[i] = done.one(a)
	}
	return out
}

func (done Map) one(a *analysis.Analyzer) *analysis.Analyzer {
	if to, ok := done[a]; ok {
		return to
	}
	done[a] = a
	requires := done.all(a.Requires)
	for i := range requires {
		if requires[i] != a.Requires[i] {
			done[a] = require(a, requires)
			break
		}
	}
	return done[a]
}

// require returns a copy of a that requires the given analyzers, each in place of
// the one that a requires at its index.
func require(a *analysis.Analyzer, requires []*analysis.Analyzer) *analysis.Analyzer {
	wired := *a
	wired.Requires = requires
	wired.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Analyzer = a
		inner.ResultOf = make(map[*analysis.Analyzer]any, len(requires))
		for i, from := range a.Requires {
			inner.ResultOf[from] = pass.ResultOf[requires[i]]
		}
		return a.Run(&inner)
	}
	return &wired
}
