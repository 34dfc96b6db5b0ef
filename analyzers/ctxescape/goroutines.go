package ctxescape

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// checkRequest reports what outlives a request although it depends on its context.
func (c *checker) checkRequest(r *request) {
	if isRequest(r.param.Type()) {
		c.checkStored(r, r.param, categoryStored)
	}
	for _, ctx := range r.contexts() {
		c.checkStored(r, ctx, categoryStored)
		if r.whole { // otherwise its receiver may be made for this request
			c.checkBound(ctx, r.fn, "of "+r.noun+", which ends when the handler returns", surely)
		}
		flow := ctxflow.Follow(ctx, nil)
		for i := range flow.Uses {
			c.checkGoroutine(r, &flow.Uses[i], flow.Seed)
		}
	}
	c.silentGoroutines(r)
}

// checkGoroutine reports a goroutine that works under the context of the request and
// may do so after the handler has returned.
func (c *checker) checkGoroutine(r *request, u *ctxflow.Use, seed ssa.Value) {
	if u.Kind != ctxflow.Argument && u.Kind != ctxflow.Started {
		return
	}
	start := c.startOf(u, r.fn)
	if start == nil {
		c.checkStarter(r, u)
		return
	}
	sure, why := c.lateWork(u, start, r.fn)
	if sure == no || c.reported[start] {
		c.silent(categoryGoroutine, start, why)
		return
	}
	c.reported[start] = true
	if r.part {
		sure = likely // its caller may wait
	}
	pos, end := start.Pos(), start.Pos()+token.Pos(len("go"))
	c.report.ReportFinding(diag.Finding{Confidence: sure.confidence(), Diagnostic: analysis.Diagnostic{
		Pos: pos, End: end,
		Category:       categoryGoroutine,
		Message:        fmt.Sprintf("this goroutine works under the context of %s, which ends when the handler returns, and nothing waits for it; use context.WithoutCancel", r.noun),
		Related:        []analysis.RelatedInformation{{Pos: r.fn.Pos(), Message: "the handler"}, {Pos: u.Instr.Pos(), Message: "works under the context"}},
		SuggestedFixes: c.detachFix(u, start, seed),
	}})
}

// checkStarter reports a call of a function that starts such a goroutine.
func (c *checker) checkStarter(r *request, u *ctxflow.Use) {
	d := c.deedOfUse(u)
	switch {
	case d.starts == no || c.reported[u.Instr]:
		return
	case c.endedHere(u, r.fn):
		c.silent(categoryGoroutine, u.Instr, cancelled)
		return
	}
	after := ssax.Search{Goal: c.joins.GoesOn}
	if after.After(u.Instr) {
		c.silent(categoryGoroutine, u.Instr, waitsLater)
		return
	}
	c.reported[u.Instr] = true
	sure := min(d.starts, c.derived(u))
	if r.part {
		sure = likely
	}
	found := analysis.Diagnostic{
		Category: categoryGoroutine,
		Message:  fmt.Sprintf("%s starts a goroutine that works under the context of %s, which ends when the handler returns, and nothing waits for it; use context.WithoutCancel", c.name(u.Call()), r.noun),
		Related:  []analysis.RelatedInformation{{Pos: r.fn.Pos(), Message: "the handler"}},
	}
	if at := location.Find(c.pass, d.starter, ssax.Callee(u.Call())); at.IsValid() {
		found.Related = append(found.Related, analysis.RelatedInformation{Pos: at, Message: "the goroutine"})
	}
	found.Pos, found.End = c.span(u.Instr)
	c.report.ReportFinding(diag.Finding{Confidence: sure.confidence(), Diagnostic: found})
}

func (g grade) confidence() catalog.Confidence { return catalog.Grade(g == surely) }
