package cancelleak

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	categoryDiscarded     = "discarded"
	categoryPath          = "path"
	categoryUnusedClosure = "unused-closure"
	categoryIgnoredParam  = "ignored-param"
	categoryField         = "field"
	categoryLoop          = "loop"
	categoryEarly         = "early"
)

// lostcancel has the checks of other linters for cancel functions that are not called.
var lostcancel = []string{"govet/lostcancel", "gosec/G118"}

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: categoryDiscarded, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Contexts, Also: lostcancel},
	{Name: categoryPath, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Contexts, Also: lostcancel},
	{Name: categoryUnusedClosure, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Contexts, Also: lostcancel},
	{Name: categoryIgnoredParam, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Contexts},
	{Name: categoryField, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Low, Keeps: catalog.Contexts},
	{Name: categoryLoop, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low, Keeps: catalog.Contexts, Also: []string{"staticcheck/SA5003", "staticcheck/SA9001", "gocritic/deferInLoop", "revive/defer"}},
	{Name: categoryEarly, Severity: catalog.Error, Since: "v0.1.0"},
}
