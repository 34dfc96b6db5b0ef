package goroutineleak

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkNobody reports operations on a channel of a field, package variable or
// container of which nothing in the package makes the other half, although nobody else
// has the channel.
func (c *checker) checkNobody(ch *concurrency.Channel) {
	if ch.Local && !ch.Many || ch.Done || ch.Timer || c.pkg.ProcessLifetime(ch.Makes[0].Parent()) {
		return
	}
	if !ch.UnknownRecv && len(ch.Of(concurrency.Recv)) == 0 {
		capacity, known := ch.Capacity()
		message := "nothing receives from this channel, so the send blocks forever%s; receive the values, or drop the channel"
		if ch.Closed() {
			message = "nothing receives from this channel, so the send blocks until it is closed%s, and then panics; receive the values, or drop the channel"
		}
		c.nobody(ch, concurrency.Send, known && capacity == 0, message)
	}
	if !ch.UnknownSend && !ch.UnknownClose && len(ch.Of(concurrency.Send))+len(ch.Of(concurrency.Close)) == 0 {
		c.nobody(ch, concurrency.Recv, true, "nothing sends on this channel or closes it, so the receive blocks forever%s; close the channel to let it go on")
	}
}

// checkUnmade reports operations on a channel that nobody ever makes, and that is not
// nil on purpose.
func (c *checker) checkUnmade(ch *concurrency.Channel) {
	if ch.Local && !ch.Many {
		c.checkNil(ch.Ops)
		return
	}
	if ch.Field != nil && !c.pkg.Builds(ch.Field) {
		return
	}
	const message = "nothing makes this channel, so it is nil, and the %s blocks forever%%s; make it"
	c.nobody(ch, concurrency.Send, true, fmt.Sprintf(message, "send"))
	c.nobody(ch, concurrency.Recv, true, fmt.Sprintf(message, "receive"))
}

// nobody reports the operations of a kind that block. Files that are not built here may
// make the other half.
func (c *checker) nobody(ch *concurrency.Channel, kind concurrency.OpKind, sure bool, message string) {
	category := blockedSend
	if kind == concurrency.Recv {
		category = blockedRecv
	}
	var found []proof
	for _, op := range ch.Of(kind) {
		if !op.Bare() || ssax.InstrInTest(op.Instr) || c.pkg.Ahead(op.Instr).Tested(ch) || c.livesOn(op.Fn()) {
			continue
		}
		pos, after := opPos(op), ""
		if capacity, known := ch.Capacity(); known && capacity > 0 && kind == concurrency.Send {
			after = fmt.Sprintf(" once it holds %d", capacity)
		}
		d := analysis.Diagnostic{Pos: pos, End: pos + token.Pos(len("<-")), Category: category, Message: fmt.Sprintf(message, after)}
		if len(ch.Makes) > 0 {
			d.Related = []analysis.RelatedInformation{{Pos: ch.Makes[0].Pos(), Message: "the channel is made here"}}
		} else if ch.Field != nil {
			d.Related = []analysis.RelatedInformation{{Pos: ch.Field.Pos(), Message: "the channel is declared here"}}
		}
		sure := sure && len(c.pass.IgnoredFiles) == 0
		if u, ok := op.Instr.(*ssa.UnOp); ok && isEmpty(elemOf(u.X)) && c.pkg.Nameable(op.Fn()) != nil {
			sure = false // it may be there in order not to return
		}
		found = append(found, proof{op, sure, d})
	}
	c.foundEach(found)
}
