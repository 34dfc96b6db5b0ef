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

	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/metriclib/sinktable"
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

// What the table of sinks says of one: see package sinktable.
type (
	Retention = sinktable.Retention
	Form      = sinktable.Form
)

// The kinds of retention, and the forms of parameters.
const (
	Kept    = sinktable.Kept
	Rebuilt = sinktable.Rebuilt
	Expires = sinktable.Expires
	Billed  = sinktable.Billed
	Limited = sinktable.Limited

	Value      = sinktable.Value
	Values     = sinktable.Values
	Map        = sinktable.Map
	Pairs      = sinktable.Pairs
	Tags       = sinktable.Tags
	Attributes = sinktable.Attributes
	Labels     = sinktable.Labels
	Name       = sinktable.Name
	Result     = sinktable.Result
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

// A StructSink is a struct field whose values become time series: the constant
// labels of a collector, the dimensions of a datum.
type StructSink struct {
	Symbol
	Form      Form
	Retention Retention
}

// StructSinkOf returns the sink that a field is, or false if it is not a sink.
func StructSinkOf(field Symbol) (StructSink, bool) {
	s, ok := tables().structSinks[field]
	return s, ok
}

// IsLibrary reports whether the package with the import path declares sinks.
func IsLibrary(path string) bool { return sinktable.InPackage(path) }

// NameOptions are the fields, in the options of client_golang and of
// Kubernetes, that make up the name of a metric, in this order.
var NameOptions = [...]string{"Namespace", "Subsystem", "Name"}
