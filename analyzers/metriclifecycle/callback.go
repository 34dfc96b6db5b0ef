package metriclifecycle

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkCallback reports a callback of an instance that can be closed, if the
// registration is dropped: after Close the meter still calls it, and so holds
// the instance forever.
func (c *checker) checkCallback(call ssa.CallInstruction) {
	e, ok := instrumentOf(call)
	switch {
	case e.category != callback || c.reported[call] || ssax.InstrInTest(call):
		return
	case !ok:
		c.silent(callback, call, isKept)
		return
	case c.once(call.Parent()):
		c.silent(callback, call, runsOnce)
		return
	}
	mc, ok := ssax.Strip(call.Common().Args[0]).(*ssa.MakeClosure)
	if !ok {
		return
	}
	for _, b := range mc.Bindings {
		t, closer := c.closable(b.Type())
		if t == nil {
			continue
		}
		c.reported[call] = true
		pos, end := c.span(call)
		c.report.ReportFinding(diag.Finding{Confidence: catalog.Grade(c.repeated(call.Parent())), Diagnostic: analysis.Diagnostic{
			Pos:      pos,
			End:      end,
			Category: callback,
			Message: fmt.Sprintf("the registration of a callback of %s is dropped, so the callback outlives %s and keeps the %s alive; keep it and call its Unregister in %s",
				t.Name(), closer.Name(), t.Name(), closer.Name()),
			Related: []analysis.RelatedInformation{{Pos: closer.Pos(), Message: closer.Name() + " ends the " + t.Name() + " here"}},
		}})
		return
	}
	c.silent(callback, call, nothingEnds)
}

// closable returns the type of this package that a captured value is of, and its
// method that ends an instance.
func (c *checker) closable(t types.Type) (*types.TypeName, *types.Func) {
	for { // a captured variable may hold a pointer
		p, ok := types.Unalias(t).(*types.Pointer)
		if !ok || typename.Of(p.Elem()) == nil {
			break
		}
		t = p.Elem()
	}
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() != c.pass.Pkg {
		return nil, nil
	}
	for method := range types.NewMethodSet(types.NewPointer(named)).Methods() {
		if fn, ok := method.Obj().(*types.Func); ok && fn.Exported() && words.Closes.Is(fn.Name()) && fn.Pkg() == c.pass.Pkg {
			return named.Origin().Obj(), fn
		}
	}
	return nil, nil
}
