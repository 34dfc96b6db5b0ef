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

// A Tally counts, along the paths of a function, what some of its instructions add.
type Tally struct {
	Pkg  *Package
	Each map[ssa.Instruction]int // what the instructions add
	From ssa.Instruction         // where each path begins, also that of the next iteration; nil for the entry

	shared map[ssa.Instruction]bool // those of which only the first that is run adds something
}

// share makes an instruction one of those of which only the first adds something.
func (t *Tally) share(instr ssa.Instruction) {
	if t.shared == nil {
		t.shared = make(map[ssa.Instruction]bool)
	}
	t.shared[instr] = true
}

// Add returns the count after an instruction, given the count before it. What a loop
// with a known number of iterations adds is counted where the path enters it: see
// [Tally.Enter].
func (t *Tally) Add(instr ssa.Instruction, n int) int {
	k := t.Each[instr]
	loop := t.Pkg.Loops(instr.Parent()).Around(instr.Block())
	switch {
	case k == 0 || t.hasTrips(loop):
		return n
	case t.shared[instr] || t.Pkg.Once(instr):
		return max(n, k)
	case loop != nil && n+k >= maxSeparate:
		return Many
	}
	return min(Many, n+k)
}

// Enter returns the count after an edge that may enter a loop with a known number of
// iterations, given the count before it. It adds what its instructions add in all
// iterations, where each runs them, and what one adds, where it may. Loops with known
// numbers inside it are part of it.
func (t *Tally) Enter(e ssax.Edge, n int) int {
	loops := t.Pkg.Loops(e.From.Parent())
	loop := loops.Around(e.To())
	if loop == nil || loop.Header != e.To() || loop.Blocks[e.From] || !t.hasTrips(loop) || t.hasTrips(loop.Parent) {
		return n
	}
	all, once, shared := 0, 0, 0
	for instr, k := range t.Each {
		times, every := iterations(loops.Around(instr.Block()), loop, instr.Block())
		switch {
		case times == 0:
		case t.shared[instr]:
			shared = max(shared, k)
		case every:
			all = min(Many, all+k*int(times))
		default:
			once = max(once, k)
		}
	}
	more := max(all, once)
	if loop.Parent != nil && more > 0 && n+more >= maxSeparate && !t.begins(loop.Parent) {
		return Many
	}
	return max(min(Many, n+more), shared)
}

// Most returns the highest count on any path of fn; ok is false if that is not
// understood.
func (t *Tally) Most(fn *ssa.Function) (most int, ok bool) {
	return t.most(fn, func(ssax.Edge) bool { return false })
}

// most is Most for the paths without edges that skip accepts.
func (t *Tally) most(fn *ssa.Function, skip func(ssax.Edge) bool) (most int, ok bool) {
	step := func(instr ssa.Instruction, n int) (int, bool) {
		n = t.Add(instr, n)
		most = max(most, n)
		return n, instr == t.From
	}
	past := t.Pkg.After(fn, t.Each)
	cross := func(e ssax.Edge, n int) (int, bool) {
		if skip(e) {
			return n, true
		}
		n = t.Enter(e, n)
		most = max(most, n)
		return n, past(e.To())
	}
	ok = t.Pkg.Walk(fn, t.From, 0, &Walk{Step: step, Cross: cross})
	return most, ok
}

// After returns a function that reports whether control has passed, for good, all of
// some instructions of fn when it gets to a block.
func (p *Package) After(fn *ssa.Function, instrs map[ssa.Instruction]int) func(*ssa.BasicBlock) bool {
	order, last := p.orderOf(fn), 0
	for instr := range instrs {
		last = max(last, order[instr.Block().Index])
	}
	return func(b *ssa.BasicBlock) bool {
		for loop := p.Loops(fn).Around(b); loop != nil; loop = loop.Parent {
			b = loop.Header
		}
		return order[b.Index] > last
	}
}

// orderOf returns a number for each block of fn that is less than those of the blocks
// after it, other than by a loop.
func (p *Package) orderOf(fn *ssa.Function) []int {
	order := p.orders[fn]
	if order == nil {
		order = make([]int, len(fn.Blocks))
		for i, b := range ssax.Postorder(fn) {
			order[b.Index] = len(fn.Blocks) - i
		}
		p.orders[fn] = order
	}
	return order
}

// hasTrips reports whether the number of iterations of a loop is known, as far as it is
// repeated on one path.
func (t *Tally) hasTrips(loop *ssax.Loop) bool {
	if loop == nil || t.begins(loop) {
		return false
	}
	_, ok := loop.Trips()
	return ok
}

// begins reports whether paths begin in the loop.
func (t *Tally) begins(loop *ssax.Loop) bool { return t.From != nil && loop.Contains(t.From) }

// iterations returns how often a block in the loop inner, or in none, is run when the
// loop outer is, if it is in that: 0 if it is not, or the number is unknown. every is
// false if not all iterations run it.
func iterations(inner, outer *ssax.Loop, b *ssa.BasicBlock) (times int64, every bool) {
	times, every = 1, true
	for loop := inner; loop != nil; loop = loop.Parent {
		n, ok := loop.Trips()
		if !ok {
			return 0, false
		}
		times = min(Many, times*n)
		every = every && everyIteration(loop, b)
		if loop == outer {
			return times, every
		}
		b = loop.Header
		if guard := loop.Guard(); guard.From != nil {
			b = guard.From
		}
	}
	return 0, false
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
