// Package labelcardinality defines an Analyzer that finds labels of metrics
// whose values have no bound.
//
// # Analyzer labelcardinality
//
// labelcardinality: find labels of metrics whose values have no bound
//
// A metric has one time series for each combination of the values of its labels.
// When a value comes from outside, such as the path of a request, the text of an
// error or an identifier, the number of series grows as long as the process runs,
// and with it the memory of the process and of whatever stores the metric. The
// analyzer follows values back from the labels through variables, slices, maps,
// fields, closures and functions, across packages, and reports those that come
// from a source without bound:
//
//	requests.WithLabelValues(r.URL.Path).Inc() // a series for every URL that anyone tries
//
// Labels are those of Prometheus client_golang, the attributes that OpenTelemetry
// instruments get, tags of statsd clients, names of metrics that are made up at
// run time, and their like in other libraries. An attribute of a span, a log or
// an exemplar is none. Values that were compared with constants or found in a set
// are bounded, and so are route patterns, status codes, types and enumerations;
// a value that is trimmed, cut, changed to lower case or hashed is not.
//
// The message says how long a series stays: until restart where the process keeps
// it (Prometheus, OpenTelemetry, VictoriaMetrics, tally, expvar), until it expires
// (go-metrics), or in the backend alone (statsd, InfluxDB, CloudWatch).
//
// The categories are:
//
//   - request: part of a request that a client can choose: path, query, header, host, parameter, cookie.
//   - method: the method of a request, which can be any word unless the route or a test fixes it.
//   - error: the text of an error, in which there are addresses, names and numbers.
//   - time: a moment, or the length of an interval.
//   - id: an identifier that is made up for each request or object, or a random number.
//   - address: the address of a peer, with its port.
//   - k8s: the UID or the resource version of a Kubernetes object.
//   - message: key, value or offset of a message, or the text of a statement.
//   - value: a measured number.
//   - strict: a value whose name says that it is an identifier; only with -strict.
package labelcardinality

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "labelcardinality")
