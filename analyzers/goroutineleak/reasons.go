package goroutineleak

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a goroutine may run on, or comes to an end.
const (
	longLived   decision.Reason = "it may live as long as the process: its function is part of the start of the program, or starts one thing for everybody"
	inTest      decision.Reason = "it is in a test, and ends with its process"
	comesToEnd  decision.Reason = "no loop that the goroutine is certain to get to is without a way out"
	nobodyEnds  decision.Reason = "nothing is at hand that should end the goroutine: no context, no channel, and no method that ends others of its kind"
	outOfSight  decision.Reason = "what the goroutine runs is out of view, and not known to loop forever"
	saidAlready decision.Reason = "the loop in which the goroutine stays is reported itself"
	noSignal    decision.Reason = "no context and no channel is at hand that says when to end"
	hearsEnd    decision.Reason = "the loop listens for the end of a context, or for a channel that is closed at the end"
)

// Why an operation on a channel does not block, or why nobody can say that it does.
const (
	unclearEnds decision.Reason = "who sends on the channel and who receives from it is not all in view and understood"
	tooInvolved decision.Reason = "what receives, or the way out of the function, is too involved to count sends and receives on all paths"
	hasRoom     decision.Reason = "the channel has room for all that is sent where nobody receives"
	allReceived decision.Reason = "every way out of the function receives what is sent, or waits for the goroutine"
	agreed      decision.Reason = "who sends and who receives look at the same variable before: perhaps nothing is sent where nothing is received"
	callersHave decision.Reason = "the function returns the channel: calls in view are judged where they are"
	othersHave  decision.Reason = "code out of view may have the other end of the channel"
	staysThere  decision.Reason = "the other side is not seen to leave before it has done what is waited for"
	forGood     decision.Reason = "the other side leaves only when the process ends, or in a test"
	inTurn      decision.Reason = "what makes the other side leave comes from whoever waits, or after it has been waited for"
	sameLock    decision.Reason = "it asks first, under a lock, whether the other side is still there"
	isClosed    decision.Reason = "somebody closes the channel, which ends the wait"
	goesOn      decision.Reason = "nobody closes the channel, but the range has another way out, or those who send do not come to an end"
	allWork     decision.Reason = "who receives is not seen to leave after a failure"
	letGo       decision.Reason = "what is waited for has been told to end before: a channel is closed, or a cancel function called"
	notForWaits decision.Reason = "the context at hand is that of an object, or the function runs at another time, when the work is over, in a test, or as long as the process"
	notLive     decision.Reason = "the context at hand has ended there, or another one has taken its place"
	roomForMore decision.Reason = "the channel has a buffer for what is sent"
)

// Why a group or a pipe is left as it is.
const (
	knowsGroup decision.Reason = "the task also uses the context of the group, and is taken to know which one it waits for"
	notWaited  decision.Reason = "nobody waits for the group here"
	doneInTime decision.Reason = "the goroutine calls Done on every way out that is taken after an error"
	pipeRead   decision.Reason = "every way out reads from the pipe or closes it"
)

// Why a timer, a ticker or a server is left as it is.
const (
	notStopped decision.Reason = "nothing outside of the goroutine stops the timer or ticker for good"
	collected  decision.Reason = "since Go 1.23, the runtime collects tickers and timers that nobody refers to"
	stillFull  decision.Reason = "the receive after Stop is made only if Stop reports that the timer has fired, and nothing has received the value before"
	shutDown   decision.Reason = "something else may shut the server down: it comes from elsewhere, or other code gets hold of it"
	shared     decision.Reason = "a method gives the server, which others may have too and shut down"
	atStart    decision.Reason = "the function is likely to run once, when the process starts: the server may live as long"
	notOpen    decision.Reason = "something in view may close the listener, which ends the server"
)

// silent tells why an instruction is not reported.
func (c *checker) silent(category string, instr ssa.Instruction, why decision.Reason) {
	c.report.Silent(category, instr.Pos(), why)
}

// silentOps tells why the operations of a kind that block are not reported.
func (c *checker) silentOps(category string, ops []concurrency.Op, why decision.Reason) {
	if !c.report.Explains() {
		return
	}
	for _, op := range ops {
		if op.Bare() {
			c.report.Silent(category, opPos(op), why)
		}
	}
}

// silentMade tells why sends on a channel that a function has made are not reported. Of a
// channel that a field keeps, other checks speak.
func (c *checker) silentMade(made *ssa.MakeChan, why decision.Reason) {
	if !c.report.Explains() {
		return
	}
	if ch := c.pkg.OfValue(made); ch.Local && !ch.Many {
		c.silentOps(blockedSend, ch.Of(concurrency.Send), why)
	}
}

// silentDelivery tells why the sends of a delivery are not reported, and what starts the
// goroutines that make them.
func (c *checker) silentDelivery(d *delivery, why decision.Reason) {
	if !c.report.Explains() {
		return
	}
	for _, site := range d.sites() {
		c.silent(blockedSend, site, why)
		if s := d.bare[site]; s.op.Instr != nil {
			c.report.Silent(blockedSend, opPos(s.op), why)
		}
	}
}

// silentWaits tells, for those who ask, why none of the waits of a function for code out
// of view are reported, which has a context or not.
func (c *checker) silentWaits(fn *ssa.Function, has bool) {
	if !c.report.Explains() {
		return
	}
	why := noSignal
	if has {
		why = notForWaits
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if what, pos := c.uncertainWait(instr); what != "" {
				c.report.Silent(noDone, pos, why)
			}
		}
	}
}

// endOfGoroutine returns, for those who ask, why a goroutine in view is taken to end, or
// may run on.
func (c *checker) endOfGoroutine(s concurrency.Spawn) decision.Reason {
	if !c.report.Explains() {
		return ""
	}
	loop := c.pkg.NeverEnds(s.Fn)
	switch {
	case loop == nil:
		return comesToEnd
	case c.pkg.EndingOf(s, loop) == nil:
		return nobodyEnds
	}
	return ""
}

// silentLoop tells, for those who ask, why a loop without a way out is not reported that
// waits or takes its time.
func (c *checker) silentLoop(loop *ssax.Loop, why decision.Reason) {
	if c.report.Explains() && (waitIn(loop) != nil || c.pauseOf(loop) != "") {
		c.report.Silent("", c.loopPos(loop), why)
	}
}
