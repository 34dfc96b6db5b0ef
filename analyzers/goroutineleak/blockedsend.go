package goroutineleak

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
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
// Everything must be in sight: the goroutines, which the function that makes the channel
// starts, itself or in what it calls, and all who receive.
func (c *checker) checkSends(made *ssa.MakeChan) {
	if c.pkg.ProcessLifetime(made.Parent()) {
		c.silentMade(made, longLived)
		return
	}
	d := c.deliveryOf(made)
	if d == nil {
		c.silentMade(made, unclearEnds)
		return
	}
	leak, why := c.abandoned(d)
	if leak == nil {
		c.silentDelivery(d, why)
		return
	}
	c.reportSend(d, leak)
}

// capacityOf returns the capacity that a make gives its channel; ok is false unless it
// is a constant.
func capacityOf(made *ssa.MakeChan) (n int, ok bool) {
	k, isConst := made.Size.(*ssa.Const)
	if !isConst || k.Value == nil || k.Value.Kind() != constant.Int {
		return 0, false
	}
	return int(min(k.Int64(), many)), true
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
	if c.pkg.Ahead(s.op.Instr).Polled != nil {
		return // what a poll of the end does by default is selectdefault's
	}
	if ssax.InTest(d.Fn) && !ssax.InTest(s.op.Fn()) {
		return // a test that fails ends its process, and says nothing of the code
	}
	related := c.story(d, leak)
	what := "leaves without receiving"
	end := c.endAtHand(s.op.Instr.Parent())
	advice := fmt.Sprintf("give the channel a buffer, or select on %s too", end)
	closed := closedBy(d, s.op.Fn())
	if closed {
		advice = "give the channel a buffer"
	}
	switch {
	case !d.single && (sends > 1 || leak.most > 1 || c.repeated(d, site)):
		what = "leaves before receiving everything"
		advice = fmt.Sprintf("select on %s too, or receive the rest", end)
		if closed {
			advice = "receive the rest, or give the channel room for it"
		}
	case leak.exit == d.made:
		what = "loops without receiving"
	}
	related = append(related, analysis.RelatedInformation{Pos: ssax.ExitPos(leak.exit), Message: "this path " + what})
	message := fmt.Sprintf("this send blocks forever when %s %s, and the goroutine leaks; %s", functionName(d.Fn), what, advice)
	if d.closes {
		message = fmt.Sprintf("this send panics when %s %s, because it closes the channel; give the channel a buffer, and let the sender close it", functionName(d.Fn), what)
	}
	if isWait(leak.exit) {
		related[len(related)-1].Message = "the goroutine is waited for here"
		message = fmt.Sprintf("this send blocks forever, because %s waits for the goroutine before it receives; receive first, or give the channel room for everything", functionName(d.Fn))
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
	sure := !c.fed(d) && !c.listens(d, s.op) && !tellsOfServing(s.op) && !unbounded(d, leak)
	sure = sure && !(d.closes && recovers(s))
	found := diag.Finding{Diagnostic: diagnostic, Confidence: graded(sure, catalog.High)}
	if leak.returns {
		found.Leaving = failures.Left(ssax.FuncOf(d.Fn), leak.fails)
	}
	c.foundOnce(found)
}

// recovers reports whether the goroutine that sends may catch the panic of a send on a closed
// channel: it defers a call of recover, or of what has such a name.
func recovers(s sender) bool {
	return ssax.Any(s.in, defersRecovery) || ssax.Any(s.op.Fn(), defersRecovery)
}

func defersRecovery(instr ssa.Instruction) bool {
	d, ok := instr.(*ssa.Defer)
	if !ok {
		return false
	}
	if callee := ssax.Callee(&d.Call); callee != nil && words.Recovers.In(callee.Name()) {
		return true
	}
	body := ssax.Body(d.Call.StaticCallee())
	return body != nil && ssax.Any(body, isRecover)
}

func isRecover(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "recover"
}

// tellsOfServing reports whether a send tells how serving ended, as far as the name of what
// was called says so. Whoever leaves then mostly leaves the program.
func tellsOfServing(send concurrency.Op) bool {
	s, ok := send.Instr.(*ssa.Send)
	return ok && hasServed(s.X, 0)
}

// maxWraps bounds how often what serving gives may be wrapped, in an error or a struct.
const maxWraps = 3

// hasServed reports whether v is what a call that serves has given, or is made of it.
func hasServed(v ssa.Value, wraps int) bool {
	if wraps > maxWraps {
		return false
	}
	switch v := ssax.Strip(v).(type) {
	case *ssa.Call:
		if fn := ssax.Callee(&v.Call); fn != nil && words.Serves.In(fn.Name()) {
			return true
		}
		return slices.ContainsFunc(v.Call.Args, func(arg ssa.Value) bool {
			return ctxlib.IsError(arg.Type()) && hasServed(arg, wraps+1) || elementServed(arg, wraps)
		})
	case *ssa.Extract:
		return hasServed(v.Tuple, wraps)
	case *ssa.UnOp:
		made, ok := v.X.(*ssa.Alloc) // result{name, err}
		return ok && slices.ContainsFunc(*made.Referrers(), func(ref ssa.Instruction) bool {
			field, ok := ref.(*ssa.FieldAddr)
			return ok && slices.ContainsFunc(ssax.StoresTo(field), func(st *ssa.Store) bool { return ctxlib.IsError(st.Val.Type()) && hasServed(st.Val, wraps+1) })
		})
	}
	return false
}

// elementServed is hasServed for an element of variadic arguments.
func elementServed(args ssa.Value, wraps int) bool {
	stores, _ := ssax.Elements(args)
	return slices.ContainsFunc(stores, func(st *ssa.Store) bool { return hasServed(st.Val, wraps+1) })
}

// closedBy reports whether a sender closes the channel: where it does not send, whoever
// receives nevertheless gets nothing and may take that for a value.
func closedBy(d *delivery, sender *ssa.Function) bool {
	return slices.ContainsFunc(d.Held.Of(concurrency.Close), func(op concurrency.Op) bool { return op.Fn() == sender })
}

// listens reports whether the loop around a send also waits for the end of something:
// when there is room for one more value, it will seldom send a second one after that.
func (c *checker) listens(d *delivery, send concurrency.Op) bool {
	loop := c.pkg.Loops(send.Fn()).Around(send.Instr.Block())
	if loop == nil || d.capacity == 0 {
		return false
	}
	heard := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		if sel, ok := instr.(*ssa.Select); ok {
			heard = heard || slices.ContainsFunc(sel.States, func(st *ssa.SelectState) bool {
				ch := c.pkg.OfValue(st.Chan)
				return ch.Done || ch.Signal()
			})
		}
		return !heard
	})
	return heard
}

// repeated reports whether a loop with a known number of iterations leads to sends on
// one channel.
func (c *checker) repeated(d *delivery, site ssa.Instruction) bool {
	loop := c.pkg.Loops(d.Fn).Around(site.Block())
	if loop == nil || loop.Contains(d.made) {
		return false
	}
	n, ok := loop.Trips()
	return ok && n > 1
}

// maxRoom is the capacity up to which it goes without saying that a loop without a known
// end sends more than that.
const maxRoom = 16

// unbounded reports whether the channel has room that somebody has counted, for sends that
// nothing here bounds: they may know how many come. Who receives only after all have been
// sent has counted for sure.
func unbounded(d *delivery, leak *abandonment) bool {
	return leak.most >= many && (d.capacity > maxRoom || d.capacity > 1 && isWait(leak.exit))
}

// story returns where the channel comes from and how the receiver gets to its exit.
func (c *checker) story(d *delivery, leak *abandonment) []analysis.RelatedInformation {
	started := leak.site
	if d.given != nil {
		started = d.given.site
	}
	related := []analysis.RelatedInformation{
		{Pos: d.root().Pos(), Message: "the channel is made here" + capacityText(d.capacity)},
		{Pos: started.Pos(), Message: "the goroutine is started here"},
	}
	if d.given != nil {
		related = append(related, analysis.RelatedInformation{Pos: d.made.Pos(), Message: functionName(d.Fn) + " gets the channel here"})
	}
	return append(related, chosenStory(leak)...)
}

// chosenStory returns what is chosen instead of a receive, if that is known.
func chosenStory(leak *abandonment) []analysis.RelatedInformation {
	switch chosen := leak.chosen; {
	case chosen.exit != nil:
		return []analysis.RelatedInformation{{Pos: ssax.ExitPos(chosen.exit), Message: functionName(chosen.exit.Parent()) + ", which receives, leaves here"}}
	case chosen.pos.IsValid():
		return []analysis.RelatedInformation{{Pos: chosen.pos, Message: "when this case is chosen, the receive is not made"}}
	}
	return nil
}

// maxEnd is how long an expression for a context may be in a message.
const maxEnd = 20

// endAtHand returns what a function can select on to hear that its caller has given
// up: the context at hand, if there is one.
func (c *checker) endAtHand(fn *ssa.Function) string {
	h := c.hands().In(fn)
	if h == nil || len(h.Expr) > maxEnd || h.Func != fn && isReused(h.Var.Type()) {
		return "a context"
	}
	return h.Expr + ".Done()"
}

// isReused reports whether a framework takes back what it gives handlers of type t, which a
// goroutine may outlive.
func isReused(t types.Type) bool {
	f, ok := web.Exactly(t)
	return ok && f.Reuse != ""
}

// fed reports whether a sender takes what it works on from the function that
// receives: then perhaps nothing is asked for that is not waited for.
func (c *checker) fed(d *delivery) bool {
	for _, s := range d.bare {
		asks := func(instr ssa.Instruction) bool {
			return slices.ContainsFunc(c.pkg.Received(instr), func(ch *concurrency.Channel) bool {
				return slices.ContainsFunc(ch.Of(concurrency.Send), func(op concurrency.Op) bool { return op.Fn() == d.Fn })
			})
		}
		if c.pkg.Runs(s.in, asks) {
			return true
		}
	}
	return false
}

func capacityText(n int) string {
	if n == 0 {
		return ", without a buffer"
	}
	return fmt.Sprintf(", with room for %d", n)
}
