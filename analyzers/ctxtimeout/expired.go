package ctxtimeout

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkExpired reports a context whose deadline has passed when it is made.
func (c *checker) checkExpired(call *ssa.Call) {
	fn := ssax.Callee(&call.Call)
	var why string
	if isWithTimeout(fn) {
		if d, ok := c.constantOf(call.Call.Args[1]); ok && d <= 0 {
			why = fmt.Sprintf("a timeout of %s has passed when the context is made, so that it is never live; give it time, or do not set a deadline", show(d))
		}
	} else {
		why = c.pastWhy(call.Call.Args[1], call.Parent())
	}
	switch {
	case why == "":
		c.report.Silent(expired, call.Pos(), notPast)
		return
	case saysExpired(c, call):
		c.report.Silent(expired, call.Pos(), meantToEnd)
		return
	}
	d := analysis.Diagnostic{Category: expired, Message: why}
	d.Pos, d.End = c.span(call)
	confidence := catalog.High
	if c.writtenAsPast(call) {
		confidence = catalog.Low // a poll of what is there may be what is wanted
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// writtenAsPast reports whether the deadline of a context, where it is made, is written as
// one that has passed, so that nobody can have missed it: 0, a negative time, now, or the
// zero time.
func (c *checker) writtenAsPast(call *ssa.Call) bool {
	e := c.syntax.Call(call.Pos())
	if e == nil || len(e.Args) < 2 {
		return false
	}
	switch arg := ast.Unparen(e.Args[1]).(type) {
	case *ast.BasicLit, *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		return arg.Op == token.SUB
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(c.pass.TypesInfo, arg).(*types.Func)
		if ctxlib.IsMethod(fn, "time", "Time", "Add") {
			minus, ok := ast.Unparen(arg.Args[0]).(*ast.UnaryExpr)
			return ok && minus.Op == token.SUB
		}
		return ctxlib.IsFunc(fn, "time", "Now") || ctxlib.IsFunc(fn, "time", "Unix")
	}
	return false
}

// saysExpired reports whether the name of the function, or of the context, says that an
// end that has come is what is wanted.
func saysExpired(c *checker, call *ssa.Call) bool {
	if (words.Over | words.Past).In(ssax.ShortName(ssax.Outermost(call.Parent()))) {
		return true
	}
	ctx := ssax.Result(call, 0)
	if ctx == nil {
		return true // only the cancel function is wanted
	}
	for _, ref := range *ctx.Referrers() {
		if st, ok := ref.(*ssa.Store); ok {
			if place := ssax.Place(st.Addr); place != nil && (words.Over | words.Past).In(place.Name()) {
				return true
			}
		}
	}
	return false
}

// pastWhy says why a deadline has passed, "" if it has not.
func (c *checker) pastWhy(v ssa.Value, in *ssa.Function) string {
	const remedy = "so that the context is never live; give it a time in the future"
	switch v := v.(type) {
	case *ssa.Const:
		return "the deadline is the zero time, " + remedy
	case *ssa.UnOp:
		if g, ok := v.X.(*ssa.Global); ok && c.isStartTime(g) && !atStart(in) {
			return fmt.Sprintf("the deadline %s is set once, when the process starts, and has passed for later calls; add the time here to time.Now()", g.Name())
		}
		if cell, ok := v.X.(*ssa.Alloc); ok {
			if uses := ssax.UsesOf(cell); !uses.Escapes && len(uses.Stores) == 0 {
				return "the deadline is the zero time, " + remedy
			}
		}
	case *ssa.Call:
		fn := ssax.Callee(&v.Call)
		switch {
		case ctxlib.IsFunc(fn, "time", "Now"):
			return "the deadline is now, " + remedy
		case ctxlib.IsFunc(fn, "time", "Unix") && isSmallConst(v.Call.Args[0]):
			return "the deadline has passed long ago, " + remedy
		case ctxlib.IsMethod(fn, "time", "Time", "Add"):
			recv, args := ssax.Receiver(&v.Call)
			now, ok := recv.(*ssa.Call)
			if d, isConst := c.constantOf(args[0]); ok && isConst && d <= 0 && ctxlib.IsFunc(ssax.Callee(&now.Call), "time", "Now") {
				return "the deadline is not after now, " + remedy
			}
		}
	}
	return ""
}

// isSmallConst reports whether v is a constant number of seconds before the first
// release of Go.
func isSmallConst(v ssa.Value) bool {
	const release = 1332892800
	k, ok := v.(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.Int && k.Int64() < release
}

// isStartTime reports whether a package variable always has the time at which the
// process started, or one that is a constant later.
func (c *checker) isStartTime(g *ssa.Global) bool {
	set, ok := c.setAtStart(g)
	if !ok {
		return false
	}
	call, ok := set.(*ssa.Call)
	if !ok {
		return false
	}
	if ctxlib.IsMethod(ssax.Callee(&call.Call), "time", "Time", "Add") {
		recv, _ := ssax.Receiver(&call.Call)
		if call, ok = recv.(*ssa.Call); !ok {
			return false
		}
	}
	return ctxlib.IsFunc(ssax.Callee(&call.Call), "time", "Now")
}

// setAtStart returns what the declaration of a package variable sets it to, if nothing
// else does.
func (c *checker) setAtStart(g *ssa.Global) (ssa.Value, bool) {
	if g.Pkg != c.builder.SSA().Pkg || g.Object() == nil || g.Object().Exported() {
		return nil, false
	}
	uses := c.builder.SSA().Index().Global(g)
	set, ok := uses.Only()
	return set, ok && ssax.IsInit(uses.Stores[0].Parent())
}

// atStart reports whether fn runs once, at the start of the process.
func atStart(fn *ssa.Function) bool { return ssax.IsInit(fn) || ssax.IsMain(fn) }

// checkStartTimes reports where fn, which is called with a context or for a request,
// uses a text of the time that was made when the process started.
func (c *checker) checkStartTimes(fn *ssa.Function) {
	if !perCall(fn.Signature) || ssax.InTest(fn) {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			load, ok := instr.(*ssa.UnOp)
			if !ok || load.Op != token.MUL {
				continue
			}
			g, ok := load.X.(*ssa.Global)
			if !ok || !c.isFormattedStart(g) {
				continue
			}
			c.report.ReportFinding(diag.Finding{
				Confidence: catalog.Medium,
				Diagnostic: analysis.Diagnostic{
					Pos: load.Pos(), Category: expired,
					Message: fmt.Sprintf("%s is the time when the process started, not that of this call; format time.Now() here", g.Name()),
					Related: []analysis.RelatedInformation{{Pos: g.Pos(), Message: "it is made once, here"}},
				},
			})
		}
	}
}

// perCall reports whether a function is given a context or a request.
func perCall(sig *types.Signature) bool {
	params := sig.Params()
	for p := range params.Variables() {
		if ctxlib.IsContext(p.Type()) || web.IsRequest(p, params) {
			return true
		}
	}
	return false
}

func (c *checker) isFormattedStart(g *ssa.Global) bool {
	set, ok := c.setAtStart(g)
	if !ok || words.Begins.In(g.Name()) || words.Starts.In(g.Name()) {
		return false
	}
	call, ok := set.(*ssa.Call)
	if !ok || !ctxlib.IsMethod(ssax.Callee(&call.Call), "time", "Time", "Format") {
		return false
	}
	recv, _ := ssax.Receiver(&call.Call)
	now, ok := recv.(*ssa.Call)
	return ok && ctxlib.IsFunc(ssax.Callee(&now.Call), "time", "Now")
}
