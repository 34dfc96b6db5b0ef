// Package metriclifecycle defines an Analyzer that finds metrics that are made, registered, or deleted wrongly.
//
// # Analyzer metriclifecycle
//
// metriclifecycle: find metrics that panic, pile up, or are never deleted
//
// A metric outlives the code that makes it: a collector stays registered until it
// is unregistered, a series stays in its vector until it is deleted, and a vector
// takes exactly the labels that its constructor was told, which only shows when
// the call runs:
//
//	var failures = prometheus.NewCounterVec(opts, []string{"host", "code"})
//	...
//	if err != nil {
//		failures.WithLabelValues(host).Inc() // panics: one value for two labels
//	}
//
// The analyzer follows vectors, registries and instruments from their constructors
// through variables, fields, helpers and packages to where they are used. It knows
// github.com/prometheus/client_golang, k8s.io/component-base/metrics, go-zero,
// go-kit and OpenTelemetry. What it cannot follow to the end it does not report.
//
// The categories are:
//
//   - arity: a vector is given more, fewer or other labels than it has: With panics, Get returns an error, Delete deletes nothing.
package metriclifecycle

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "metriclifecycle")
