package ctxtimeout

import "github.com/ctxlint/ctxlint/internal/pass/decision"

// Why a duration is taken to be what is meant.
const (
	hasUnit     decision.Reason = "the duration has a unit, or is made of something that may have one"
	saysAtOnce  decision.Reason = "none, and one nanosecond, are usual ways to say: no time, or at once"
	longEnough  decision.Reason = "the number is long enough, in nanoseconds, to be meant as it is"
	severalUnit decision.Reason = "the number is multiplied by several units elsewhere, so that none is its own"
	nothingSays decision.Reason = "neither the name of the number nor its use elsewhere says that it is in another unit"
)

// Why a deadline, and one below it, is right.
const (
	notPast      decision.Reason = "the deadline is not known to have passed when the context is made"
	meantToEnd   decision.Reason = "a name says that a context which has ended is wanted, or only the cancel function is used"
	notConstant  decision.Reason = "the timeout is not a constant, so that it cannot be compared with others"
	tellsEnds    decision.Reason = "the function may tell the end of one context from that of the other"
	isShorter    decision.Reason = "the timeout is not longer than that of what is around it"
	fromOutside  decision.Reason = "each iteration derives from a context that is made outside of the loop, or made anew"
	otherStale   decision.Reason = "another context on the way, which derives from itself, is reported instead"
	meantToGrow  decision.Reason = "the loop ends, and is meant to collect values: each has a key of its own, or what follows the loop gets the context"
	requestFree  decision.Reason = "the context of the request is not seen to get a constant timeout"
	clientFree   decision.Reason = "the client is not seen to have a constant Timeout"
	clientLonger decision.Reason = "the client gives at least as much time as the context of the request"
)
