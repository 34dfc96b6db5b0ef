package labelcardinality

import (
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// Categories are what the analyzer reports.
var Categories = catalog.Table{
	{Name: string(metriclib.Request), Severity: catalog.Warning, Since: "v0.1.0", Unproved: catalog.Low},
	{Name: string(metriclib.Method), Severity: catalog.Warning, Since: "v0.1.0", Confidence: catalog.Low},
	{Name: string(metriclib.Error), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.Time), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.ID), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.Address), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.K8s), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.Message), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.Number), Severity: catalog.Warning, Since: "v0.1.0"},
	{Name: string(metriclib.Strict), Severity: catalog.Note, Since: "v0.1.0", Confidence: catalog.Low},
}
