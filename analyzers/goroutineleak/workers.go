package goroutineleak

import (
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkWorkers reports a send to goroutines all of which may have left because they
// have failed:
//
//	for range 4 {
//		go func() {
//			for job := range jobs {
//				if err := work(job); err != nil {
//					return
//				}
//			}
//		}()
//	}
//	for _, job := range all {
//		jobs <- job // blocks when each of the four has failed
//	}
//
// All who receive must be in sight, and have to be goroutines that do so.
func (c *checker) checkWorkers(made *ssa.MakeChan) {
	h := concurrency.Holder{Fn: made.Parent(), Held: c.pkg.Held(made)}
	capacity, ok := capacityOf(made)
	deeds := c.pkg.Deeds(h)
	if !ok || deeds&concurrency.Unknown != 0 || len(h.Held.Returns) > 0 || deeds.Inline()&concurrency.Receives != 0 ||
		deeds.Started()&concurrency.Receives == 0 || c.pkg.ProcessLifetime(h.Fn) {
		return
	}
	workers, ok := c.workers(h, capacity)
	if !ok || len(workers) == 0 {
		c.silentMade(made, allWork)
		return
	}
	sent, sends := c.feeder(h)
	switch {
	case sent.Instr == nil:
		return
	case sends <= capacity+c.receivers(made, workers) && sends < many:
		c.silentMade(made, hasRoom)
		return
	}
	c.reportWorkers(made, capacity, sent, workers)
}

// A worker is a goroutine that receives and may leave.
type worker struct {
	site ssa.Instruction
	exit ssax.Edge // by which it leaves when it has failed
}

// workers returns the goroutines that receive. ok is false unless each of them leaves
// when it has failed, and nobody else receives.
func (c *checker) workers(h concurrency.Holder, capacity int) (all []worker, ok bool) {
	for _, site := range h.Held.Sites(h.Fn) {
		for _, to := range c.pkg.Handed(site, h.Held) {
			deeds := c.pkg.Deeds(to.Holder)
			if deeds.Started()&concurrency.Receives != 0 {
				return nil, false
			}
			if deeds.Inline()&concurrency.Receives == 0 {
				continue
			}
			exit, ok := c.fails(to.Holder, capacity, make(map[concurrency.Holder]bool))
			if !ok {
				return nil, false
			}
			all = append(all, worker{site, exit})
		}
	}
	slices.SortFunc(all, func(a, b worker) int { return cmp.Compare(a.site.Pos(), b.site.Pos()) })
	return all, true
}

// fails returns the way out of a loop by which a goroutine that receives leaves when
// something has failed, without receiving the rest.
func (c *checker) fails(to concurrency.Holder, capacity int, seen map[concurrency.Holder]bool) (exit ssax.Edge, ok bool) {
	d := c.newDelivery(to, nil, capacity)
	if d == nil || len(d.bare) > 0 || seen[to] {
		return exit, false
	}
	seen[to] = true
	c.settle(d)
	left := c.handedOver(d, handover{to, many})
	if left.unknown || left.most < many {
		return exit, false
	}
	var found []ssax.Edge
	for loop := range c.receivingLoops(d) {
		for _, e := range loop.Exits() {
			if (isFailure(e) || rejects(e)) && c.exitsOf(to.Fn).first[e.To().Index] != nil {
				found = append(found, e)
			}
		}
	}
	if len(found) == 0 {
		for _, call := range slices.SortedFunc(maps.Keys(d.calls), func(a, b ssa.Instruction) int { return cmp.Compare(a.Pos(), b.Pos()) }) {
			for _, callee := range c.pkg.Handed(call, d.Held) {
				if exit, ok := c.fails(callee.Holder, capacity, seen); ok {
					return exit, true
				}
			}
		}
		return exit, false
	}
	return slices.MinFunc(found, func(a, b ssax.Edge) int { return cmp.Compare(a.From.Index, b.From.Index) }), true
}

// isFailure reports whether an edge is for an error that is not nil.
func isFailure(e ssax.Edge) bool {
	branch := ssax.BranchOf(e.From)
	if branch == nil {
		return false
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	return ok && ssax.IsNil(cmp.Y) && ctxlib.IsError(cmp.X.Type()) && (cmp.Op == token.NEQ) == (e.Succ == 0)
}

// feeder returns the send of the function, of what it calls or of a goroutine that there is
// most of, and how often it is made.
func (c *checker) feeder(h concurrency.Holder) (first concurrency.Op, sends int) {
	sends = c.pkg.SendsOf(h)
	bare := func(op concurrency.Op) bool { return op.Bare() && op.Kind == concurrency.Send && op.Fn() == h.Fn }
	if i := slices.IndexFunc(h.Held.Ops, bare); i >= 0 {
		return h.Held.Ops[i], sends
	}
	for _, site := range h.Held.Sites(h.Fn) {
		if ops, s := c.sendersBelow(h.Held, site, true); len(ops) > 0 && !concurrency.Starts(site) && sends > 0 {
			first = s.op // which the function waits for
			break
		}
	}
	for _, site := range h.Held.Sites(h.Fn) {
		if ops, s := c.senders(h.Held, site); len(ops) > 0 {
			if n := c.pkg.SendsFrom(site, h.Held); n > sends {
				first, sends = s.op, n
			}
		}
	}
	return first, sends
}

// receivers returns how many goroutines there are, as far as that is known.
func (c *checker) receivers(made *ssa.MakeChan, workers []worker) int {
	t := &concurrency.Tally{Pkg: c.pkg, From: made, Each: make(map[ssa.Instruction]int)}
	for _, w := range workers {
		t.Each[w.site]++
	}
	most, ok := t.Most(made.Parent())
	if !ok {
		return many
	}
	return most
}

func (c *checker) reportWorkers(made *ssa.MakeChan, capacity int, send concurrency.Op, workers []worker) {
	related := []analysis.RelatedInformation{{Pos: made.Pos(), Message: "the channel is made here" + capacityText(capacity)}}
	for _, w := range workers {
		related = append(related,
			analysis.RelatedInformation{Pos: w.site.Pos(), Message: "what receives is started here"},
			analysis.RelatedInformation{Pos: ssax.BranchOf(w.exit.From).Cond.Pos(), Message: "it leaves when this has failed"})
	}
	c.foundWith(graded(capacity <= maxRoom, catalog.High), analysis.Diagnostic{
		Pos: send.Pos(), End: send.Pos() + token.Pos(len("<-")), Category: blockedSend,
		Message: fmt.Sprintf("this send blocks forever when all goroutines that receive have failed and left; select on %s too, or let them receive the rest", c.endAtHand(send.Fn())),
		Related: related,
	})
}
