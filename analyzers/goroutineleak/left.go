package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// checkLeft reports sends on a channel all of whose receivers may leave, by another
// case of their select or with an error, while the senders go on, and receives from
// one whose senders do:
//
//	func (h *hub) run() {
//		for {
//			select {
//			case m := <-h.in:
//				h.handle(m)
//			case <-h.quit:
//				return
//			}
//		}
//	}
//
//	func (h *hub) Post(m message) { h.in <- m }
func (c *checker) checkLeft(ch *concurrency.Channel) {
	if ch.Done || ch.Timer {
		return
	}
	if !ch.UnknownRecv {
		c.checkAbandoned(ch, concurrency.Send, concurrency.Recv)
	} else {
		c.silentOps(blockedSend, ch.Of(concurrency.Send), othersHave)
	}
	if !ch.UnknownSend && !ch.UnknownClose {
		c.checkAbandoned(ch, concurrency.Recv, concurrency.Send)
	} else {
		c.silentOps(blockedRecv, ch.Of(concurrency.Recv), othersHave)
	}
}

// checkAbandoned reports the operations of one kind on ch that wait for one of the
// other kind, if all who make that may leave.
func (c *checker) checkAbandoned(ch *concurrency.Channel, kind, other concurrency.OpKind) {
	waits := slices.DeleteFunc(ch.Of(kind), func(op concurrency.Op) bool {
		return !op.Bare() || ssax.InstrInTest(op.Instr) || c.pkg.Ahead(op.Instr).Polled != nil // which selectdefault reports
	})
	if len(waits) == 0 {
		return
	}
	category := blockedSend
	if kind == concurrency.Recv {
		category = blockedRecv
	}
	ways, ok := c.pkg.Departures(ch, other)
	switch {
	case !ok && len(ch.Of(other)) > 0 && !(ch.Local && !ch.Many):
		c.silentOps(category, waits, staysThere)
		return
	case !ok:
		return
	case !c.allMatter(ways):
		c.silentOps(category, waits, forGood)
		return
	}
	var found []proof
	for _, op := range waits {
		if p, why := c.abandonedBy(ch, op, ways); p.op.Instr != nil {
			// A channel that travels may get its value from what goes on instead.
			p.sure = p.sure && (kind == concurrency.Send || ch.Local)
			found = append(found, p)
		} else {
			c.report.Silent(category, opPos(op), why)
		}
	}
	c.foundEach(found)
}

// A proof is a diagnostic about an operation, and how sure it is.
type proof struct {
	op   concurrency.Op
	sure bool
	analysis.Diagnostic
}

// foundEach reports one of the proofs about each function, which has to be changed
// anyway, with the other operations there.
func (c *checker) foundEach(found []proof) {
	byFunc := make(map[*ssa.Function][]proof)
	for _, p := range found {
		byFunc[p.op.Fn()] = append(byFunc[p.op.Fn()], p)
	}
	for _, p := range found {
		same := byFunc[p.op.Fn()]
		if len(same) == 0 {
			continue
		}
		delete(byFunc, p.op.Fn())
		shown := max(0, slices.IndexFunc(same, func(p proof) bool { return p.sure }))
		d := same[shown].Diagnostic
		for i, other := range same[:min(len(same), maxShown)] {
			if i != shown {
				d.Related = append(d.Related, analysis.RelatedInformation{Pos: other.Pos, Message: "and so does this one"})
			}
		}
		c.foundWith(graded(same[shown].sure, catalog.Medium), d)
	}
}

// graded returns the confidence of a finding about the two ends of a channel: most if all
// of it is proved, and otherwise low, because at first looks it held less often than not.
func graded(sure bool, most catalog.Confidence) catalog.Confidence {
	if sure {
		return most
	}
	return catalog.Low
}

// maxShown bounds how many operations of one function are shown with a finding.
const maxShown = 5

// allMatter reports whether the program lives to see all departures, and whether each
// can happen.
func (c *checker) allMatter(ways []concurrency.Departure) bool {
	return !slices.ContainsFunc(ways, func(d concurrency.Departure) bool {
		return c.livesOn(d.Fn) || ssax.InTest(d.Fn) || d.By != nil && d.By.Done && c.neverDone(d.End)
	})
}

// livesOn reports whether fn runs only in what may live as long as the process.
func (c *checker) livesOn(fn *ssa.Function) bool {
	if c.pkg.ProcessLifetime(fn) {
		return true
	}
	starts := c.pkg.StartsOf(fn)
	return len(starts) > 0 && len(c.pkg.CallsOf(fn)) == 0 &&
		!slices.ContainsFunc(starts, func(s concurrency.Spawn) bool { return !c.pkg.LivesOn(s.Site) })
}

// abandonedBy returns what is to be said of an operation that waits for others, which
// leave in the given ways; or why there is nothing to say, unless another check says it.
func (c *checker) abandonedBy(ch *concurrency.Channel, op concurrency.Op, ways []concurrency.Departure) (p proof, why decision.Reason) {
	if slices.ContainsFunc(ways, func(d concurrency.Departure) bool {
		return c.runsIn(d.Fn)[op.Fn()] || c.settled(d, op) || c.tellsReturn(d.By, op.Fn())
	}) {
		return proof{}, inTurn
	}
	way := ways[len(ways)-1]
	ctx, chain := c.listenable(op)
	same := c.endsBoth(way, op, ctx)
	if ch.Local && !ch.Many && !(same && c.startedBy(way.Fn, op.Fn()) || c.endsFirst(ch, way, op)) {
		return proof{}, "" // what else ends a channel of one function is the business of checkSends
	}
	ahead := c.pkg.Ahead(op.Instr)
	if ahead.Asked && ahead.Locked {
		return proof{}, sameLock // whoever ends the others takes the same lock
	}
	capacity, known := ch.Capacity()
	fills := c.goesOn(op) && !slices.ContainsFunc(ways, func(d concurrency.Departure) bool { return d.By != nil })
	if op.Kind == concurrency.Send && (!known || capacity > maxRoom && !fills || capacity > 0 && madeIn(ch, way.Fn)) {
		return proof{}, roomForMore // there is room: for the answer, or for as many as there may be
	}
	sure := !ahead.Asked && (op.Kind == concurrency.Recv || known && (capacity == 0 || fills)) && (ctx == nil || way.By == nil || !way.By.Done || same)
	for _, d := range ways {
		sure = sure && certain(d, op)
	}
	return proof{op, sure, c.left(op, way, ctx, chain)}, ""
}

// goesOn reports whether somebody sends again and again, so that room of any size fills up
// once nobody receives: in a loop, or whenever another package calls for it.
func (c *checker) goesOn(op concurrency.Op) bool {
	fn := op.Fn()
	if c.pkg.Loops(fn).Around(op.Instr.Block()) != nil {
		return true
	}
	return fn.Signature.Recv() != nil && fn.Object() != nil && fn.Object().Exported()
}

// left returns the diagnostic about an operation whose other side leaves.
func (c *checker) left(op concurrency.Op, way concurrency.Departure, ctx *types.Var, chain ssa.Instruction) analysis.Diagnostic {
	what, category, missing := "send", blockedSend, "nobody else receives"
	if op.Kind == concurrency.Recv {
		what, category, missing = "receive", blockedRecv, "nobody else sends"
	}
	advice := fmt.Sprintf("select on %s, too", endOf(way))
	switch {
	case op.Kind == concurrency.Recv && way.By == nil:
		advice = "close the channel on every way out"
	case op.Kind == concurrency.Send && way.By != nil && way.By.Timer:
		advice = "give the channel a buffer"
	case carriesData(way):
		advice = "end it by the same signal, too"
	}
	related := []analysis.RelatedInformation{{Pos: way.Op.Pos(), Message: "the other side is here"}, {Pos: way.Pos, Message: leaving(way)}}
	if ctx != nil {
		category, advice = noDone, fmt.Sprintf("select on %s, too", doneExpr(ctx))
		related = append(related, analysis.RelatedInformation{Pos: ctx.Pos(), Message: "the context at hand"})
	}
	if chain != nil {
		advice = fmt.Sprintf("give %s the context of its callers and select on it", functionName(op.Fn()))
		related = append(related, analysis.RelatedInformation{Pos: chain.Pos(), Message: "called here"})
	}
	pos := opPos(op)
	return analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len("<-")),
		Category: category,
		Message:  fmt.Sprintf("this %s blocks forever %s, because %s; %s", what, gone(way), missing, advice),
		Related:  related,
	}
}

// gone says when the other side has left.
func gone(way concurrency.Departure) string {
	who := way.Fn.Name()
	if way.Fn.Parent() != nil {
		who = "the goroutine at the other end"
	}
	if way.By == nil {
		return "after an error in " + who
	}
	return fmt.Sprintf("once %s has returned", who)
}

// leaving says what makes the other side leave.
func leaving(way concurrency.Departure) string {
	if way.By != nil {
		return "it leaves when this case is chosen"
	}
	return "it leaves after this error"
}

// endOf returns what a select could listen to in order to hear what makes the other side
// leave.
func endOf(way concurrency.Departure) string {
	if addr := ssax.LoadedFrom(way.End); addr != nil {
		if f := ssax.FieldOf(addr); f != nil {
			return f.Name()
		}
	}
	if way.By != nil && way.By.Done {
		return "its context"
	}
	return "a channel that is closed then"
}

// carriesData reports whether what makes the other side leave is a channel of values, from
// which nobody else may receive.
func carriesData(way concurrency.Departure) bool {
	return way.By != nil && !way.By.Done && !way.By.Signal() && !way.By.Timer && !isEmpty(elemOf(way.End))
}

// opPos returns where an operation is shown; a range has no arrow.
func opPos(op concurrency.Op) token.Pos {
	pos := op.Pos()
	if u, ok := op.Instr.(*ssa.UnOp); ok && !pos.IsValid() {
		pos = u.X.Pos()
	}
	return pos
}

// certain reports whether a departure is one for which who waits is not prepared: it is
// for good, after an error or a signal that something is over. Who sends an empty value
// may want to end the receiver, or to wake it up.
func certain(d concurrency.Departure, wait concurrency.Op) bool {
	if d.Again || ofRequest(d.End) {
		return false
	}
	if send, ok := wait.Instr.(*ssa.Send); ok && isEmpty(elemOf(send.Chan)) {
		return false
	}
	return !carriesData(d)
}

// ofRequest reports whether the end is that of a context which came with a request: then
// the next one brings another receiver.
func ofRequest(end ssa.Value) bool {
	done, ok := end.(*ssa.Call)
	if !ok {
		return false
	}
	recv, _ := ssax.Receiver(&done.Call)
	_, ok = recv.(*ssa.Call)
	return ok
}

func elemOf(ch ssa.Value) types.Type { return ch.Type().Underlying().(*types.Chan).Elem() }

func isEmpty(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}
