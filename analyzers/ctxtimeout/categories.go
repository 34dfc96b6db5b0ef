package ctxtimeout

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	unit      = "unit"
	expired   = "expired"
	inverted  = "inverted"
	stale     = "stale"
	transport = "transport"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: unit, Severity: catalog.Warning, Since: "v0.1.0", Also: []string{"durationcheck", "staticcheck/SA1004"}},
	{Name: expired, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: inverted, Severity: catalog.Note, Since: "v0.1.0"},
	{Name: stale, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Contexts, Also: []string{"fatcontext"}},
	{Name: transport, Severity: catalog.Warning, Since: "v0.1.0"},
}
