// Package sinktable is the table of sinks: calls that make a time series out of a value, and
// fields of structs that do. Package metriclib answers questions about code from it.
//
// It knows nothing of types. The vet tool asks which packages have sinks, before anything else
// of the program is initialised, and an import of go/types would initialise most of it.
package sinktable

import (
	"strings"
	"sync"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
)

// Semconv is the canonical path above the packages of semantic conventions. There is one for
// each version of the conventions, so that rules of metriclib say what their sinks are.
const Semconv = "go.opentelemetry.io/otel/semconv"

// InPackage reports whether the package with the import path declares sinks.
func InPackage(path string) bool {
	path = importpath.Canonical(path)
	return packages()[path] || strings.HasPrefix(path, Semconv+"/")
}

// packages returns the packages of all rows.
var packages = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for _, table := range [...][]Row{Calls, Fields} {
		for _, row := range table {
			set[row.Pkg] = true
		}
	}
	return set
})

// Retention says what becomes of a series that is no longer used.
type Retention uint8

// The kinds of retention.
const (
	Kept    Retention = iota // it stays in this process until it is deleted or the process ends
	Rebuilt                  // the process makes it again for each scrape, the database keeps it
	Expires                  // this process forgets it after a while
	Billed                   // it is kept, and paid for, elsewhere
	Limited                  // it stays in this process, which lumps together what comes after a limit
)

// Consequence says what an unbounded label leads to, as the end of a sentence
// that begins with "each value ".
func (r Retention) Consequence() string {
	switch r {
	case Rebuilt:
		return "is a time series that the database keeps"
	case Expires:
		return "is a time series sent and held until it expires"
	case Limited:
		return "is a time series, or overflow past a limit"
	case Billed:
		return "is a time series that the backend keeps and bills"
	}
	return "is a time series kept until restart"
}

// Form says how a parameter of a sink holds label values.
type Form uint8

// The forms of parameters.
const (
	Value      Form = iota // the value of one label, a string
	Values                 // a []string of values in the order of the vector's labels
	Map                    // a map from names to values
	Pairs                  // a []string in which names and values alternate
	Tags                   // a []string with elements "name:value"
	Attributes             // OpenTelemetry attributes
	Labels                 // a slice of structs or of pairs with a name and a value
	Name                   // the name of the metric, which may hold labels
	Result                 // a function whose result is the value
)
