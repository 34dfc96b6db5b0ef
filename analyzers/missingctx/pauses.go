package missingctx

import (
	"cmp"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// A pause is a place where a function waits under no context although it could wait
// under one.
type pause struct {
	instr    ssa.Instruction
	category string
	what     symbol.Func // what waits
	like     *counterpart
	binder   *binding // for unbound
	likely   bool     // that its end would matter is likely, not proved
	doubted  bool     // so little is lost that it is hardly worth a change: never without likely
	remote   bool     // no chain that ends here is more than likely
	alters   bool     // it sends a request that changes something

	between *ssa.Parameter // the function that is called between two waits, on which it depends whether remote holds; may be nil

	escapes bool // what the call gives goes on living
}

// in returns the pauses of fn itself that the end of a caller's context could cut
// short.
func (c *checker) in(fn *ssa.Function) []*pause {
	known, ok := c.pauses[fn]
	if ok {
		return known
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			p := c.pauseAt(instr)
			if p == nil {
				continue
			}
			if why := c.otherPurpose(instr, p.category == sleep); why != "" {
				c.silent(p.category, instr, why)
				continue
			}
			known = append(known, p)
		}
	}
	c.pauses[fn] = known
	return known
}

// otherPurpose returns why a wait is not for a caller whose context could end it, "" if it
// may be.
func (c *checker) otherPurpose(instr ssa.Instruction, sleeps bool) decision.Reason {
	if !c.isLive(instr, sleeps) {
		return athand.OverAtHand
	}
	return cmp.Or(c.purposes.Shared(instr), purpose.Compensation(instr))
}

// isLive reports whether the context at hand, if there is one, could still end work
// where instr is: after something has failed under it, only a sleep.
func (c *checker) isLive(instr ssa.Instruction, sleeps bool) bool {
	live := c.atHand.Liveness(instr.Parent())
	return live.At(instr) || sleeps && live.Unended(instr)
}

func (c *checker) pauseAt(instr ssa.Instruction) *pause {
	switch instr := instr.(type) {
	case *ssa.Call:
		fn := ssax.Callee(&instr.Call)
		if fn == nil || fn.Pkg() == nil {
			return nil
		}
		if ctxlib.IsFunc(fn, "time", "Sleep") {
			return c.sleepFor(instr, fn, instr.Call.Args[0])
		}
		if p := c.unboundAt(instr, fn); p != nil {
			return p
		}
		return c.callAt(instr, fn)
	case *ssa.UnOp:
		return c.tickAt(instr)
	}
	return nil
}

// isPause reports whether fn is one of package time's that waits, or gives what is
// waited for.
func isPause(fn *types.Func) bool {
	if fn.Pkg().Path() != "time" {
		return false
	}
	switch fn.Name() {
	case "Sleep", "After", "NewTimer", "NewTicker", "Tick":
		return true
	}
	return false
}
