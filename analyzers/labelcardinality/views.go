package labelcardinality

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// The OpenCensus middleware for HTTP tags whatever it measures with parts of the
// request. They cost nothing until a view lists them.

const ochttp = "go.opencensus.io/plugin/ochttp"

// leakyTags says what is in the tags that are unbounded. KeyClientHost, the host of
// a client's requests, is bounded: a client knows its hosts.
var leakyTags = map[string]string{
	"Path":          "URL path",
	"Host":          "host of a request",
	"KeyClientPath": "URL path",
}

// leakyTag returns what is in the tag whose key is obj, "" if that is bounded.
func leakyTag(obj types.Object) string {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Pkg().Path() != ochttp {
		return ""
	}
	return leakyTags[v.Name()]
}

// checkViews reports views by unbounded tags.
func (c *checker) checkViews() {
	for _, f := range c.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && c.isView(lit) {
				c.checkView(lit)
			}
			return true
		})
	}
}

func (c *checker) isView(lit *ast.CompositeLit) bool {
	named := typename.Of(c.pass.TypesInfo.TypeOf(lit))
	return named != nil && named.Obj().Name() == "View" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "go.opencensus.io/stats/view"
}

func (c *checker) checkView(lit *ast.CompositeLit) {
	ast.Inspect(lit, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if what := leakyTag(c.pass.TypesInfo.Uses[sel.Sel]); what != "" {
			c.report.Report(analysis.Diagnostic{
				Pos:      sel.Pos(),
				End:      sel.End(),
				Category: string(metriclib.Request),
				Message:  fmt.Sprintf("the tag ochttp.%s is unbounded: each %s %s; leave it out of the view, or use ochttp.KeyServerRoute", sel.Sel.Name, what, metriclib.Kept.Consequence()),
			})
		}
		return true
	})
}
