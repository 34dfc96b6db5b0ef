// Package rewire gives analyzers other results than those of the analyzers that
// they require. A driver that knows more than go/analysis tells, or has something
// at hand already, brings it in this way, and leaves the analyzers as they are for
// whoever else runs them.
package rewire

import "golang.org/x/tools/go/analysis"

// A Map holds, by analyzer, what takes its place: an analyzer whose results have the
// same type. What that requires itself is left as it is.
type Map map[*analysis.Analyzer]*analysis.Analyzer

// Analyzers returns the list with each analyzer that requires a key of m, directly
// or through others, replaced by a copy that requires the value instead. Several
// that require one analyzer still share its result.
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
