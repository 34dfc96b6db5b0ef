package goroutineleak

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	unstoppable = "unstoppable"
	blockedSend = "blocked-send"
	blockedRecv = "blocked-recv"
	noDone      = "no-done"
	drain       = "drain"
	ticker      = "ticker"
	serve       = "serve"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: unstoppable, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Low, Also: []string{"gosec/G118"}},
	{Name: blockedSend, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: blockedRecv, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low},
	{Name: noDone, Severity: catalog.Warning, Since: "v0.1.0", Also: []string{"gosec/G118"}},
	{Name: drain, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Low},
	{Name: ticker, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Contexts, Also: []string{"staticcheck/SA1015"}},
	{Name: serve, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Low},
}
