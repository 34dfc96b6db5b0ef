package concurrency

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// Many stands for a number of sends that nothing is known to bound.
const Many = 16

// Sends returns how often some run of fn sends on ch, with sends that block, in fn
// itself and in functions of the package that it calls or defers: 0 if it never
// does, or if fn is not understood, and at most [Many]. Sends that exclude each
// other count once, those in a loop as often as it is known to be repeated. A run
// that panics counts only where no other sends.
func (p *Package) Sends(fn *ssa.Function, ch *Channel) int {
	if n := p.sends.Get(sending{fn, ch, false}); n > 0 {
		return n
	}
	return p.sends.Get(sending{fn, ch, true})
}

// sending is the question of [Package.Sends].
type sending struct {
	fn        *ssa.Function
	ch        *Channel
	panicking bool // recover returns something
}

func (p *Package) newSends() *fixpoint.Solver[sending, int] {
	return fixpoint.New(fixpoint.Problem[sending, int]{
		Step:  p.countSends,
		Join:  func(before, now int) int { return max(before, now) },
		Equal: func(a, b int) bool { return a == b },
		Spent: 0,
	})
}

func (p *Package) countSends(q sending) int {
	if q.fn == nil || len(q.fn.Blocks) == 0 {
		return 0
	}
	most, ok := (&counter{p, q}).count()
	if !ok {
		return 0
	}
	return most
}

// A counter counts along the paths of one function.
type counter struct {
	p *Package
	sending
}

func (c *counter) count() (most int, ok bool) {
	step := func(instr ssa.Instruction, n int) (int, bool) {
		k := c.sent(instr)
		switch {
		case k == 0:
		case c.trips(instr) > 0:
			// counted where the loop is entered
		case c.p.Once(instr):
			n = max(n, k)
		default:
			n = min(Many, n+k)
		}
		most = max(most, n)
		return n, false
	}
	cross := func(e ssax.Edge, n int) (int, bool) {
		if recovers, something := c.recovers(e); recovers && something != c.panicking {
			return n, true
		}
		n = min(Many, n+c.inLoop(e))
		most = max(most, n)
		return n, false
	}
	ok = c.p.Walk(c.fn, nil, 0, &Walk{Step: step, Cross: cross})
	return most, ok
}

// sent returns how many sends an instruction leads to.
func (c *counter) sent(instr ssa.Instruction) int {
	switch instr := instr.(type) {
	case *ssa.Send:
		if c.p.OfValue(instr.Chan) == c.ch {
			return 1
		}
	case *ssa.Call:
		return c.called(&instr.Call)
	case *ssa.Defer:
		return c.called(&instr.Call)
	}
	return 0
}

func (c *counter) called(call *ssa.CallCommon) int {
	if callee := c.p.Callee(call); callee != nil {
		return c.p.sends.Get(sending{callee, c.ch, c.panicking})
	}
	return 0
}

// trips returns the number of iterations of the loop around an instruction, 0 if it
// is in none or that is not known.
func (c *counter) trips(instr ssa.Instruction) int {
	loop := c.p.Loops(c.fn).Around(instr.Block())
	if loop == nil {
		return 0
	}
	n, _ := loop.Trips()
	return int(min(Many, n))
}

// inLoop returns the sends of a loop with a known number of iterations that the edge
// enters: all of them where each iteration sends, and one where it may.
func (c *counter) inLoop(e ssax.Edge) (sends int) {
	loop := c.p.Loops(c.fn).Around(e.To())
	if loop == nil || loop.Header != e.To() || loop.Blocks[e.From] {
		return 0
	}
	n, ok := loop.Trips()
	if !ok {
		return 0
	}
	loop.Instructions(func(instr ssa.Instruction) bool {
		k := c.sent(instr)
		if k == 0 || c.p.Loops(c.fn).Around(instr.Block()) != loop {
			return true
		}
		if everyIteration(loop, instr.Block()) {
			sends = min(Many, sends+k*int(min(Many, n)))
		} else if n > 0 {
			sends = max(sends, k)
		}
		return true
	})
	return sends
}

// everyIteration reports whether each iteration that is not the last runs b.
func everyIteration(loop *ssax.Loop, b *ssa.BasicBlock) bool {
	for _, latch := range loop.Header.Preds {
		if loop.Blocks[latch] && !b.Dominates(latch) {
			return false
		}
	}
	return true
}

// recovers reports whether the edge depends on the result of recover, and whether
// it is for one that is not nil.
func (c *counter) recovers(e ssax.Edge) (ok, something bool) {
	branch := ssax.BranchOf(e.From)
	if branch == nil {
		return false, false
	}
	cmp, isCmp := branch.Cond.(*ssa.BinOp)
	if !isCmp || !ssax.IsNil(cmp.Y) || cmp.Op != token.EQL && cmp.Op != token.NEQ {
		return false, false
	}
	call, isCall := cmp.X.(*ssa.Call)
	if !isCall {
		return false, false
	}
	b, isBuiltin := call.Call.Value.(*ssa.Builtin)
	return isBuiltin && b.Name() == "recover", (cmp.Op == token.NEQ) == (e.Succ == 0)
}

// Once reports whether an instruction in a loop may run only the first time, because
// it is reached only while a variable out of sight of the path, such as one that a
// literal captures, is false or nil:
//
//	if !sent {
//		sent = true
//		ch <- v
//	}
func (p *Package) Once(instr ssa.Instruction) bool {
	loop := p.Loops(instr.Parent()).Around(instr.Block())
	if loop == nil {
		return false
	}
	for b := instr.Block(); b != nil && b != loop.Header; b = b.Idom() {
		branch := ssax.BranchOf(b.Idom())
		if branch == nil {
			continue
		}
		for i := range b.Idom().Succs {
			if ssax.OnlyBy(instr.Block(), branch, i) && isFlag(branch.Cond, i) {
				return true
			}
		}
	}
	return false
}

// isFlag reports whether outcome i of a condition may be that a variable or field
// still holds false, true or nil.
func isFlag(cond ssa.Value, i int) bool {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond = not.X
	}
	if cmp, ok := cond.(*ssa.BinOp); ok {
		stillNil := cmp.Op == token.EQL && i == 0 || cmp.Op == token.NEQ && i == 1
		if !stillNil || !ssax.IsNil(cmp.Y) {
			return false
		}
		cond = cmp.X
	}
	return ssax.LoadedFrom(cond) != nil
}
