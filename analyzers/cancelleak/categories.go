package cancelleak

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	discarded     = "discarded"
	path          = "path"
	unusedClosure = "unused-closure"
	ignoredParam  = "ignored-param"
	field         = "field"
	loop          = "loop"
	early         = "early"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: discarded, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: path, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: unusedClosure, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: ignoredParam, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: field, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: loop, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: early, Severity: catalog.Error, Since: "v0.1.0"},
}
