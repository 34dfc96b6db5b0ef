package ctxreset

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// goroutine reports a fresh context in a goroutine. That it does not end with the
// function is often meant; that the values of the context are lost as well hardly
// ever is: the finding is likely, and certain where the function waits for the
// goroutine or the goroutine goes on with the handler's request.
func (f *findings) goroutine(fn *ssa.Function, h *athand.Context, r *reset) (_ diag.Finding, ok bool) {
	c := f.c
	waited := c.isWaitedFor(fn, h.Func) || r.work[0].Kind == ctxflow.Started && c.joins(r.work[0].Instr)
	certain := waited || h.Request && usesCarrier(fn, h)
	if !certain && (r.likely || onItsOwn(r.instr) || runsForResult(&r.work[0])) {
		c.silent(r.seed, onTheirOwn)
		return diag.Finding{}, false
	}
	work, path := c.workOf(r.work, c.mainWork(r.work)), c.pass.Pkg.Path()
	message := fmt.Sprintf("%s in a goroutine %s, so its trace and other values are lost; pass context.WithoutCancel(%s)", c.rootName(r.seed), work.cutOff(path, h.Expr), h.Expr)
	if waited {
		if h = c.atHand.Nearest(h, r.instr); h == nil {
			c.silent(r.seed, athand.Replaced)
			return diag.Finding{}, false
		}
		message = fmt.Sprintf("%s %s although the goroutine is waited for; pass %s", c.rootName(r.seed), work.cutOff(path, h.Expr), h.Expr)
		if !r.explained {
			message += ", or context.WithoutCancel of it"
		}
	}
	found := c.finding(r, analysis.Diagnostic{Category: goroutine, Message: message}, c.withoutCancelFix(h, r))
	found.Confidence = max(found.Confidence, catalog.Grade(certain))
	return found, true
}

// onItsOwn reports whether what a goroutine does there, when nobody waits for it, does
// not look like work for the caller: it is done for one event after the other, as a
// worker does, or because something has failed.
func onItsOwn(instr ssa.Instruction) bool {
	for {
		if purpose.AfterFailure(instr.Block()) || receives(ssax.LoopsOf(instr.Parent()).Around(instr.Block())) {
			return true
		}
		maker := ssax.MakerOf(instr.Parent())
		if maker == nil {
			return false
		}
		instr = maker
	}
}

// receives reports whether every iteration of a loop may wait for a channel.
func receives(loop *ssax.Loop) bool {
	found := false
	if loop != nil {
		loop.Instructions(func(instr ssa.Instruction) bool {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				found = instr.Op == token.ARROW
			case *ssa.Select:
				found = true
			}
			return !found
		})
	}
	return found
}

// usesCarrier reports whether a literal uses the variable that carries the
// context at hand.
func usesCarrier(fn *ssa.Function, h *athand.Context) bool {
	if strings.IndexByte(h.Expr, '.') < 0 {
		return false // the context itself
	}
	for _, fv := range fn.FreeVars {
		if fv.Name() == h.Root {
			if p, ok := fv.Type().Underlying().(*types.Pointer); ok && types.Identical(p.Elem(), h.Var.Type()) {
				return true
			}
		}
	}
	return false
}
