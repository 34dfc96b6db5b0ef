package selectdefault

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	errorRecv     = "error-recv"
	errorSend     = "error-send"
	spin          = "spin"
	doneIgnored   = "done-ignored"
	uncancellable = "uncancellable"
	cause         = "cause"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: errorRecv, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: errorSend, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: spin, Severity: catalog.Warning, Since: "v0.1.0", Also: []string{"staticcheck/SA5004"}},
	{Name: doneIgnored, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: uncancellable, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low},
	{Name: cause, Severity: catalog.Note, Since: "v0.1.0", Confidence: catalog.Low},
}
