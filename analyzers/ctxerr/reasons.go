package ctxerr

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why an error of a context is asked for rightly.
const (
	asksIs      decision.Reason = "it asks errors.Is, which sees errors in others"
	inIs        decision.Reason = "it is in a method Is, which errors.Is gives each error of a chain in turn"
	bareError   decision.Reason = "the error is that of a context itself, or one with no other in it"
	unknownFrom decision.Reason = "where the error comes from is not known: from a field, or what unwraps another"
	notError    decision.Reason = "the text is not seen to be that of an error"
	asksToo     decision.Reason = "the function asks for the error of a context in another way, too"
	notFailed   decision.Reason = "what is counted is not seen to be the failure of a call with the context of the request"
)

// Why the cause of a context is not lost, and a deadline not hidden.
const (
	causeAsked  decision.Reason = "the package, or a function that gets the context, asks for its cause"
	causeEmpty  decision.Reason = "no cause is seen to be given that says more than the error of a context"
	notTold     decision.Reason = "the error is not told to anybody: it is not returned, logged or put into a text"
	notForRest  decision.Reason = "the cancel function is not deferred in the block: the deadline is meant for that"
	usedInBlock decision.Reason = "work in the block gets the context"
	nothingMore decision.Reason = "nothing after the block does work under the outer context"
)

// Why a call may be made again.
const (
	madeAnew    decision.Reason = "each iteration makes its context anew, or gets it again from elsewhere"
	otherCall   decision.Reason = "each iteration makes another call: an argument changes, or what it is called on"
	notTriedOn  decision.Reason = "the loop is not seen to end when the call succeeds and to go on when it fails"
	loopHears   decision.Reason = "the loop may hear that the context has ended: it asks a context, gives one to another call, or looks closer at the error"
	noErrorThen decision.Reason = "what is called returns no error when its context has ended"
	neverEnds   decision.Reason = "the context never ends"
	takesNoHeed decision.Reason = "what is called is not known to do anything with its context"
)

// silentIs tells, for those who ask, that a call asks errors.Is for the error of a context.
func (c *checker) silentIs(call *ssa.Call) {
	if c.report.Explains() && ctxlib.IsFunc(ssax.Callee(&call.Call), "errors", "Is") && sentinel(call.Call.Args[1]) != "" {
		c.report.Silent(compare, call.Pos(), asksIs)
	}
}

// silentCause tells, for those who ask, why a call that makes a context with a cause is not
// reported, whose cause is given or not.
func (c *checker) silentCause(call *ssa.Call, why decision.Reason) {
	fn := ssax.Callee(&call.Call)
	if c.report.Explains() && (ctxlib.IsFunc(fn, "context", "WithTimeoutCause") || ctxlib.IsFunc(fn, "context", "WithDeadlineCause") || ctxlib.IsFunc(fn, "context", "WithCancelCause")) {
		c.report.Silent(causeLost, call.Pos(), why)
	}
}

// silentRetry tells, for those who ask, that a call in a loop gets no context from outside
// of that.
func (c *checker) silentRetry(call *ssa.Call) {
	if c.report.Explains() && slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return ctxlib.IsContext(arg.Type()) }) {
		c.report.Silent(retry, call.Pos(), madeAnew)
	}
}
