package selectdefault

import (
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a poll of a channel of errors is right.
const (
	staysPut     decision.Reason = "the default does not go on as if there were no error"
	outOfView    decision.Reason = "who sends on the channel is not all in view"
	receivedLate decision.Reason = "somebody may receive from the channel after the poll"
	pollsAgain   decision.Reason = "the poll is repeated, and so finds an error that comes late"
	sentBefore   decision.Reason = "the senders are not all goroutines that are started on the way to the poll"
	waitedFor    decision.Reason = "something on the way to the poll waits for the senders"
)

// waysTo returns the ways from all senders to a poll of a channel of errors; or why it is
// right to go on if there is none yet.
func (c *checker) waysTo(s *statement, ch *concurrency.Channel) ([]way, decision.Reason) {
	sends := ch.Of(concurrency.Send)
	switch {
	case !c.carriesOn(s):
		return nil, staysPut
	case !ch.Visible() || len(sends) == 0:
		return nil, outOfView
	case c.heardLater(s, ch):
		return nil, receivedLate
	case !c.pollsOnce(s, ch):
		return nil, pollsAgain
	}
	var ways []way
	for _, op := range sends {
		w, ok := c.wayFrom(op, s)
		switch {
		case !ok:
			return nil, sentBefore
		case c.waitsOn(w, op):
			return nil, waitedFor
		}
		ways = append(ways, w)
	}
	return ways, ""
}
