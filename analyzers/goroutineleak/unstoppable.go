package goroutineleak

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkUnstoppable reports a goroutine that loops forever although there is a
// context that could end it, or a method that ends others of its kind, so that
// whoever calls it believes that nothing is left. Any other goroutine lives as long
// as the process, which may be what it is for. It does not matter whether the loop
// hears of the end and stays: selectdefault leaves that to this category, whether
// it is enabled or not.
func (c *checker) checkUnstoppable(s concurrency.Spawn) {
	loopPos, loopText := token.NoPos, ""
	var ending *concurrency.Ending
	var loop *ssax.Loop
	if s.Fn != nil {
		if loop, ending = c.pkg.Unstoppable(s); loop == nil {
			c.silent(unstoppable, s.Site, c.endOfGoroutine(s))
			return
		}
		loopPos = c.loopPos(loop)
		if c.seen[loopPos] {
			c.silent(unstoppable, s.Site, saidAlready)
			return
		}
	} else {
		fn := ssax.Callee(s.Site.Common())
		fact := new(endlessFact)
		switch {
		case fn == nil || !c.pass.ImportObjectFact(fn.Origin(), fact):
			c.silent(unstoppable, s.Site, outOfSight)
			return
		case fact.Reported:
			c.silent(unstoppable, s.Site, saidAlready)
			return
		}
		if ending = c.pkg.EndingOf(s, nil); ending == nil {
			c.silent(unstoppable, s.Site, nobodyEnds)
			return
		}
		loopText = fmt.Sprintf(" (%s loops at %s)", fn.Name(), fact.Loop)
	}
	owner, ownerPos, advice := describe(ending)
	why := fmt.Sprintf("it loops forever%s; %s", loopText, advice)
	var related []analysis.RelatedInformation
	if loopPos.IsValid() {
		related = append(related, analysis.RelatedInformation{Pos: loopPos, Message: "this loop has no way out"})
	}
	heard := c.hears(loop)
	if heard != nil {
		why = "its loop hears of the end and stays, and then spins; return in that case"
		related = append(related, analysis.RelatedInformation{Pos: heard.Pos, Message: "this case does not leave the loop"})
	}
	if ownerPos.IsValid() && c.inPackage(ownerPos) {
		related = append(related, analysis.RelatedInformation{Pos: ownerPos, Message: "what should end the goroutine"})
	}
	c.seen[loopPos] = true
	c.foundUnder(ending, s.Site.Parent(), catalog.High, analysis.Diagnostic{
		Pos:      s.Site.Pos(),
		End:      s.Site.Pos() + token.Pos(len("go")),
		Category: unstoppable,
		Message:  fmt.Sprintf("the goroutine runs on when %s, because %s", owner, why),
		Related:  related,
	})
}

// describe says when the goroutine should end, where that is declared, and how to
// make it end.
func describe(e *concurrency.Ending) (owner string, pos token.Pos, advice string) {
	if e.Stop == nil {
		return when(e), declared(e).Pos(), fmt.Sprintf("select on %s in the loop and return", signal(e))
	}
	return fmt.Sprintf("%s is called", e.Stop.Name()), e.Stop.Pos(), fmt.Sprintf("give the loop a channel that %s closes", e.Stop.Name())
}

// hears returns the case in which the loop hears of the end of a context, even if it
// stays; nil if there is none, or no loop of this package.
func (c *checker) hears(loop *ssax.Loop) *ssa.SelectState {
	if loop == nil {
		return nil
	}
	var heard *ssa.SelectState
	loop.Instructions(func(instr ssa.Instruction) bool {
		if sel, ok := instr.(*ssa.Select); ok && heard == nil {
			if i := slices.IndexFunc(sel.States, c.pkg.HearsEnd); i >= 0 {
				heard = sel.States[i]
			}
		}
		return heard == nil
	})
	return heard
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
