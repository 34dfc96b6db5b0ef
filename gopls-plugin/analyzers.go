// Package goplsplugin gives gopls the analyzers of ctxlint in the form of its
// list. The list has one severity for each analyzer, whereas ctxlint has one
// for each category, and another for findings that a comment explains. "ctxlint
// build gopls" uses the package.
package goplsplugin

import (
	"maps"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/rewire"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// An Analyzer is an analyzer all of whose findings have the same severity.
type Analyzer struct {
	*analysis.Analyzer
	Severity analyzers.Severity
}

// Analyzers returns the analyzers of the suite, which report nothing in
// packages that the user does not work on, and which share the syntax index of
// gopls' analyzers. One whose findings differ in severity occurs several times,
// with the same name, so that the user's setting "analyses": {NAME: false}
// turns off all of them.
func Analyzers() []Analyzer {
	suite := analyzers.Suite()
	wired := rewire.Analyzers(analyzers.All(), rewire.Map{scope.Analyzer: scope.Own, syntax.Analyzer: sharedSyntax})
	for i := range suite {
		suite[i].Analyzer = wired[i]
	}
	return split(suite)
}

func split(suite []analyzers.Entry) []Analyzer {
	var all []Analyzer
	for _, e := range suite {
		levels := severities(e)
		if len(levels) == 1 && len(e.FactTypes) == 0 {
			all = append(all, Analyzer{e.Analyzer, levels[0]})
			continue
		}
		findings := collector(e)
		for _, s := range levels {
			all = append(all, Analyzer{&analysis.Analyzer{
				Name:     e.Name,
				Doc:      e.Doc,
				URL:      e.URL,
				Requires: []*analysis.Analyzer{findings},
				Run:      reporters[s],
			}, s})
		}
	}
	return all
}

// severities returns the distinct severities of an analyzer's findings.
func severities(e analyzers.Entry) []analyzers.Severity {
	levels := []analyzers.Severity{e.SeverityOf(diag.Internal)}
	add := func(s analyzers.Severity) {
		if !slices.Contains(levels, s) {
			levels = append(levels, s)
		}
	}
	for _, c := range e.Categories {
		add(c.Severity)
		if c.Explained {
			add(analyzers.Note)
		}
	}
	return levels
}

// findings are the diagnostics of an analyzer. What looks for most of them runs when
// somebody asks: in packages that are analysed for facts alone, nobody does.
type findings struct {
	of      analyzers.Entry
	all     []analysis.Diagnostic
	finders []func()
	once    sync.Once
	ignores *suppress.Index
}

func (f *findings) diagnostics() []analysis.Diagnostic {
	f.once.Do(func() {
		for _, find := range f.finders {
			find()
		}
	})
	return f.all
}

func (f *findings) severity(d analysis.Diagnostic) analyzers.Severity {
	if f.ignores.Note(f.of.Name, d).Explained {
		return analyzers.Note
	}
	return f.of.SeverityOf(d.Category)
}

// collector returns an analyzer whose result is the diagnostics of e.
func collector(e analyzers.Entry) *analysis.Analyzer {
	a := *e.Analyzer
	a.ResultType = reflect.TypeFor[*findings]()
	a.Run = func(pass *analysis.Pass) (any, error) {
		result := &findings{of: e, ignores: pass.ResultOf[suppress.Analyzer].(*suppress.Index)}
		inner := *pass
		inner.Analyzer = e.Analyzer
		inner.Report = func(d analysis.Diagnostic) { result.all = append(result.all, d) }
		inner.ResultOf = maps.Clone(pass.ResultOf)
		inner.ResultOf[scope.Own] = pass.ResultOf[scope.Own].(*scope.Mode).Later(func(find func()) { result.finders = append(result.finders, find) })
		_, err := e.Run(&inner)
		return result, err
	}
	return &a
}

// reporters has a function for each severity, rather than one closure, because
// gopls tells analyzers of the same name apart by the line of their functions.
var reporters = map[analyzers.Severity]func(*analysis.Pass) (any, error){
	analyzers.Error:   func(pass *analysis.Pass) (any, error) { return report(pass, analyzers.Error) },
	analyzers.Warning: func(pass *analysis.Pass) (any, error) { return report(pass, analyzers.Warning) },
	analyzers.Note:    func(pass *analysis.Pass) (any, error) { return report(pass, analyzers.Note) },
}

// report reports those findings, of the only analyzer that is required, that
// have the severity s.
func report(pass *analysis.Pass, s analyzers.Severity) (any, error) {
	result := pass.ResultOf[pass.Analyzer.Requires[0]].(*findings)
	for _, d := range result.diagnostics() {
		if result.severity(d) == s {
			pass.Report(d)
		}
	}
	return nil, nil
}
