// Package analyzers lists the analyzers of ctxlint. Every driver reads this
// list and there is no other.
package analyzers

import (
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers/cancelleak"
	"github.com/ctxlint/ctxlint/analyzers/ctxerr"
	"github.com/ctxlint/ctxlint/analyzers/ctxescape"
	"github.com/ctxlint/ctxlint/analyzers/ctxkey"
	"github.com/ctxlint/ctxlint/analyzers/ctxreset"
	"github.com/ctxlint/ctxlint/analyzers/ctxtimeout"
	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/analyzers/labelcardinality"
	"github.com/ctxlint/ctxlint/analyzers/metriclifecycle"
	"github.com/ctxlint/ctxlint/analyzers/missingctx"
	"github.com/ctxlint/ctxlint/analyzers/selectdefault"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

// An Entry is an analyzer of the suite together with what go/analysis has no
// place for.
type Entry struct {
	*analysis.Analyzer
	Documentation *doctext.Doc
	Categories    catalog.Table // in the order of the documentation
	New           func() *analysis.Analyzer
	Group         string // of analyzers that are switched together, "" for ctxlint's own
}

// entry makes an entry of what a package of an analyzer declares.
func entry[Options any](a *analysis.Analyzer, newAnalyzer func(Options) *analysis.Analyzer, doc *doctext.Doc, categories catalog.Table) Entry {
	return Entry{Analyzer: a, Documentation: doc, Categories: categories, New: func() *analysis.Analyzer { return newAnalyzer(*new(Options)) }}
}

// Fresh returns the entry with another analyzer, whose options are its own.
func (e Entry) Fresh() Entry {
	e.Analyzer = e.New()
	return e
}

// explaining are the analyzers that note why they say nothing about a place; see
// internal/pass/decision.
var explaining = []string{
	"cancelleak", "ctxerr", "ctxescape", "ctxkey", "ctxreset", "ctxtimeout", "goroutineleak", "labelcardinality", "metriclifecycle", "missingctx", "selectdefault",
}

// Explains reports whether the analyzer notes why it says nothing about a place.
func (e Entry) Explains() bool { return slices.Contains(explaining, e.Name) }

// Groups returns the names of the groups in a suite, in its order.
func Groups(suite []Entry) []string {
	var names []string
	for _, e := range suite {
		if e.Group != "" && !slices.Contains(names, e.Group) {
			names = append(names, e.Group)
		}
	}
	return names
}

// Members returns the entries of a group in a suite; those of "" are ctxlint's own.
func Members(suite []Entry, group string) []Entry {
	var members []Entry
	for _, e := range suite {
		if e.Group == group {
			members = append(members, e)
		}
	}
	return members
}

// Names returns the names of entries.
func Names(entries []Entry) []string {
	var names []string
	for _, e := range entries {
		names = append(names, e.Name)
	}
	return names
}

// SeverityOf returns the severity of the findings of a category.
func (e Entry) SeverityOf(category string) Severity {
	row, _ := e.Categories.Row(category)
	return row.Severity
}

// Severity says how a finding is shown where a format has levels.
type Severity = catalog.Severity

// The levels.
const (
	Error   = catalog.Error
	Warning = catalog.Warning
	Note    = catalog.Note
)

// Suite returns the entries in the order in which they are documented. It is the
// same analyzers that every call returns.
func Suite() []Entry {
	return []Entry{
		entry(cancelleak.Analyzer, cancelleak.New, cancelleak.Documentation, cancelleak.Categories),
		entry(ctxreset.Analyzer, ctxreset.New, ctxreset.Documentation, ctxreset.Categories),
		entry(selectdefault.Analyzer, selectdefault.New, selectdefault.Documentation, selectdefault.Categories),
		entry(goroutineleak.Analyzer, goroutineleak.New, goroutineleak.Documentation, goroutineleak.Categories),
		entry(metriclifecycle.Analyzer, metriclifecycle.New, metriclifecycle.Documentation, metriclifecycle.Categories),
		entry(labelcardinality.Analyzer, labelcardinality.New, labelcardinality.Documentation, labelcardinality.Categories),
		entry(ctxerr.Analyzer, ctxerr.New, ctxerr.Documentation, ctxerr.Categories),
		entry(ctxtimeout.Analyzer, ctxtimeout.New, ctxtimeout.Documentation, ctxtimeout.Categories),
		entry(ctxkey.Analyzer, ctxkey.New, ctxkey.Documentation, ctxkey.Categories),
		entry(missingctx.Analyzer, missingctx.New, missingctx.Documentation, missingctx.Categories),
		entry(ctxescape.Analyzer, ctxescape.New, ctxescape.Documentation, ctxescape.Categories),
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
