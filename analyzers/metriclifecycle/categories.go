package metriclifecycle

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	arity              = "arity"
	hotRegister        = "hot-register"
	lostRegister       = "lost-register"
	unregisterMismatch = "unregister-mismatch"
	notUnregistered    = "not-unregistered"
	missedDelete       = "missed-delete"
	accumulatingWith   = "accumulating-with"
	callback           = "callback"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: arity, Severity: catalog.Error, Since: "v0.1.0"},
	{Name: hotRegister, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Collectors},
	{Name: lostRegister, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: unregisterMismatch, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: notUnregistered, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Collectors},
	{Name: missedDelete, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: accumulatingWith, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: callback, Severity: catalog.Warning, Since: "v0.1.0", Keeps: catalog.Collectors},
}
