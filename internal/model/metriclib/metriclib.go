// Package metriclib holds what ctxlint knows about libraries for metrics, and
// about the values that end up as their labels: the calls that make a time
// series out of a value (sinks), the calls, fields and types whose values have
// no bound (sources), and the functions that pass a value on (carriers).
//
// The tables name symbols of real libraries. A test looks each of them up in
// the versions that testdata/metrics pins and compares its signature with the
// list in testdata/signatures.txt, so that it shows when a new version of a
// library moves one.
package metriclib

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// A Symbol names a function (Recv is ""), a method of a type or an interface, or
// a field of a struct type.
type Symbol struct {
	Pkg  string // canonical import path, see [importpath.Canonical]
	Recv string
	Name string
}

func (s Symbol) String() string {
	if s.Recv == "" {
		return s.Pkg + "." + s.Name
	}
	return s.Pkg + "." + s.Recv + "." + s.Name
}

// SymbolOf returns the name of fn as the tables give it, false for a method of
// an unnamed type.
func SymbolOf(fn *types.Func) (Symbol, bool) {
	if fn == nil || fn.Pkg() == nil {
		return Symbol{}, false
	}
	s := Symbol{Pkg: importpath.Canonical(fn.Pkg().Path()), Name: fn.Name()}
	if r := fn.Signature().Recv(); r != nil {
		named := typename.Of(r.Type())
		if named == nil {
			return Symbol{}, false
		}
		s.Recv = named.Obj().Name()
	}
	return s, true
}

// FieldOf returns the name of field number i of the struct type t, or of what t
// points to. It returns false if t has no name.
func FieldOf(t types.Type, i int) (Symbol, bool) {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() == nil {
		return Symbol{}, false
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok || i >= s.NumFields() {
		return Symbol{}, false
	}
	return Symbol{importpath.Canonical(named.Obj().Pkg().Path()), named.Obj().Name(), s.Field(i).Name()}, true
}

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

// A Sink is a parameter whose values become time series.
type Sink struct {
	Symbol
	Param     int // index among the parameters, without receiver
	Form      Form
	Retention Retention
}

// SinksOf returns the parameters of fn that are sinks.
func SinksOf(fn *types.Func) []Sink {
	s, ok := SymbolOf(fn)
	if !ok {
		return nil
	}
	if sinks := tables().sinks[s]; sinks != nil {
		return sinks
	}
	return semconvSinks(fn, s)
}

// IsLibrary reports whether the package with the import path declares sinks.
func IsLibrary(path string) bool {
	path = importpath.Canonical(path)
	return tables().sinkPackages[path] || strings.HasPrefix(path, Semconv+"/")
}

// NameOptions are the fields, in the options of client_golang and of
// Kubernetes, that make up the name of a metric, in this order.
var NameOptions = [...]string{"Namespace", "Subsystem", "Name"}
