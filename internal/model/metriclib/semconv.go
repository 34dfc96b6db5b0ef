package metriclib

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/metriclib/sinktable"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// Semconv is the canonical path above the packages of semantic conventions.
const Semconv = sinktable.Semconv

// semconvSinks returns the parameters of an instrument of the packages below
// semconv (httpconv.ServerRequestDuration.Record): the mandatory attributes of
// the convention, and further ones after them.
func semconvSinks(fn *types.Func, s Symbol) []Sink {
	if !strings.HasPrefix(s.Pkg, Semconv+"/") || s.Recv == "" {
		return nil
	}
	switch s.Name {
	case "Add", "Record", "Observe", "AddSet", "RecordSet", "ObserveSet":
	default:
		return nil
	}
	var sinks []Sink
	params := fn.Signature().Params()
	for i := 2; i < params.Len(); i++ { // after the context and the number
		form := Value
		if i == params.Len()-1 && (fn.Signature().Variadic() || strings.HasSuffix(s.Name, "Set")) {
			form = Attributes
		}
		sinks = append(sinks, Sink{s, i, form, Kept})
	}
	return sinks
}

// semconvSource returns the category of what a helper copies into attributes: host, target
// and user agent of a request, the length of an answer, the ends of a connection.
func semconvSource(s Symbol) (Category, bool) {
	switch {
	case s.Recv != "":
	case s.Pkg == Semconv && strings.HasSuffix(s.Name, "FromHTTPRequest"):
		return Request, true
	case s.Pkg == Semconv+"/httpconv" && (s.Name == "ServerRequest" || s.Name == "ClientRequest"):
		return Request, true
	case s.Pkg == Semconv+"/httpconv" && s.Name == "ClientResponse":
		return Number, true
	case s.Pkg == Semconv+"/netconv" && s.Name == "Client":
		return Address, true
	}
	return "", false
}

// OfConvention reports whether fn is declared by the semantic conventions.
func OfConvention(fn *types.Func) bool {
	s, ok := SymbolOf(fn)
	return ok && (s.Pkg == Semconv || strings.HasPrefix(s.Pkg, Semconv+"/"))
}

// OfClient reports whether fn, of the semantic conventions, is for what a client sends.
func OfClient(fn *types.Func) bool {
	return OfConvention(fn) && (strings.HasPrefix(fn.Name(), "HTTPClient") || strings.HasPrefix(fn.Name(), "Client"))
}

// isAttribute reports whether fn makes an attribute of the semantic
// conventions (semconv.URLPath, httpconv.ServerRequestDuration.AttrRoute), or one of each
// header that it is given (httpconv.RequestHeader).
func isAttribute(s Symbol, fn *types.Func) bool {
	if !OfConvention(fn) || fn.Signature().Results().Len() != 1 {
		return false
	}
	if s.Pkg == Semconv+"/httpconv" && s.Recv == "" && strings.HasSuffix(s.Name, "Header") {
		return true
	}
	named := typename.Of(fn.Signature().Results().At(0).Type())
	return named != nil && named.Obj().Name() == "KeyValue"
}

// carriedAttributes returns the parameters that hold text, a number or headers. An error
// is left out, because only its type goes into the attribute.
func carriedAttributes(fn *types.Func) []int {
	var params []int
	for i := range fn.Signature().Params().Len() {
		t := fn.Signature().Params().At(i).Type().Underlying()
		if s, ok := t.(*types.Slice); ok {
			t = s.Elem().Underlying()
		}
		switch t.(type) {
		case *types.Basic, *types.Map:
			params = append(params, i)
		}
	}
	return params
}
