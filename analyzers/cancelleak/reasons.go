package cancelleak

import (
	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a cancel function counts as met.
const (
	alwaysCalled  decision.Reason = "the cancel function is called, or deferred, on every path"
	handedOn      decision.Reason = "the cancel function is stored, returned, or given to code that may call it: somebody else is taken to meet it"
	tooManyPaths  decision.Reason = "the function has too many paths to follow the cancel function along all of them"
	exitOfMain    decision.Reason = "the paths without a call leave main, and the process ends there"
	nothingLeft   decision.Reason = "on the paths without a call, nothing waits for the context, and it has neither a timer nor a parent that would keep it"
	replacedFirst decision.Reason = "the cancel function is overwritten before anything was done under its context, of which then nothing is left"
	endsWithOther decision.Reason = "the context ends with another one that the function makes and cancels by defer"
	byArguments   decision.Reason = "the function that makes it does so for some arguments only, and the caller tests one of them itself"
	waitedFor     decision.Reason = "the group is given to somebody, or waited for: its Wait need not be on every path, because its parent still ends it"
)

// silent tells why an obligation is not reported.
func (c *checker) silent(s *site, why decision.Reason) {
	c.report.Silent("", s.Site.Pos(), why)
}

// metBy returns how an obligation is met that no path loses.
func metBy(flow *mustcall.Flow) decision.Reason {
	if len(flow.Uses.Escaped) > 0 {
		return handedOn
	}
	return alwaysCalled
}
