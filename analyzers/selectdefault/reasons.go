package selectdefault

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
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

// Why a send with a default loses nothing.
const (
	triedAgain   decision.Reason = "the default leads back to the statement, and the send is tried again"
	unseenRecv   decision.Reason = "who receives from the channel is not all in view"
	unknownRoom  decision.Reason = "how much room the channel has is not known"
	hasRoom      decision.Reason = "the channel has room for what is sent"
	oneIsEnough  decision.Reason = "who receives does not collect all errors: the first is enough"
	sentAgain    decision.Reason = "the send is in a loop, and another value comes"
	wakesUp      decision.Reason = "a value without content is a wake-up call, which may be for nobody"
	closedToo    decision.Reason = "somebody closes the channel, which whoever receives hears, too"
	anotherWaits decision.Reason = "another send on the channel waits until it is received"
	comesBack    decision.Reason = "who receives comes back for the next value, or does not wait either"
)

// Why a default, or a case for the end of something, is right.
const (
	letsGo       decision.Reason = "what is waited for has been let go just before: something is closed or cancelled"
	notKeptLong  decision.Reason = "the send does not wait for somebody who has gone: there is room, whoever receives takes all that comes, or the value is a wake-up call"
	sendersHear  decision.Reason = "those who send hear of the end themselves, or are not all in view"
	shortSleep   decision.Reason = "the sleep is too short to be worth an interruption"
	waitersHear  decision.Reason = "the goroutines that are waited for hear of the end themselves, or are not all in view"
	leavesLoop   decision.Reason = "the case leaves the loop"
	madeAnew     decision.Reason = "each iteration makes the channel of the case anew, or gets it again from elsewhere"
	doesMore     decision.Reason = "the case does something that takes time, or that may change what the loop does next"
	othersSay    decision.Reason = "the loop keeps a goroutine from ending, of which goroutineleak speaks"
	leavesByElse decision.Reason = "the default does not lead straight back to the poll"
	takesTime    decision.Reason = "what is between two polls takes time, or is not known to take none"
	progresses   decision.Reason = "the loop also ends by a condition that it changes itself"
	clientGone   decision.Reason = "the context is that of a client, and nobody is left who would want to know"
	stopped      decision.Reason = "another case, for a signal, returns no error either: to be stopped is a success"
	nothingLost  decision.Reason = "no caller in view does anything that rests on a success"
)

// silentSend tells why the only case of a statement, a send, is not reported.
func (c *checker) silentSend(s *statement, why decision.Reason) bool {
	for _, pos := range [...]token.Pos{s.node.Pos(), s.States[0].Pos} {
		c.report.Silent(errorSend, pos, why)
	}
	return false
}

// unsentResult returns why a send of something else than an error, with a default, loses
// nothing that anybody has to get.
func (c *checker) unsentResult(s *statement, ch *concurrency.Channel) decision.Reason {
	capacity, known := ch.Capacity()
	switch {
	case !known:
		return unknownRoom
	case capacity > 0:
		return hasRoom
	case !ch.Visible():
		return unseenRecv
	case hasNoContent(ch):
		return wakesUp
	case len(ch.Of(concurrency.Close)) > 0:
		return closedToo
	}
	return ""
}

// silentWait tells, for those who ask, why a statement of a default that waits is not
// reported.
func (c *checker) silentWait(stmt ast.Stmt) {
	if !c.report.Explains() {
		return
	}
	var e ast.Expr
	switch stmt := stmt.(type) {
	case *ast.SendStmt:
		c.report.Silent(uncancellable, stmt.Arrow, notKeptLong)
	case *ast.RangeStmt:
		if t := c.pass.TypesInfo.TypeOf(stmt.X); t != nil {
			if _, ok := t.Underlying().(*types.Chan); ok {
				c.report.Silent(uncancellable, stmt.For, sendersHear)
			}
		}
	case *ast.ExprStmt:
		e = stmt.X
	case *ast.AssignStmt:
		e = stmt.Rhs[0]
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.ARROW {
			c.report.Silent(uncancellable, e.OpPos, sendersHear)
		}
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(c.pass.TypesInfo, e).(*types.Func)
		switch {
		case ctxlib.IsFunc(fn, "time", "Sleep"):
			c.report.Silent(uncancellable, e.Pos(), shortSleep)
		case ctxlib.IsMethod(fn, "sync", "WaitGroup", "Wait"):
			c.report.Silent(uncancellable, e.Pos(), waitersHear)
		}
	}
}

// staysRightly returns, for those who ask, why a case for the end of something that is
// not wrong to stay in its loop, or leaves it, is right.
func (c *checker) staysRightly(s *statement, state int) decision.Reason {
	switch {
	case !c.report.Explains() || !c.pkg.HearsEnd(s.States[state]):
		return ""
	case !stays(s, state):
		return leavesLoop
	case c.renewed(s.States[state].Chan, s.loop):
		return madeAnew
	}
	return doesMore
}

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
