package labelcardinality

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// Some middleware makes unbounded labels unless it is told otherwise.
//
// leaky returns what is wrong with calling fn, "" if nothing is.
func leaky(fn *types.Func) string {
	s, ok := metriclib.SymbolOf(fn)
	if !ok {
		return ""
	}
	return defaults[s]
}

const echoprometheus = "github.com/labstack/echo-contrib/echoprometheus"

const echoDefault = "label \"url\" is unbounded unless DoNotUseRequestPathFor404 is set: each unrouted path"

var defaults = map[metriclib.Symbol]string{
	{Pkg: "github.com/zsais/go-gin-prometheus", Name: "NewPrometheus"}:                       "label \"url\" is unbounded unless ReqCntURLLabelMappingFn is set: each URL path",
	{Pkg: "github.com/slok/go-http-metrics/middleware", Recv: "Middleware", Name: "Measure"}: "a handler measured without an ID has an unbounded label: each URL path",
	{Pkg: "github.com/slok/go-http-metrics/middleware/std", Name: "Handler"}:                 "a handler measured without an ID has an unbounded label: each URL path",
	{Pkg: echoprometheus, Name: "NewMiddleware"}:                                             echoDefault,
	{Pkg: echoprometheus, Name: "NewMiddlewareWithConfig"}:                                   echoDefault,
	{Pkg: echoprometheus, Recv: "MiddlewareConfig", Name: "ToMiddleware"}:                    echoDefault,
}

// checkDefaults reports a call of middleware that leaves it at leaky defaults.
func (c *checker) checkDefaults(call ssa.CallInstruction, fn *types.Func) {
	what := leaky(fn)
	if what == "" || c.quiet {
		return
	}
	advice := "let it return the route pattern"
	switch {
	case fn.Name() == "NewPrometheus":
		if v, ok := call.(ssa.Value); !ok || setsField(v, "ReqCntURLLabelMappingFn") {
			c.report.Silent(string(metriclib.Request), call.Pos(), isConfigured)
			return
		}
	case fn.Name() == "NewMiddleware":
		advice = "use NewMiddlewareWithConfig and set it"
	case what == echoDefault:
		if !leavesEchoDefaults(call.Common()) {
			c.report.Silent(string(metriclib.Request), call.Pos(), isConfigured)
			return
		}
		advice = "set it"
	default:
		id, ok := ssax.Explicit(call.Common(), 0).(*ssa.Const)
		if !ok || constant(id) != "" {
			return
		}
		advice = "give the route pattern"
	}
	expr := c.syntax.at(call.Pos())
	if expr == nil {
		return
	}
	c.report.Report(analysis.Diagnostic{
		Pos:      expr.Pos(),
		End:      expr.End(),
		Category: string(metriclib.Request),
		Message:  fmt.Sprintf("%s %s; %s", what, metriclib.Kept.Consequence(), advice),
	})
}

// leavesEchoDefaults reports whether the configuration that call gets is one that
// the function makes, without a field that keeps paths out of the label.
func leavesEchoDefaults(call *ssa.CallCommon) bool {
	load, ok := call.Args[0].(*ssa.UnOp)
	if !ok {
		return false
	}
	config, ok := load.X.(*ssa.Alloc)
	return ok && !setsField(config, "DoNotUseRequestPathFor404") && !setsField(config, "LabelFuncs")
}

// setsField reports whether the function sets a field of what v points to, or
// hands v on, so that another may.
func setsField(v ssa.Value, name string) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			if f := ssax.FieldOf(r); f != nil && f.Name() == name {
				return true
			}
		case *ssa.Return, *ssa.Store, *ssa.MakeInterface:
			return true
		}
	}
	return false
}
