package ctxreset

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	direct    = "direct"
	handler   = "handler"
	chain     = "chain"
	unused    = "unused"
	goroutine = "goroutine"
	blank     = "blank"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: direct, Severity: catalog.Warning, Since: "v0.1.0", Explained: true},
	{Name: handler, Severity: catalog.Warning, Since: "v0.1.0", Explained: true},
	{Name: chain, Severity: catalog.Warning, Since: "v0.1.0", Identity: catalog.OfRoot, Explained: true},
	{Name: unused, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: goroutine, Severity: catalog.Warning, Since: "v0.1.0", Explained: true},
	{Name: blank, Severity: catalog.Warning, Since: "v0.1.0", Off: true, Flag: "also report functions whose context parameter is _", Explained: true},
}
