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

// otherContext has the checks of other linters for contexts that are not passed on.
var otherContext = []string{"contextcheck", "gosec/G118"}

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: direct, Severity: catalog.Warning, Since: "v0.1.0", Explained: true, Also: otherContext},
	{Name: handler, Severity: catalog.Warning, Since: "v0.1.0", Explained: true, Also: otherContext},
	{Name: chain, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Medium, Unproved: catalog.Low, Identity: catalog.OfRoot, Explained: true, Also: otherContext},
	{Name: unused, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: goroutine, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low, Explained: true, Also: otherContext},
	{Name: blank, Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Low, Explained: true, Also: otherContext},
}
