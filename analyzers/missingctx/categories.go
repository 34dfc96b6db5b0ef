package missingctx

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	call    = "call"
	unbound = "unbound"
	sleep   = "sleep"
	chain   = "chain"
	wait    = "wait"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: call, Severity: catalog.Warning, Since: "v0.1.0", Also: []string{"noctx", "contextcheck"}},
	{Name: unbound, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: sleep, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low},
	{Name: chain, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Medium, Unproved: catalog.Low, Identity: catalog.OfRoot, Also: []string{"noctx", "contextcheck"}},
	{Name: wait, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Medium, Unproved: catalog.Low},
}
