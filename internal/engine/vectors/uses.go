package vectors

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A Use is a call that gives a vector or description its label values, or names
// its labels.
type Use struct {
	Vector      ssa.Value
	Labels      ssa.Value // the []string of values, or the map
	ByName      bool      // Labels is a map from name to value
	Some        bool      // not all of the vector's labels are needed
	Method      string    // what is called
	Deletes     bool      // series are deleted, not made
	Consequence string    // of labels that do not fit, as the end of a sentence
}

// UseOf returns how a call uses a vector, if it does.
func UseOf(call *ssa.CallCommon) (Use, bool) {
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil || !slices.Contains(Libraries, fn.Pkg().Path()) {
		return Use{}, false
	}
	recv, args := ssax.Receiver(call)
	if len(args) == 0 {
		return Use{}, false
	}
	u := Use{Vector: recv, Labels: args[len(args)-1], Method: fn.Name(), Deletes: deletes(fn.Name())}
	switch {
	case recv == nil:
		if !isConstMetric(fn) {
			return Use{}, false
		}
		u.Vector = args[0]
		u.Consequence = "it returns an error and no metric"
		if strings.HasPrefix(fn.Name(), "Must") || strings.HasPrefix(fn.Name(), "NewLazy") {
			u.Consequence = "it panics at run time"
		}
		return u, true
	case !IsVector(recv.Type()):
		return Use{}, false
	case fn.Pkg().Path() == goZeroPath:
		// A vector of go-zero takes the label values with each measurement.
		u.Consequence = "it panics at run time"
		return u, fn.Signature().Variadic()
	}
	switch fn.Name() {
	case "WithLabelValues":
		u.Consequence = "it panics at run time"
	case "ObserveSince":
		u.Consequence = "the function that it returns panics"
	case "GetMetricWithLabelValues", "WithLabelValuesChecked":
		u.Consequence = "it returns an error and no metric"
	case "DeleteLabelValues", "DeleteLabelValuesChecked":
		u.Consequence = "it deletes nothing"
	case "With":
		u.ByName, u.Consequence = true, "it panics at run time"
	case "GetMetricWith", "WithChecked":
		u.ByName, u.Consequence = true, "it returns an error and no metric"
	case "Delete":
		u.ByName, u.Consequence = true, "it deletes nothing"
	case "DeletePartialMatch":
		u.ByName, u.Some, u.Consequence = true, true, "it deletes nothing"
	case "CurryWith":
		u.ByName, u.Some, u.Consequence = true, true, "it returns an error and no vector"
	case "MustCurryWith":
		u.ByName, u.Some, u.Consequence = true, true, "it panics at run time"
	default:
		return Use{}, false
	}
	return u, true
}

// deletes reports whether a method deletes series.
func deletes(method string) bool { return strings.HasPrefix(method, "Delete") }

// isConstMetric reports whether fn makes a metric from a description and a value
// for each of its labels.
func isConstMetric(fn *types.Func) bool {
	name := strings.TrimPrefix(fn.Name(), "Must")
	if fn.Pkg().Path() == kubePath {
		return name == "NewConstMetric" || name == "NewLazyConstMetric"
	}
	if fn.Pkg().Path() != promPath {
		return false
	}
	switch strings.TrimSuffix(name, "WithCreatedTimestamp") {
	case "NewConstMetric", "NewConstHistogram", "NewConstSummary", "NewConstNativeHistogram":
		return fn.Signature().Variadic()
	}
	return false
}

// Used reports whether the package uses a library of vectors, or something that
// is a vector according to another package's facts. It is cheap.
func (r *Resolver) Used() bool {
	if r.importsLibrary() {
		return true
	}
	if len(r.pass.AllObjectFacts()) == 0 {
		return false
	}
	for _, obj := range r.pass.TypesInfo.Uses {
		if obj.Pkg() == r.pass.Pkg {
			continue
		}
		switch obj.(type) {
		case *types.Var, *types.Func:
			if r.pass.ImportObjectFact(obj, new(Fact)) {
				return true
			}
		}
	}
	return false
}
