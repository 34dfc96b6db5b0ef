package goroutineleak

import (
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// checkSends reports a channel whose receiver may leave while a goroutine still
// has to send:
//
//	ch := make(chan T)
//	go func() { ch <- work() }()
//	select {
//	case v := <-ch:
//		return v, nil
//	case <-ctx.Done():
//		return zero, ctx.Err() // and the goroutine blocks forever
//	}
//
// Everything must be in sight: one make, goroutines that the same function
// starts, and receives that it makes itself.
func (c *checker) checkSends(ch *concurrency.Channel) {
	capacity, ok := ch.Capacity()
	if !ok || capacity > 1 {
		return // whoever chose its size has thought about the number of sends
	}
	d := c.delivery(ch, int(capacity))
	if d == nil || c.pkg.ProcessLifetime(d.fn) {
		return
	}
	if leak := c.abandoned(d); leak != nil {
		c.reportSend(d, leak)
	}
}

// An abandonment is a path on which a goroutine is left to block.
type abandonment struct {
	exit   ssa.Instruction // the return, or the make of the next iteration
	site   ssa.Instruction // the go statement
	chosen token.Pos       // of a select case beside the receive
	most   int             // how many sends nobody receives, on any such path
}

// A state of the walk over d.fn is, in the bits of one number, the count of sends
// that nobody has received, the go statement that led to the first of them, and the
// last select case that was chosen instead of a receive.
type state int

const stateBits = 8

func (s state) count() int { return int(s & (1<<stateBits - 1)) }
func (s state) site() int  { return int(s >> stateBits & (1<<stateBits - 1)) }
func (s state) other() int { return int(s >> (2 * stateBits)) }

func stateOf(count, site, other int) state {
	if count == 0 {
		site = 0
	}
	return state(count | site<<stateBits | other<<(2*stateBits))
}

// abandoned searches d.fn for a way out on which fewer receives were made than
// the goroutines that it started send.
func (c *checker) abandoned(d *delivery) *abandonment {
	sites := d.sites()
	alternatives := c.alternatives(d)
	if len(sites) >= 1<<stateBits {
		return nil
	}
	var found []*abandonment
	leave := func(exit ssa.Instruction, s state) {
		if s.count() <= d.capacity {
			return
		}
		a := &abandonment{exit: exit, site: sites[s.site()-1], most: s.count()}
		if s.other() > 0 {
			a.chosen = alternatives[s.other()-1].pos
		}
		found = append(found, a)
	}
	made := ssa.Instruction(d.ch.Makes[0])
	step := func(instr ssa.Instruction, n int) (int, bool) {
		s := state(n)
		switch {
		case instr == made:
			leave(instr, s)
			return 0, true
		case d.receives[instr]:
			return int(stateOf(received(s.count()), s.site(), 0)), false
		case d.drains[instr] || c.waits(instr) || concurrency.Ends(instr):
			return 0, true
		case d.sends[instr] > 0:
			site := s.site()
			if s.count() == 0 {
				site = slices.Index(sites, instr) + 1
			}
			return int(stateOf(c.pending(d, instr, s.count()), site, s.other())), false
		}
		if ret, ok := instr.(*ssa.Return); ok {
			leave(ret, s)
			return 0, true
		}
		return n, c.failsTest(instr)
	}
	x := c.exitsOf(d.fn)
	last, loops := x.last(d, alternatives), c.pkg.Loops(d.fn)
	// past reports whether nothing that matters comes after a block, and then adds the
	// leak, if there is one.
	past := func(b *ssa.BasicBlock, s state) bool {
		loop := loops.Around(b)
		if x.order[b.Index] <= last || loop != nil && !loop.Contains(made) {
			return false
		}
		if s.count() <= d.capacity {
			return true
		}
		if loop != nil || x.stops[b.Index] {
			return false
		}
		if x.first[b.Index] != nil {
			leave(x.first[b.Index], s)
		}
		return true
	}
	cross := func(e ssax.Edge, n int) (int, bool) {
		s := state(n)
		switch i := slices.IndexFunc(alternatives, func(a alternative) bool { return a.edge == e }); {
		case d.settles[e]:
			return 0, true
		case d.cases[e]:
			s = stateOf(received(s.count()), s.site(), 0)
		case i >= 0:
			s = stateOf(s.count(), s.site(), i+1)
		}
		return int(s), past(e.To(), s)
	}
	w := &concurrency.Walk{Step: step, Cross: cross}
	if !c.pkg.Walk(d.fn, made, 0, w) || len(found) == 0 {
		return nil
	}
	return firstLeak(found)
}

// pending returns the count after a go statement.
func (c *checker) pending(d *delivery, site ssa.Instruction, n int) int {
	switch {
	case d.single:
		return 1
	case c.pkg.Once(site):
		return max(n, d.sends[site])
	}
	return min(many, n+d.sends[site])
}

// received returns the count after one receive.
func received(n int) int {
	if n >= many {
		return n
	}
	return max(0, n-1)
}

// An alternative is a select case beside a receive.
type alternative struct {
	edge ssax.Edge
	pos  token.Pos
}

// alternatives returns the select cases beside receives, in source order.
func (c *checker) alternatives(d *delivery) []alternative {
	var out []alternative
	for _, op := range d.ch.Of(concurrency.Recv) {
		sel, ok := op.Instr.(*ssa.Select)
		if !ok {
			continue
		}
		s, ok := ssax.SelectOf(sel)
		for i, st := range sel.States {
			if i != op.State && ok && !d.settles[s.Cases[i]] && !d.cases[s.Cases[i]] {
				out = append(out, alternative{s.Cases[i], st.Pos})
			}
		}
	}
	slices.SortFunc(out, func(a, b alternative) int { return cmp.Compare(a.pos, b.pos) })
	return out
}

// waits reports whether the instruction waits for goroutines to end, so that
// control would not get past one that blocks.
func (c *checker) waits(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	fn := ssax.Callee(call.Common())
	return fn != nil && words.Waits.Is(fn.Name())
}

// reportSend reports the send that blocks, with the path on which it does.
func (c *checker) reportSend(d *delivery, leak *abandonment) {
	sends := 0
	for _, n := range d.sends {
		sends += n
	}
	site := leak.site
	s := d.bare[site]
	related := []analysis.RelatedInformation{
		{Pos: d.ch.Makes[0].Pos(), Message: "the channel is made here" + capacityText(d.capacity)},
		{Pos: site.Pos(), Message: "the goroutine is started here"},
	}
	if leak.chosen.IsValid() {
		related = append(related, analysis.RelatedInformation{Pos: leak.chosen, Message: "when this case is chosen, the receive is not made"})
	}
	what := "leaves without receiving"
	end := c.endAtHand(s.op.Instr.Parent())
	advice := fmt.Sprintf("give the channel a buffer, or select on %s too", end)
	switch {
	case !d.single && (sends > 1 || leak.most > 1):
		what = "leaves before receiving everything"
		advice = fmt.Sprintf("select on %s too, or receive the rest", end)
	case leak.exit == ssa.Instruction(d.ch.Makes[0]):
		what = "loops without receiving"
	}
	related = append(related, analysis.RelatedInformation{Pos: ssax.ExitPos(leak.exit), Message: "this path " + what})
	message := fmt.Sprintf("this send blocks forever when %s %s, and the goroutine leaks; %s", functionName(d.fn), what, advice)
	if d.closes {
		message = fmt.Sprintf("this send panics when %s %s, because it closes the channel; give the channel a buffer, and let the sender close it", functionName(d.fn), what)
	}
	diagnostic := analysis.Diagnostic{
		Pos:      s.op.Pos(),
		End:      s.op.Pos() + token.Pos(len("<-")),
		Category: blockedSend,
		Message:  message,
		Related:  related,
	}
	if fix := c.bufferFix(d); fix != nil && !d.closes {
		diagnostic.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.foundWith(confidence(!c.fed(d)), diagnostic)
}

// maxEnd is how long an expression for a context may be in a message.
const maxEnd = 20

// endAtHand returns what a function can select on to hear that its caller has given
// up: the context at hand, if there is one.
func (c *checker) endAtHand(fn *ssa.Function) string {
	if c.atHand == nil {
		c.atHand = athand.New(c.pass, c.pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder), c.pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result), nil)
	}
	if h := c.atHand.In(fn); h != nil && len(h.Expr) <= maxEnd {
		return h.Expr + ".Done()"
	}
	return "a context"
}

// fed reports whether a sender takes what it works on from the function that
// receives: then perhaps nothing is asked for that is not waited for.
func (c *checker) fed(d *delivery) bool {
	for _, s := range d.bare {
		asks := func(instr ssa.Instruction) bool {
			return slices.ContainsFunc(c.pkg.Received(instr), func(ch *concurrency.Channel) bool {
				return slices.ContainsFunc(ch.Of(concurrency.Send), func(op concurrency.Op) bool { return op.Fn() == d.fn })
			})
		}
		if c.pkg.Runs(s.in, asks) {
			return true
		}
	}
	return false
}

// sites returns the go statements that lead to sends, in source order.
func (d *delivery) sites() []ssa.Instruction {
	return slices.SortedFunc(maps.Keys(d.bare), func(a, b ssa.Instruction) int { return cmp.Compare(a.Pos(), b.Pos()) })
}

func capacityText(n int) string {
	if n == 0 {
		return ", without a buffer"
	}
	return fmt.Sprintf(", with room for %d", n)
}
