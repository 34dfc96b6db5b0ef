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

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: categoryDiscarded, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryPath, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryUnusedClosure, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryIgnoredParam, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryField, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryLoop, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryEarly, Severity: catalog.Error, Since: "v0.1.0"},
}
