package vectors

import (
	"go/types"
	"slices"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// The libraries whose vectors are known.
const (
	promPath   = "github.com/prometheus/client_golang/prometheus"
	autoPath   = "github.com/prometheus/client_golang/prometheus/promauto"
	kubePath   = "k8s.io/component-base/metrics"
	goZeroPath = "github.com/zeromicro/go-zero/core/metric"
)

// Libraries are the import paths of the packages that define vectors and their
// constructors.
var Libraries = []string{promPath, autoPath, kubePath, goZeroPath}

// A constructor says which argument is what in a call of a constructor.
// Arguments are numbered without the receiver; -1 stands for none.
type constructor struct {
	opts    int // a struct with Namespace, Subsystem and Name
	name    int // the metric's full name, instead
	labels  int // the names of the labels: []string or prometheus.ConstrainableLabels
	inOpts  string
	consts  int // the constant labels, if not in opts
	fromArg int // a vector or description that says everything
}

// byOpts are constructors that take options and the names of labels.
var byOpts = constructor{opts: 0, name: -1, labels: 1, consts: -1, fromArg: -1}

// constructorOf returns how fn makes a vector, if it makes one.
func constructorOf(fn *types.Func) (constructor, bool) {
	if fn == nil || fn.Pkg() == nil {
		return constructor{}, false
	}
	recv := ctxlib.ReceiverName(fn)
	switch path := fn.Pkg().Path(); {
	case path == promPath && recv == "" || path == kubePath && recv == "":
		switch fn.Name() {
		case "NewCounterVec", "NewGaugeVec", "NewHistogramVec", "NewSummaryVec", "NewTimingHistogramVec":
			return byOpts, true
		case "NewDesc":
			return constructor{opts: -1, name: 0, labels: 2, consts: 3, fromArg: -1}, true
		case "NewMetricVec":
			return constructor{opts: -1, name: -1, labels: -1, consts: -1, fromArg: 0}, true
		case "NewTestableTimingHistogramVec":
			return constructor{opts: 1, name: -1, labels: 2, consts: -1, fromArg: -1}, true
		}
	case path == promPath && recv == "v2":
		switch fn.Name() {
		case "NewCounterVec", "NewGaugeVec", "NewHistogramVec", "NewSummaryVec":
			return constructor{opts: 0, name: -1, labels: -1, inOpts: "VariableLabels", consts: -1, fromArg: -1}, true
		case "NewDesc":
			return constructor{opts: -1, name: 0, labels: 2, consts: 3, fromArg: -1}, true
		}
	case path == autoPath && (recv == "" || recv == "Factory"):
		switch fn.Name() {
		case "NewCounterVec", "NewGaugeVec", "NewHistogramVec", "NewSummaryVec":
			return byOpts, true
		}
	case path == goZeroPath && recv == "":
		switch fn.Name() {
		case "NewCounterVec", "NewGaugeVec", "NewHistogramVec", "NewSummaryVec":
			return constructor{opts: 0, name: -1, labels: -1, inOpts: "Labels", consts: -1, fromArg: -1}, true
		}
	}
	return constructor{}, false
}

// vectorTypes are the types of vectors and descriptions, by package.
var vectorTypes = map[string][]string{
	promPath: {"CounterVec", "GaugeVec", "HistogramVec", "SummaryVec", "ObserverVec", "MetricVec", "Desc"},
	kubePath: {
		"CounterVec", "GaugeVec", "HistogramVec", "SummaryVec", "TimingHistogramVec",
		"CounterVecMetric", "GaugeVecMetric", "ObserverVecMetric", "HistogramVecMetric",
		"CounterVecWithContext", "GaugeVecWithContext", "HistogramVecWithContext", "SummaryVecWithContext", "TimingHistogramVecWithContext",
		"Desc",
	},
	goZeroPath: {"CounterVec", "GaugeVec", "HistogramVec", "SummaryVec"},
}

// IsVector reports whether t is the type of a vector or description, or a
// pointer to one.
func IsVector(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	return slices.Contains(vectorTypes[named.Obj().Pkg().Path()], named.Obj().Name())
}

// IsTotal reports whether t, the type of a vector, adds up what has happened, unlike one
// of gauges, which says how things are.
func IsTotal(t types.Type) bool {
	named := typename.Of(t)
	return IsVector(t) && named.Obj().Name() != "GaugeVec"
}

// keepsVector reports whether fn, a method of a vector, returns the same vector
// as another type.
func keepsVector(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == kubePath && (fn.Name() == "WithContext" || fn.Name() == "InterfaceWithContext")
}

// curries reports whether fn binds some labels of the vector that it is called on.
func curries(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == promPath && ctxlib.ReceiverName(fn) != "" && (fn.Name() == "CurryWith" || fn.Name() == "MustCurryWith")
}

// isStrings reports whether t is a slice of strings.
func isStrings(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isString(s.Elem())
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}
