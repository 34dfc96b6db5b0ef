package ctxkey

import "github.com/ctxlint/ctxlint/internal/pass/catalog"

// The categories of diagnostics; doc.go explains them.
const (
	collision    = "collision"
	neverSet     = "never-set"
	unsafeAssert = "unsafe-assert"
	mutable      = "mutable"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: collision, Severity: catalog.Warning, Since: "v0.1.0", Also: []string{"staticcheck/SA1029", "revive"}},
	{Name: neverSet, Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: unsafeAssert, Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low, Also: []string{"forcetypeassert", "errcheck"}},
	{Name: mutable, Severity: catalog.Note, Since: "v0.1.0", Confidence: catalog.Low},
}
