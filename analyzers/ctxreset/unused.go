package ctxreset

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// checkUnused reports the contexts that fn makes, with a deadline or a value, and
// does not use, although its calls get the parent.
func (f *findings) checkUnused(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				f.unused(call)
			}
		}
	}
}

func (f *findings) unused(call *ssa.Call) {
	c := f.c
	callee := ssax.Callee(&call.Call)
	switch {
	case ctxlib.IsContext(call.Type()) && ctxlib.DerivesFrom(callee) >= 0:
		if len(*call.Referrers()) == 0 {
			f.reportUnused(call, fmt.Sprintf("the context of %s is dropped, so nothing sees what it adds; pass it on", symbol.Of(callee).In(c.pass.Pkg.Path())))
		}
	case ctxlib.IsMethod(callee, "net/http", "Request", "WithContext"):
		if len(*call.Referrers()) == 0 {
			f.reportUnused(call, "the request of WithContext is dropped, so the context is never used: WithContext returns a copy; assign it")
		}
	case ctxlib.IsDeadline(callee):
		parent := call.Call.Args[0]
		if contextOf(call) == nil && c.passedOn(parent, call) {
			f.reportUnused(call, fmt.Sprintf("the context of context.%s is never used while its parent is passed on, so the deadline has no effect; pass the new one", callee.Name()))
		}
	}
}

func (f *findings) reportUnused(call *ssa.Call, message string) {
	d := analysis.Diagnostic{Category: unused, Message: message}
	d.Pos, d.End = f.c.span(call)
	f.c.report.Report(d)
}

// contextOf returns the context among a call's results if anything uses it.
func contextOf(call *ssa.Call) ssa.Value {
	for _, ref := range *call.Referrers() {
		if ext, ok := ref.(*ssa.Extract); ok && ext.Index == 0 && len(*ext.Referrers()) > 0 {
			return ext
		}
	}
	return nil
}

// passedOn reports whether the context parent is an argument of a call that runs
// after the call that derives another from it.
func (c *checker) passedOn(parent ssa.Value, after *ssa.Call) bool {
	for _, same := range sameContext(parent) {
		for _, u := range ctxflow.Follow(same, nil).Uses {
			if u.Kind == ctxflow.Argument && len(u.Steps) == 0 && u.Instr != ssa.Instruction(after) &&
				u.Instr.Parent() == after.Parent() && follows(u.Instr, after) && !c.endsSomething(after.Parent(), u.Call()) {
				return true
			}
		}
	}
	return false
}

// sameContext returns v and, if v is the result of r.Context(), those of the same
// call elsewhere in the function.
func sameContext(v ssa.Value) []ssa.Value {
	out := []ssa.Value{v}
	call, ok := v.(*ssa.Call)
	if !ok || ssax.Callee(&call.Call) == nil || len(call.Call.Args) != 1 {
		return out
	}
	for _, ref := range *call.Call.Args[0].Referrers() {
		if other, ok := ref.(*ssa.Call); ok && other != call && ssax.Callee(&other.Call) == ssax.Callee(&call.Call) {
			out = append(out, other)
		}
	}
	return out
}

// follows reports whether instr can run after first, both of one function, other
// than in another iteration of a loop around both.
func follows(instr, first ssa.Instruction) bool {
	return !ssax.Dominates(instr, first) && ssax.Reaches(first, instr)
}
