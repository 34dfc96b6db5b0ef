package goroutineleak

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
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
	chosen token.Pos       // of a select case beside the receive
}

// abandoned searches d.fn for a way out on which fewer receives were made than
// the goroutines that it started send.
func (c *checker) abandoned(d *delivery) *abandonment {
	alternatives := c.alternatives(d)
	var found []*abandonment
	made := ssa.Instruction(d.ch.Makes[0])
	// The count is of sends that nobody has received.
	step := func(instr ssa.Instruction, n int) (int, bool) {
		switch {
		case instr == made:
			if n > d.capacity {
				found = append(found, &abandonment{exit: instr})
			}
			return 0, true
		case d.receives[instr]:
			return received(n), false
		case d.drains[instr] || c.waits(instr) || concurrency.Ends(instr):
			return 0, true
		case d.sends[instr] > 0:
			return c.pending(d, instr, n), false
		}
		if ret, ok := instr.(*ssa.Return); ok {
			if n > d.capacity {
				found = append(found, &abandonment{exit: ret})
			}
			return 0, true
		}
		return n, c.failsTest(instr)
	}
	cross := func(e ssax.Edge, n int) (int, bool) {
		if d.settles[e] {
			return 0, true
		}
		if d.cases[e] {
			return received(n), false
		}
		return n, false
	}
	w := &concurrency.Walk{Step: step, Cross: cross}
	if !w.From(d.fn, made, 0) || len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b *abandonment) int { return int(ssax.ExitPos(a.exit) - ssax.ExitPos(b.exit)) })
	leak := found[0]
	for _, alt := range alternatives {
		leak.chosen = alt
		break
	}
	return leak
}

// pending returns the count after a go statement.
func (c *checker) pending(d *delivery, site ssa.Instruction, n int) int {
	switch {
	case d.single:
		return 1
	case c.repeats(d, site):
		return many
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

// repeats reports whether the go statement is in a loop in which nothing is
// received, so that any number of goroutines is started before the first receive.
func (c *checker) repeats(d *delivery, instr ssa.Instruction) bool {
	loop := c.pkg.Loops(d.fn).Around(instr.Block())
	return loop != nil && !loop.Contains(d.ch.Makes[0]) && !c.receivesIn(d, loop)
}

func (c *checker) receivesIn(d *delivery, loop *ssax.Loop) bool {
	for r := range d.receives {
		if loop.Contains(r) {
			return true
		}
	}
	for e := range d.cases {
		if loop.Blocks[e.From] {
			return true
		}
	}
	return false
}

// alternatives returns the positions of the select cases beside receives.
func (c *checker) alternatives(d *delivery) []token.Pos {
	var out []token.Pos
	for _, op := range d.ch.Of(concurrency.Recv) {
		sel, ok := op.Instr.(*ssa.Select)
		if !ok {
			continue
		}
		s, ok := ssax.SelectOf(sel)
		for i, st := range sel.States {
			if i != op.State && ok && !d.settles[s.Cases[i]] && !d.cases[s.Cases[i]] {
				out = append(out, st.Pos)
			}
		}
	}
	slices.Sort(out)
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
	site, s := d.first()
	related := []analysis.RelatedInformation{
		{Pos: d.ch.Makes[0].Pos(), Message: "the channel is made here" + capacityText(d.capacity)},
		{Pos: site.Pos(), Message: "the goroutine is started here"},
	}
	if leak.chosen.IsValid() {
		related = append(related, analysis.RelatedInformation{Pos: leak.chosen, Message: "when this case is chosen, the receive is not made"})
	}
	what := "leaves without receiving"
	advice := "give the channel a buffer, or select on a context too"
	switch {
	case !d.single && (sends > 1 || c.repeats(d, site)):
		what = "leaves before receiving everything"
		advice = "select on a context too, or receive the rest"
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
	c.found(diagnostic)
}

// first returns the go statement that comes first in the source.
func (d *delivery) first() (ssa.Instruction, sender) {
	var first ssa.Instruction
	for site := range d.bare {
		if first == nil || site.Pos() < first.Pos() {
			first = site
		}
	}
	return first, d.bare[first]
}

func capacityText(n int) string {
	if n == 0 {
		return ", without a buffer"
	}
	return fmt.Sprintf(", with room for %d", n)
}
