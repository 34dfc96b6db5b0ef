package ctxkey

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkUnsafe reports a type assertion that panics where the value is missing, if it can
// be: the context is a root, or comes from whoever calls.
func (c *checker) checkUnsafe(s *site) {
	assert := assertOf(s.call)
	if assert == nil {
		c.report.Silent(unsafeAssert, s.call.Pos(), asked)
		return
	}
	if why := c.notJudged(s.key, ownerOf(s.key)); why != "" {
		c.report.Silent(unsafeAssert, s.call.Pos(), why)
		return
	}
	confidence := catalog.Medium
	var related []analysis.RelatedInformation
	ctx, _ := ssax.Receiver(&s.call.Call)
	switch root := c.rootOf(ctx); {
	case root != nil:
		confidence = catalog.High
		related = []analysis.RelatedInformation{{Pos: root.Pos(), Message: "this context has no values"}}
	case !fromOutside(s.call.Parent()):
		c.report.Silent(unsafeAssert, s.call.Pos(), inView)
		return
	}
	d := analysis.Diagnostic{
		Category: unsafeAssert, Related: related,
		Message: fmt.Sprintf("this panics if the context has no value for %s; use the form with ok, and say what then", s.key.show(c.pass.Pkg)),
	}
	d.Pos, d.End = c.span(s.call)
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// assertOf returns the type assertion without ok that is all that happens to the value
// of a call, or nil. A value that is compared is known to be there.
func assertOf(call *ssa.Call) *ssa.TypeAssert {
	var assert *ssa.TypeAssert
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.TypeAssert:
			if ref.CommaOk || assert != nil {
				return nil
			}
			assert = ref
		case *ssa.DebugRef:
		default:
			return nil
		}
	}
	return assert
}

// rootOf returns the call that makes ctx, if that is a root: here, or where the package
// itself calls the function, outside of tests, with one.
func (c *checker) rootOf(ctx ssa.Value) *ssa.Call {
	if call, ok := ctx.(*ssa.Call); ok && ctxlib.IsRoot(ssax.Callee(&call.Call)) {
		return call
	}
	p, ok := ctx.(*ssa.Parameter)
	if !ok {
		return nil
	}
	for _, site := range c.builder.SSA().Index().Calls(p.Parent()) {
		if ssax.InTest(site.Parent()) {
			continue
		}
		if call, ok := ssax.Argument(site.Common(), p).(*ssa.Call); ok && ctxlib.IsRoot(ssax.Callee(&call.Call)) {
			return call
		}
	}
	return nil
}

// fromOutside reports whether a function gets its context from code that is not in view:
// it is exported, or handles requests.
func fromOutside(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	for v := range params.Variables() {
		if web.IsRequest(v, params) {
			return true
		}
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && obj.Exported() && fn.Pkg.Pkg.Name() != "main"
}
