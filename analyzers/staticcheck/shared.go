package staticcheck

import (
	"fmt"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/ctxlint/ctxlint/internal/model/fatal"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// sharedAnalyzer gives the checks of a package what they share.
var sharedAnalyzer = &analysis.Analyzer{
	Name:       "ctxlintstaticcheck",
	Doc:        "run what staticcheck's checks require, when one of them needs it",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/analyzers/staticcheck",
	Run:        newShared,
	ResultType: reflect.TypeFor[*shared](),
	Requires:   []*analysis.Analyzer{syntax.Analyzer},
}

// shared runs analyzers on a package outside the driver, and each that others require
// at most once. A driver would run them on every package, and on all that the package
// imports: staticcheck's IR is a third of the work of an analysis, and few packages
// have something that a check has to look for in it. Its methods may be called
// concurrently.
type shared struct {
	pass   *analysis.Pass
	syntax *syntax.Index
	used   func() map[string]bool

	mu      sync.Mutex
	results map[*analysis.Analyzer]func() any
}

func newShared(pass *analysis.Pass) (any, error) {
	s := &shared{
		pass:    pass,
		syntax:  pass.ResultOf[syntax.Analyzer].(*syntax.Index),
		results: make(map[*analysis.Analyzer]func() any),
	}
	s.results[inspect.Analyzer] = func() any { return s.syntax.Inspector() }
	s.used = sync.OnceValue(s.findUses)
	return s, nil
}

// result returns the result of an analyzer for the package.
func (s *shared) result(a *analysis.Analyzer) any {
	s.mu.Lock()
	get := s.results[a]
	if get == nil {
		get = sync.OnceValue(func() any { return s.run(a, func(analysis.Diagnostic) {}) })
		s.results[a] = get
	}
	s.mu.Unlock()
	return get()
}

// run runs an analyzer on the package, after those that it requires, and returns its
// result. It has no facts. Only [ctrlflow] would have some, about functions that never
// return: it is told of those that ctxlint knows without facts, and finds those of the
// package itself.
func (s *shared) run(a *analysis.Analyzer, report func(analysis.Diagnostic)) any {
	pass := *s.pass
	pass.Analyzer, pass.Report = a, report
	pass.ResultOf = make(map[*analysis.Analyzer]any, len(a.Requires))
	for _, required := range a.Requires {
		pass.ResultOf[required] = s.result(required)
	}
	pass.ImportObjectFact = func(obj types.Object, _ analysis.Fact) bool {
		fn, ok := obj.(*types.Func)
		return ok && a == ctrlflow.Analyzer && fatal.Known(fn)
	}
	pass.ImportPackageFact = func(*types.Package, analysis.Fact) bool { return false }
	pass.ExportObjectFact = func(types.Object, analysis.Fact) {}
	pass.ExportPackageFact = func(analysis.Fact) {}
	pass.AllObjectFacts = func() []analysis.ObjectFact { return nil }
	pass.AllPackageFacts = func() []analysis.PackageFact { return nil }
	result, err := a.Run(&pass)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", a.Name, err))
	}
	return result
}
