package missingctx

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a wait under no context is right, or not worth one.
const (
	inTest      decision.Reason = "it is in a test, which nobody cancels"
	noContext   decision.Reason = "no context is at hand in the function, or none that can end: calls of it are reported where there is one (missingctx/chain)"
	otherTime   decision.Reason = "it runs in a goroutine, at another time, or when the work of the function is over"
	onlyTelling decision.Reason = "the function does nothing with its context but log and trace"
	hasContext  decision.Reason = "the call is given a context, or an object that has one"
	session     decision.Reason = "the object that it is called on was made under a context, or has one"
	notSent     decision.Reason = "the request is not sent as it is: it gets a context first, or is not sent here"
	notRun      decision.Reason = "the command is not run and waited for here"
	interactive decision.Reason = "the command reads what somebody types, and ends when they want it to"
	endsBeside  decision.Reason = "a literal beside the command waits for the end of a context, and ends it itself"
	atOnce      decision.Reason = "it returns at once, since no option tells it to wait for a connection"
	local       decision.Reason = "the connection is of datagrams or local, and so does not wait"
	shortWait   decision.Reason = "the wait is too short for anybody to want to interrupt it"
	othersSay   decision.Reason = "it is in a loop without an end or in the default of a select statement, of which goroutineleak or selectdefault speaks"
)

// silent tells why a wait is not reported.
func (c *checker) silent(category string, instr ssa.Instruction, why decision.Reason) {
	c.report.Silent(category, instr.Pos(), why)
}

// none tells why a wait is no pause.
func (c *checker) none(category string, instr ssa.Instruction, why decision.Reason) *pause {
	c.silent(category, instr, why)
	return nil
}

// silentIn tells why none of the waits of a function are reported, to those who ask.
func (c *checker) silentIn(fn *ssa.Function, why decision.Reason) {
	if !c.report.Explains() {
		return
	}
	for _, p := range c.in(fn) {
		c.silent(p.category, p.instr, why)
	}
}

// unfit returns why the context h, nil if there is none, is no reason to report what a
// function waits for; "" if it is.
func (c *checker) unfit(fn *ssa.Function, h *athand.Context) decision.Reason {
	switch {
	case h == nil:
		return noContext
	case c.atHand.Mode(fn, h.Func) != athand.Inline:
		return otherTime
	case c.onlyTells(h):
		return onlyTelling
	}
	return ""
}
