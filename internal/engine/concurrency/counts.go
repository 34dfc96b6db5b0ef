package concurrency

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Many stands for a number of sends that nothing is known to bound.
const Many = 1 << 16

// maxSeparate is how many sends of a loop without a known number of iterations are
// told apart before they are [Many].
const maxSeparate = 16

// SendsOf returns how often some run of a holder sends on its channel, with sends that
// block, in its function and in what that calls or defers: 0 if it never does, or if
// it is not understood, and at most [Many]. Sends that exclude each other count once,
// those in a loop as often as it is known to be repeated. A run that panics counts
// only where no other sends.
func (p *Package) SendsOf(h Holder) int { return p.counted(sending{Holder: h}) }

// SendsStarted returns how often goroutines send that a call of the holder starts.
func (p *Package) SendsStarted(h Holder) int { return p.counted(sending{Holder: h, started: true}) }

// SendsFrom returns how often goroutines send that an instruction of a holder starts,
// itself or in what it calls.
func (p *Package) SendsFrom(site ssa.Instruction, h *Held) (n int) {
	for _, to := range p.Handed(site, h) {
		n = min(Many, n+to.Times*p.SendsStarted(to.Holder))
		if Starts(site) {
			n = min(Many, n+p.SendsOf(to.Holder))
		}
	}
	return n
}

func (p *Package) counted(q sending) int {
	n := p.sends.Get(q)
	if n == 0 {
		q.panicking = true
		n = p.sends.Get(q)
	}
	if q.started && n > 1 && p.recursive(q.Holder) {
		return 0 // each goroutine may send, or leave that to the next one
	}
	return n
}

// recursive reports whether what a holder runs and starts with its channel may come
// back to something that is running.
func (p *Package) recursive(h Holder) bool {
	is, known := p.cycles[h]
	if !known {
		is = p.findCycle(h)
		p.cycles[h] = is
	}
	return is
}

// findCycle is recursive before the answer is kept: a search that comes back to where it is.
func (p *Package) findCycle(h Holder) bool {
	const running, done = 1, 2
	state := make(map[Holder]int)
	var visit func(h Holder) bool
	visit = func(h Holder) bool {
		if state[h] != 0 {
			return state[h] == running
		}
		state[h] = running
		for _, site := range h.Held.Sites(h.Fn) {
			for _, to := range p.Handed(site, h.Held) {
				if visit(to.Holder) {
					return true
				}
			}
		}
		state[h] = done
		return false
	}
	return visit(h)
}

// sending is the question how often a holder sends.
type sending struct {
	Holder
	started   bool // by goroutines that it starts, and not itself
	panicking bool // recover returns something
}

func (p *Package) newSends() *fixpoint.Solver[sending, int] {
	return fixpoint.New(fixpoint.Problem[sending, int]{
		Step:  p.countSends,
		Join:  joinCounts,
		Equal: func(a, b int) bool { return a == b },
		Spent: 0,
	})
}

// joinCounts joins the answers of two rounds: one that grows is that of a recursive
// function, which nothing bounds.
func joinCounts(before, now int) int {
	if before > 0 && now > before && now >= maxSeparate {
		return Many
	}
	return max(before, now)
}

func (p *Package) countSends(q sending) int {
	if d := p.Deeds(q.Holder); d&Unknown != 0 || !q.started && d&Sends == 0 || q.started && d.Started()&Sends == 0 {
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
	t := &Tally{Pkg: c.p, Each: c.counting()}
	for instr := range t.Each {
		if c.flagged(instr) {
			t.share(instr)
		}
	}
	if made, isMake := c.Held.Origin.(*ssa.MakeChan); isMake && made.Parent() == c.Fn {
		t.From = made
	}
	return t.most(c.Fn, func(e ssax.Edge) bool {
		recovers, something := c.recovers(e)
		return recovers && something != c.panicking
	})
}

// flagged reports whether all sends that a call leads to are made only while a variable
// or field still holds what it held before the first of them: the calls share one send.
func (c *counter) flagged(site ssa.Instruction) bool {
	to := c.p.Handed(site, c.Held)
	return len(to) > 0 && !slices.ContainsFunc(to, func(r Run) bool {
		return len(r.Held.Sites(r.Fn)) > 0 || slices.ContainsFunc(r.Held.Ops, func(op Op) bool {
			return op.Fn() == r.Fn && op.Kind == Send && !underFlag(op.Instr)
		})
	})
}

// underFlag reports whether control gets to an instruction only while a variable or
// field that outlives the call is false, true or nil.
func underFlag(instr ssa.Instruction) bool {
	for branch, i := range ssax.Guards(instr.Block(), nil) {
		if isFlag(branch.Cond, i) {
			return true
		}
	}
	return false
}

// counting returns the instructions of the function that lead to sends.
func (c *counter) counting() map[ssa.Instruction]int {
	all := make(map[ssa.Instruction]int)
	for _, op := range c.Held.Ops {
		if k := c.sent(op.Instr); op.Fn() == c.Fn && k > 0 {
			all[op.Instr] = k
		}
	}
	for _, site := range c.Held.Sites(c.Fn) {
		if k := c.sent(site); k > 0 {
			all[site] = k
		}
	}
	return all
}

// sent returns how many sends an instruction leads to.
func (c *counter) sent(instr ssa.Instruction) (n int) {
	if _, ok := instr.(*ssa.Send); ok && !c.started && c.Held.Has(instr) {
		return 1
	}
	if c.started {
		return c.p.SendsFrom(instr, c.Held)
	}
	if Starts(instr) {
		return 0
	}
	for _, to := range c.p.Handed(instr, c.Held) {
		n = min(Many, n+to.Times*c.p.sends.Get(sending{to.Holder, false, c.panicking}))
	}
	return n
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
// it is reached only when a time.After fires, or while a variable out of sight of the
// path, such as one that a literal captures, is false or nil:
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
	for branch, i := range ssax.Guards(instr.Block(), loop.Header) {
		if isFlag(branch.Cond, i) || firesOnce(branch, i, loop) {
			return true
		}
	}
	return false
}

// firesOnce reports whether outcome i of a branch is that a select statement has chosen
// the case for the one value of a time.After outside the loop.
func firesOnce(branch *ssa.If, i int, loop *ssax.Loop) bool {
	if !ssax.IsDispatch(branch) || i != 0 {
		return false
	}
	cmp := branch.Cond.(*ssa.BinOp)
	sel := cmp.X.(*ssa.Extract).Tuple.(*ssa.Select)
	k, ok := cmp.Y.(*ssa.Const)
	if !ok || k.Int64() < 0 || k.Int64() >= int64(len(sel.States)) {
		return false
	}
	after, ok := sel.States[k.Int64()].Chan.(*ssa.Call)
	return ok && ctxlib.IsFunc(ssax.Callee(&after.Call), "time", "After") && !loop.Contains(after)
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
