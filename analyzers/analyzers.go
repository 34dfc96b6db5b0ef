// Package analyzers lists the analyzers of ctxlint. Every driver reads this
// list and there is no other.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers/cancelleak"
	"github.com/ctxlint/ctxlint/analyzers/ctxreset"
	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/analyzers/labelcardinality"
	"github.com/ctxlint/ctxlint/analyzers/metriclifecycle"
	"github.com/ctxlint/ctxlint/analyzers/selectdefault"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

// An Entry is an analyzer of the suite together with what go/analysis has no
// place for.
type Entry struct {
	*analysis.Analyzer
	Documentation *doctext.Doc
	Severity      Severity            // of the categories that Exceptions does not name
	Exceptions    map[string]Severity // by category; nil if there are none
}

// SeverityOf returns the severity of the findings of a category.
func (e Entry) SeverityOf(category string) Severity {
	if s, ok := e.Exceptions[category]; ok {
		return s
	}
	return e.Severity
}

// EndsAtRoot reports whether findings of a category stand for all calls that lead
// to the place of their last step. Which call comes first changes with the calls
// and the names of files; the finding is the same as long as that place is.
func EndsAtRoot(analyzer, category string) bool {
	return analyzer == ctxreset.Analyzer.Name && category == "chain"
}

// Severity says how a finding is shown where a format has levels (SARIF,
// GitHub annotations, an editor). It has no influence on the exit code.
type Severity string

// The levels, in the words of SARIF.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Suite returns the entries in the order in which they are documented.
func Suite() []Entry {
	return []Entry{
		{cancelleak.Analyzer, cancelleak.Documentation, Warning, map[string]Severity{
			"early": Error, // what the caller gets does not work
		}},
		{ctxreset.Analyzer, ctxreset.Documentation, Warning, nil},
		{selectdefault.Analyzer, selectdefault.Documentation, Warning, map[string]Severity{
			"cause": Note, // often on purpose
		}},
		{goroutineleak.Analyzer, goroutineleak.Documentation, Warning, nil},
		{metriclifecycle.Analyzer, metriclifecycle.Documentation, Warning, map[string]Severity{
			"arity": Error, // the call panics
		}},
		{labelcardinality.Analyzer, labelcardinality.Documentation, Warning, map[string]Severity{
			"strict": Note, // a name proves nothing
		}},
	}
}

// All returns the analyzers of the suite.
func All() []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for _, e := range Suite() {
		all = append(all, e.Analyzer)
	}
	return all
}
