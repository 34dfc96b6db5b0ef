package athand

import "github.com/ctxlint/ctxlint/internal/pass/decision"

// Why the context at hand is no reason to say anything, for analyzers that ask which one is.
const (
	OverAtHand decision.Reason = "the context at hand is nil there, or has ended"
	Replaced   decision.Reason = "the context of the caller has been replaced by one that is over"
)
