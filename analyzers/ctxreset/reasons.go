package ctxreset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a fresh context is right where it is.
const (
	lifetime         decision.Reason = "the fresh context, or what ends it, is stored or returned: it is the lifetime of something that goes on after the function"
	linked           decision.Reason = "something else ends the fresh context: its cancel function is run when another context ends, or is kept"
	copied           decision.Reason = "its deadline or values are taken from another context, so it is detached on purpose"
	namedForEnd      decision.Reason = "the name of the context, or of its timeout, says that it is for the end of something"
	unusedFresh      decision.Reason = "nothing that waits gets the fresh context"
	leftBehind       decision.Reason = "a goroutine that the function does not wait for gets the fresh context, which is made for that"
	alreadyOver      decision.Reason = "the fresh context has been cancelled before it is used, so that the work is cut short on purpose"
	endsWithFunction decision.Reason = "only goroutines get the fresh context, which the function ends when it returns, as it does when the context at hand ends"
	ownSignal        decision.Reason = "it waits until somebody calls the cancel function of the fresh context, which has no other end"
	hearsEnd         decision.Reason = "the wait also hears of the end of the context at hand"
	cleanUp          decision.Reason = "it ends what was begun: clean-up has to be done when the context at hand has ended"
	endedByOther     decision.Reason = "the object that the goroutine works for is ended by another part of the function"
	bothGiven        decision.Reason = "the callee gets a context of the caller, too, and hears of its end"
	ownEnd           decision.Reason = "the context at hand is that of the object whose method gets the fresh one, and which ends the wait with itself"
	inert            decision.Reason = "what gets the context does not wait for its end: it logs, reads values, or drops it"
	keeps            decision.Reason = "what gets the context keeps it, or starts something that outlives the call"
	onTheirOwn       decision.Reason = "nobody waits for the goroutine, and what it does looks like its own work: one event after the other, or after a failure"
	wraps            decision.Reason = "the method is the form without a context of one that takes it"
	partOfOther      decision.Reason = "it is part of another finding in the function: one change corrects both"
	inTest           decision.Reason = "it is in a test, to whose context nobody else has a claim"
)

// Why a function with a fresh context has no context of its own to pass on, and why calls
// of it are not reported where there is one.
const (
	noContext decision.Reason = "no context is at hand in the function: calls of it are reported where there is one (ctxreset/chain)"
	noHelper  decision.Reason = "no context is at hand in the function, and its callers could not be asked for one: it is main, init, clean-up by its name, gives a context itself, or has a signature that is prescribed"
	worthless decision.Reason = "the context at hand never ends and has no values, or ends before what is to be done: nothing is lost without it"
	detached  decision.Reason = "the function literal runs at another time than the function around it: it is stored, registered or returned"
	atTheEnd  decision.Reason = "the function literal, or the function, runs when the work is over"
)

// silent tells why a fresh context is not reported.
func (c *checker) silent(s *seed, why decision.Reason) {
	c.report.Silent("", s.instr.Pos(), why)
}

// silentIn tells why none of the fresh contexts of a function are reported, to those who ask.
func (c *checker) silentIn(fn *ssa.Function, why decision.Reason) {
	if !c.report.Explains() || !c.fresh {
		return
	}
	for _, s := range c.seeds(fn) {
		c.silent(s, why)
	}
}

// withoutContext returns why nothing is reported in a function that has no context at hand.
func (c *checker) withoutContext(fn *ssa.Function) decision.Reason {
	if c.report.Explains() && c.fresh && (ssax.IsInit(ssax.Outermost(fn)) || !c.mayBeHelper(ssax.Outermost(fn))) {
		return noHelper
	}
	return noContext
}

// atAnotherTime returns why code that runs in some other mode than inline or in a
// goroutine has nothing to do with the context of the function around it.
func atAnotherTime(how athand.Mode) decision.Reason {
	if how == athand.Cleanup {
		return atTheEnd
	}
	return detached
}
