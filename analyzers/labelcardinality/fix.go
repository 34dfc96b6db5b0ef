package labelcardinality

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// routeFix replaces the path of a request by the pattern of its route, where the
// framework has it at hand.
//
// There is no fix for net/http: r.Pattern is set by a mux further down, maybe on
// another request, and only once the mux has run.
func (c *checker) routeFix(f *finding) []analysis.SuggestedFix {
	s := f.origin.Source
	if s.Category != metriclib.Request || len(f.origin.Steps) != 1 || c.index.ServesSubtree(s.Value.Parent()) {
		return nil
	}
	e := c.syntax.expr(s.Shown)
	pos, end := c.span(f.use, f.reach)
	if e == nil || e.Pos() < pos || end < e.End() {
		return nil // it is read elsewhere, and others may use it there
	}
	route := c.route(e)
	if route == "" {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "Use the pattern of the route, " + route,
		TextEdits: []analysis.TextEdit{{Pos: e.Pos(), End: e.End(), NewText: []byte(route)}},
	}}
}

// route returns an expression for the pattern of the route of a request whose path
// e is, "" if there is none.
func (c *checker) route(e ast.Expr) string {
	for _, f := range web.Frameworks() {
		if f.Route == "" {
			continue
		}
		x, ok := web.Match(f.URLPath, e)
		if !ok {
			continue
		}
		if t := c.pass.TypesInfo.TypeOf(x); t != nil {
			if of, ok := web.Of(t); ok && of == f {
				route, _ := strings.CutPrefix(f.Route, web.Itself)
				return types.ExprString(x) + route
			}
		}
	}
	return ""
}
