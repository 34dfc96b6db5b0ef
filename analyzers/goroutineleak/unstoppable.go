package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"

	"github.com/ctxlint/ctxlint/internal/engine/athand"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkUnstoppable reports a goroutine that loops for ever although there is a
// context that could end it, or a method that ends others of its kind, so that
// whoever calls it believes that nothing is left. A goroutine of which neither is
// true lives as long as the process, which may be what it is for.
func (c *checker) checkUnstoppable(s concurrency.Spawn) {
	starter := s.Site.Parent()
	loopPos, loopText := token.NoPos, ""
	var loop *ssax.Loop
	if s.Fn != nil {
		loop = c.pkg.NeverEnds(s.Fn)
		if loop == nil || !c.does(loop) || c.spins(loop) {
			return
		}
		loopPos = c.loopPos(loop)
		if c.seen[loopPos] {
			return
		}
	} else {
		fn := ssax.Callee(s.Site.Common())
		fact := new(endlessFact)
		if fn == nil || !c.pass.ImportObjectFact(fn.Origin(), fact) {
			return
		}
		loopText = fmt.Sprintf(" (%s loops at %s)", fn.Name(), fact.Loop)
	}
	var owner, advice string
	var ownerPos token.Pos
	if ctx := athand.Nameable(starter); ctx != nil {
		owner, ownerPos = fmt.Sprintf("the context %s is done", ctx.Name()), ctx.Pos()
		advice = fmt.Sprintf("select on %s in the loop and return", doneExpr(ctx))
	} else if stop := c.stopper(s, loop); stop != nil {
		owner, ownerPos = fmt.Sprintf("%s is called", stop.Name()), stop.Pos()
		advice = fmt.Sprintf("give the loop a channel that %s closes", stop.Name())
	} else {
		return
	}
	var related []analysis.RelatedInformation
	if loopPos.IsValid() {
		related = append(related, analysis.RelatedInformation{Pos: loopPos, Message: "this loop has no way out"})
	}
	if ownerPos.IsValid() && c.inPackage(ownerPos) {
		related = append(related, analysis.RelatedInformation{Pos: ownerPos, Message: "what should end the goroutine"})
	}
	c.seen[loopPos] = true
	c.found(analysis.Diagnostic{
		Pos:      s.Site.Pos(),
		End:      s.Site.Pos() + token.Pos(len("go")),
		Category: unstoppable,
		Message:  fmt.Sprintf("the goroutine runs on when %s: it loops for ever%s; %s", owner, loopText, advice),
		Related:  related,
	})
}

// stopper returns the method that should end the loop: one of what the goroutine is
// a method of, or of what starts it. Nil if there is none or the loop is another
// package's.
func (c *checker) stopper(s concurrency.Spawn, loop *ssax.Loop) *types.Func {
	if loop == nil {
		return nil
	}
	if stop := c.pkg.Stopper(s.Fn, loop); stop != nil {
		return stop
	}
	return c.pkg.Stopper(s.Site.Parent(), loop)
}

// doneExpr returns how the code would name the channel of the context.
func doneExpr(ctx *types.Var) string {
	if carrier := carrierExpr(ctx); carrier != "" {
		return carrier + ".Done()"
	}
	return ctx.Name() + ".Done()"
}

// does reports whether the loop does anything: a call or an operation on a
// channel. An empty one is not a leak but a mistake of another kind.
func (c *checker) does(loop *ssax.Loop) bool {
	found := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case ssa.CallInstruction, *ssa.Send, *ssa.Select:
			found = true
		case *ssa.UnOp:
			found = found || instr.Op == token.ARROW
		}
		return !found
	})
	return found
}

// spins reports whether the loop hears of the end of a context, but stays:
// selectdefault reports that.
func (c *checker) spins(loop *ssax.Loop) bool {
	hears := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		if sel, ok := instr.(*ssa.Select); ok {
			for _, s := range sel.States {
				hears = hears || s.Dir == types.RecvOnly && c.pkg.OfValue(s.Chan).Signal()
			}
		}
		return !hears
	})
	return hears
}

// inPackage reports whether the position is in the source of the package.
func (c *checker) inPackage(pos token.Pos) bool {
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return true
		}
	}
	return false
}
