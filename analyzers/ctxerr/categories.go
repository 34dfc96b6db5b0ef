package ctxerr

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	compare   = "compare"
	text      = "text"
	causeLost = "cause-lost"
	retry     = "retry"
	shadowed  = "shadowed"
	status    = "status"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: compare, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low, Also: []string{"errorlint", "err113"}},
	{Name: text, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: causeLost, Severity: catalog.Note, Since: "v0.1.0"},
	{Name: retry, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low},
	{Name: shadowed, Severity: catalog.Warning, Since: "v0.1.0", Also: []string{"govet/shadow"}},
	{Name: status, Severity: catalog.Note, Since: "v0.1.0", Confidence: catalog.Medium},
}
