package missingctx

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxforms"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// check looks at all functions, and reports the chains together.
func (c *checker) check() {
	found := &findings{c, make(map[chainEnd][]*chainCall)}
	for _, fn := range c.builder.SSA().Funcs {
		c.report.Guard(fn.Pos(), func() { found.check(fn) })
	}
	found.report()
}

// findings collects what a package does wrong, so that calls of one helper are reported
// together.
type findings struct {
	c      *checker
	chains map[chainEnd][]*chainCall
}

// check looks at one function or function literal.
func (f *findings) check(fn *ssa.Function) {
	c := f.c
	if fn.Syntax() == nil {
		return
	}
	if ssax.InTest(fn) {
		c.silentIn(fn, inTest)
		return
	}
	h := c.atHand.Worthwhile(fn)
	if why := c.unfit(fn, h); why != "" {
		c.silentIn(fn, why)
		return
	}
	for _, p := range c.in(fn) {
		if near := c.atHand.Nearest(h, p.instr); near != nil {
			c.reportPause(p, near)
		} else {
			c.silent(p.category, p.instr, athand.Replaced)
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				f.chain(call, h)
			}
		}
	}
	c.checkWaits(fn, h)
}

// onlyTells reports whether a function does nothing with its context but log and trace:
// it is there for that.
func (c *checker) onlyTells(h *athand.Context) bool {
	if h.Expr != h.Root {
		return false
	}
	i := slices.IndexFunc(h.Func.Params, func(p *ssa.Parameter) bool { return p.Object() == h.Var })
	if i < 0 {
		return false
	}
	uses := ctxflow.Follow(h.Func.Params[i], nil).Uses
	return len(uses) > 0 && !slices.ContainsFunc(uses, func(u ctxflow.Use) bool {
		if u.Kind != ctxflow.Argument {
			return true
		}
		callee := ssax.Callee(u.Call())
		return callee == nil || c.uses.Of(callee) != ctxuse.Inert
	})
}

// reportPause reports a pause where the context near could cut it short.
func (c *checker) reportPause(p *pause, near *athand.Context) {
	d := analysis.Diagnostic{Category: p.category, Message: c.message(p, near)}
	d.Pos, d.End = c.span(p.instr)
	found := diag.Finding{Diagnostic: d, Confidence: c.confidence(p.instr, near, nil, p.likely, p.doubted)}
	if fix := c.fix(p, near); fix != nil {
		found.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	found.Doubt(near.Doubt())
	c.report.ReportFinding(found)
}

// confidence says how much is proved of a wait at an instruction that the end of a context
// could cut short, itself or at the end of a chain, and how likely it is that somebody
// wants that.
func (c *checker) confidence(instr ssa.Instruction, near *athand.Context, hops callpath.Path, likely, doubted bool) catalog.Confidence {
	if doubted || near.Kept() || c.settlesUp(instr) || c.startsUp(instr) || c.purposes.OutlivesContext(instr.Parent()) || purpose.SetsGoing(instr.Parent(), hops) {
		return catalog.Low
	}
	return catalog.Grade(!likely)
}

// message says what waits, and what to do.
func (c *checker) message(p *pause, near *athand.Context) string {
	what := p.what.In(c.pass.Pkg.Path())
	switch {
	case p.category == sleep:
		return fmt.Sprintf("the wait for %s goes on after %s has ended; select on %s.Done() beside a timer, and return", what, near.Expr, near.Expr)
	case p.category == unbound:
		return fmt.Sprintf("%s waits under no context, so it goes on after %s has ended; bind it by %s(%s)", what, near.Expr, p.binder.With, near.Expr)
	case p.like.When == ctxforms.Sent:
		return fmt.Sprintf("the request of %s has no context and goes on after %s has ended; use %s with %s", what, near.Expr, p.like.Name(), near.Expr)
	}
	return fmt.Sprintf("%s goes on after %s has ended; use %s with %s", what, near.Expr, p.like.Name(), near.Expr)
}

// settlesUp reports whether the name of the function around an instruction hints that it
// deals with what is left at the end.
func (c *checker) settlesUp(instr ssa.Instruction) bool {
	return words.SettlesUp(ssax.Outermost(instr.Parent()).Name())
}

// startsUp reports whether an instruction runs when the process starts.
func (c *checker) startsUp(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && c.purposes.RunsAtStart(call)
}

// takesOne reports whether the arguments of a call include a context, or what carries
// one.
func takesOne(call *ssa.CallCommon) bool {
	return ctxlib.Takes(call.Signature()) || slices.ContainsFunc(call.Args, carriesOne)
}

func carriesOne(v ssa.Value) bool { return ctxlib.Carries(v.Type()) }
