package ctxtimeout

import (
	"fmt"
	"go/token"
	"go/types"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// limitFact says that a function gives its context a constant timeout, and does nothing
// else that would tell that end from the one which the context has already.
type limitFact struct {
	Param   int // the number of the context among the parameters
	Timeout time.Duration
	Place   string
}

func (*limitFact) AFact() {}

func (f *limitFact) String() string { return fmt.Sprintf("limits(%d) %s", f.Param, show(f.Timeout)) }

// A limit is where a context that a function is given gets a constant timeout.
type limit struct {
	timeout time.Duration
	pos     token.Pos
	call    *ssa.Call
}

// exportLimits exports the limits of the functions that importers can call.
func (c *checker) exportLimits() {
	if !c.mentionsTimeout() {
		return
	}
	for _, fn := range c.builder.SSA().Funcs {
		obj := ssax.FuncOf(fn)
		if obj == nil || fn.Parent() != nil || !obj.Exported() || ssax.InTest(fn) {
			continue
		}
		for i, p := range parameters(fn) {
			if l, ok := c.limitOf(p); ok {
				c.pass.ExportObjectFact(obj, &limitFact{i, l.timeout, location.Of(c.pass, l.pos)})
				break
			}
		}
	}
}

// mentionsTimeout reports whether the package uses context.WithTimeout.
func (c *checker) mentionsTimeout() bool {
	for _, obj := range c.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && isWithTimeout(fn) {
			return true
		}
	}
	return false
}

// parameters returns the parameters of fn without the receiver.
func parameters(fn *ssa.Function) []*ssa.Parameter {
	if fn.Signature.Recv() != nil && len(fn.Params) > 0 {
		return fn.Params[1:]
	}
	return fn.Params
}

// limitOf returns the constant timeout that a function gives to its parameter, if that
// is the only context which it makes of it, and nothing there asks which end has come.
func (c *checker) limitOf(p *ssa.Parameter) (limit, bool) {
	if !ctxlib.IsContext(p.Type()) || asksForEnd(p.Parent()) {
		return limit{}, false
	}
	for _, d := range ctxflow.Follow(p, nil).Derived {
		call, ok := d.(*ssa.Call)
		if !ok || call.Parent() != p.Parent() || !isWithTimeout(ssax.Callee(&call.Call)) {
			continue
		}
		if t, ok := c.constantOf(call.Call.Args[1]); ok && t > 0 && ssax.Strip(call.Call.Args[0]) == ssa.Value(p) {
			return limit{t, call.Pos(), call}, true
		}
	}
	return limit{}, false
}

// asksForEnd reports whether a function, or a literal in it, may tell one end of a
// context from another.
func asksForEnd(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			recv, _ := ssax.Receiver(call.Common())
			if recv != nil && ctxlib.IsContextual(recv.Type()) || ctxlib.IsFunc(ssax.Callee(call.Common()), "context", "Cause") {
				return true
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if asksForEnd(lit) {
			return true
		}
	}
	return false
}

// checkInverted reports a timeout below that of call, for the same work, that is not
// shorter.
func (c *checker) checkInverted(call *ssa.Call) {
	if !isWithTimeout(ssax.Callee(&call.Call)) {
		return
	}
	outer, ok := c.constantOf(call.Call.Args[1])
	ctx := ssax.Result(call, 0)
	switch {
	case !ok:
		c.report.Silent(inverted, call.Pos(), notConstant)
		return
	case outer <= 0 || ctx == nil:
		return
	case asksForEnd(call.Parent()):
		c.report.Silent(inverted, call.Pos(), tellsEnds)
		return
	}
	flow := ctxflow.Follow(ctx, nil)
	for _, d := range flow.Derived {
		if inner, ok := d.(*ssa.Call); ok && d != ssa.Instruction(call) && isWithTimeout(ssax.Callee(&inner.Call)) {
			switch t, ok := c.constantOf(inner.Call.Args[1]); {
			case ok && t >= outer:
				c.reportNested(inner, t, call, outer)
			case ok:
				c.report.Silent(inverted, inner.Pos(), isShorter)
			}
		}
	}
	for i := range flow.Uses {
		if use := &flow.Uses[i]; use.Kind == ctxflow.Argument {
			c.checkLimited(use, call, outer)
		}
	}
}

func (c *checker) reportNested(inner *ssa.Call, t time.Duration, call *ssa.Call, outer time.Duration) {
	d := analysis.Diagnostic{
		Category: inverted,
		Message:  fmt.Sprintf("this timeout of %s never comes: the context ends within %s, its parent's timeout; make it shorter, or drop it", show(t), show(outer)),
		Related:  []analysis.RelatedInformation{{Pos: call.Pos(), Message: fmt.Sprintf("the parent gets its %s here", show(outer))}},
	}
	d.Pos, d.End = c.span(inner)
	c.report.Report(d)
}

// checkLimited reports a use of the context as an argument of a function whose own
// timeout for it is not shorter.
func (c *checker) checkLimited(use *ctxflow.Use, call *ssa.Call, outer time.Duration) {
	site, ok := use.Instr.(*ssa.Call)
	if !ok {
		return
	}
	fn := ssax.Callee(&site.Call)
	if fn == nil || site.Call.IsInvoke() {
		return
	}
	inner, pos, sure := c.limitOfCallee(site, use.Arg, fn)
	switch {
	case inner == 0:
		return
	case inner < outer:
		c.report.Silent(inverted, site.Pos(), isShorter)
		return
	}
	d := analysis.Diagnostic{
		Category: inverted,
		Message:  fmt.Sprintf("%s gives its context %s, which never come: this one ends within %s; give the caller more, or the callee less", symbol.Of(fn).In(c.pass.Pkg.Path()), show(inner), show(outer)),
		Related:  []analysis.RelatedInformation{{Pos: call.Pos(), Message: fmt.Sprintf("the context gets its %s here", show(outer))}},
	}
	if pos.IsValid() {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: pos, Message: fmt.Sprintf("the callee gives it %s here", show(inner))})
	}
	d.Pos, d.End = c.span(site)
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: sure})
}

// limitOfCallee returns the timeout that the callee of a call gives to argument arg, 0
// if it gives none, and how sure it is that no other caller needs it.
func (c *checker) limitOfCallee(site *ssa.Call, arg int, fn *types.Func) (t time.Duration, pos token.Pos, sure catalog.Confidence) {
	if body := ssax.Body(ssax.Static(&site.Call)); body != nil {
		if arg >= len(body.Params) {
			return 0, token.NoPos, catalog.Medium
		}
		l, ok := c.limitOf(body.Params[arg])
		if !ok {
			return 0, token.NoPos, catalog.Medium
		}
		return l.timeout, l.pos, c.allBounded(body, arg, l.timeout)
	}
	var fact limitFact
	if !c.pass.ImportObjectFact(fn, &fact) {
		return 0, token.NoPos, catalog.Medium
	}
	explicit := arg
	if fn.Signature().Recv() != nil {
		explicit--
	}
	if explicit != fact.Param {
		return 0, token.NoPos, catalog.Medium
	}
	return fact.Timeout, location.Find(c.pass, fact.Place, fn), catalog.Medium
}

// allBounded returns high confidence if every caller gives the parameter a context with
// a constant timeout that is not longer: the limit of the callee is for nobody.
func (c *checker) allBounded(fn *ssa.Function, arg int, t time.Duration) catalog.Confidence {
	calls, all := c.builder.SSA().Index().AllCalls(fn)
	if !all {
		return catalog.Medium
	}
	for _, site := range calls {
		if arg >= len(site.Common().Args) || !c.boundedBy(site.Common().Args[arg], t) {
			return catalog.Medium
		}
	}
	return catalog.High
}

// boundedBy reports whether a context ends at most t after it was made.
func (c *checker) boundedBy(ctx ssa.Value, t time.Duration) bool {
	for range maxDerived {
		if ext, ok := ctx.(*ssa.Extract); ok {
			ctx = ext.Tuple
		}
		call, ok := ctx.(*ssa.Call)
		if !ok {
			return false
		}
		fn := ssax.Callee(&call.Call)
		if d, ok := c.timeoutOf(call); ok && d <= t {
			return true
		}
		if ctxlib.DerivesFrom(fn) != 0 {
			return false
		}
		ctx = call.Call.Args[0]
	}
	return false
}

// maxDerived bounds how many derivations of a context are followed back.
const maxDerived = 16

// timeoutOf returns the constant timeout that a call gives to a context.
func (c *checker) timeoutOf(call *ssa.Call) (time.Duration, bool) {
	if !isWithTimeout(ssax.Callee(&call.Call)) {
		return 0, false
	}
	return c.constantOf(call.Call.Args[1])
}

// limitBefore returns the constant timeout of a context, and the call that gives it.
func (c *checker) limitBefore(ctx ssa.Value) (limit, bool) {
	for range maxDerived {
		if ext, ok := ctx.(*ssa.Extract); ok {
			ctx = ext.Tuple
		}
		call, ok := ctx.(*ssa.Call)
		if !ok {
			return limit{}, false
		}
		if t, ok := c.timeoutOf(call); ok {
			return limit{t, call.Pos(), call}, true
		}
		if ctxlib.DerivesFrom(ssax.Callee(&call.Call)) != 0 {
			return limit{}, false
		}
		ctx = call.Call.Args[0]
	}
	return limit{}, false
}
