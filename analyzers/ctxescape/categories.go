package ctxescape

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	categoryGoroutine = "goroutine"
	categoryCarrier   = "carrier"
	categoryStored    = "stored"
	categoryObject    = "object"
	categoryPool      = "pool"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: categoryGoroutine, Severity: catalog.Error, Since: "v0.1.0"},
	{Name: categoryCarrier, Severity: catalog.Error, Since: "v0.1.0"},
	{Name: categoryStored, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: categoryObject, Severity: catalog.Error, Since: "v0.1.0"},
	{Name: categoryPool, Severity: catalog.Warning, Since: "v0.1.0"},
}
