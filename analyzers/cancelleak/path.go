package cancelleak

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
)

// checkPaths reports the paths on which an obligation that is met on others is
// lost. It reports whether there are none.
func (c *checker) checkPaths(s *site, flow *mustcall.Flow) bool {
	leaks, confidence, why := c.leaksOf(s, flow)
	if why != "" {
		c.silent(s, why)
		return true
	}
	c.reportPaths(s, flow, leaks, confidence)
	return false
}

// leaksOf returns the paths on which an obligation is lost, and how sure it is that this
// does harm; or why there are none that do.
func (c *checker) leaksOf(s *site, flow *mustcall.Flow) ([]mustcall.Leak, catalog.Confidence, decision.Reason) {
	leaks, ok := flow.Leaks()
	if !ok {
		return nil, catalog.High, tooManyPaths
	}
	why := metBy(flow)
	drop := func(reason decision.Reason, right func(mustcall.Leak) bool) {
		if n := len(leaks); n > 0 {
			if leaks = slices.DeleteFunc(leaks, right); len(leaks) < n {
				why = reason
			}
		}
	}
	drop(exitOfMain, func(l mustcall.Leak) bool { return l.Kind == mustcall.AtExit && ssax.IsMain(s.fn()) })
	drop(replacedFirst, func(l mustcall.Leak) bool {
		if l.Kind != mustcall.Overwritten {
			return false
		}
		other := l.At.(*ssa.Call)
		return c.replaces(other, s) || onlyWithoutDeadline(other, s)
	})
	confidence := catalog.High
	if freestanding(s) {
		n := len(leaks)
		if leaks, confidence = harmful(s, leaks); len(leaks) < n {
			why = nothingLeft
		}
		if keptInFields(s) {
			confidence = catalog.Low
		}
	}
	switch {
	case len(leaks) == 0:
		return nil, confidence, why
	case c.boundedByParent(s):
		return nil, confidence, endsWithOther
	case c.dependsOnArguments(s):
		return nil, confidence, byArguments
	}
	return leaks, confidence, ""
}

// harmful returns the leaks at which somebody may wait for the context of s, which is
// freestanding, and how sure that is: as sure as for the surest of them.
func harmful(s *site, leaks []mustcall.Leak) ([]mustcall.Leak, catalog.Confidence) {
	surest := catalog.Medium
	leaks = slices.DeleteFunc(leaks, func(l mustcall.Leak) bool {
		none, confidence := harmless(s, l.At)
		if !none {
			surest = min(surest, confidence)
		}
		return none
	})
	return leaks, surest
}

// dependsOnArguments reports whether the function that makes the obligation of s
// does so for some arguments only, and the caller tests one of them itself: the
// paths on which it does not call the result may be those on which it need not.
func (c *checker) dependsOnArguments(s *site) bool {
	if s.callee == nil || !c.summary.sometimes(s.callee.Origin(), s.result) {
		return false
	}
	var args []ssa.Value
	for _, arg := range s.Site.Call.Args {
		if _, constant := arg.(*ssa.Const); !constant && !ctxlib.IsContext(arg.Type()) {
			args = append(args, arg)
		}
	}
	for _, b := range s.fn().Blocks {
		if branch := ssax.BranchOf(b); branch != nil && dependsOn(branch.Cond, args) {
			return true
		}
	}
	return false
}

// maxSteps bounds how many operations may lie between an argument and the test of
// what is computed from it. Beyond that it no longer counts as a test of the
// argument, and does not excuse the paths.
const maxSteps = 6

// dependsOn reports whether v is computed from one of the given values, or is one.
func dependsOn(v ssa.Value, args []ssa.Value) bool {
	seen := map[ssa.Value]bool{v: true}
	level := []ssa.Value{v}
	for range maxSteps + 1 {
		var next []ssa.Value
		for _, v := range level {
			if slices.ContainsFunc(args, func(a ssa.Value) bool { return ssax.Same(v, a, nil) }) {
				return true
			}
			instr, ok := v.(ssa.Instruction)
			if !ok {
				continue
			}
			for _, op := range instr.Operands(nil) {
				if *op != nil && !seen[*op] {
					seen[*op] = true
					next = append(next, *op)
				}
			}
		}
		level = next
	}
	return false
}

// replaces reports whether the call other, which overwrites the cancel function of
// s, comes before anything was done under the context of s, and nothing but the
// cancel function holds that context: it has neither a timer nor a parent. Then
// nothing is left of it.
//
//	ctx, cancel := context.WithCancel(context.Background())
//	if d > 0 {
//		ctx, cancel = context.WithTimeout(ctx, d)
//	}
//	defer cancel()
func (c *checker) replaces(other *ssa.Call, s *site) bool {
	return freestanding(s) && s.Context != nil && !c.usedBefore(s, other)
}

// reportPaths reports an obligation that is met on some paths only.
func (c *checker) reportPaths(s *site, flow *mustcall.Flow, leaks []mustcall.Leak, confidence catalog.Confidence) {
	var related []analysis.RelatedInformation
	overwritten := true
	for _, l := range leaks {
		overwritten = overwritten && l.Kind == mustcall.Overwritten
		related = append(related, c.exit(s, l))
	}
	if overwritten {
		c.reportSite(s, max(confidence, c.overwrittenConfidence(s)), categoryDiscarded, fmt.Sprintf("%s is overwritten before it is called, %s; name and call both", s.noun(), s.harm()), nil, related...)
		return
	}
	name := c.name(s)
	subject := name
	if name != s.noun() {
		subject = name + ", " + s.noun() + ","
	}
	advice := "call it before leaving"
	if c.syntax.innermostLoop(s.Site.Pos()) == nil && onlyCalled(flow) {
		advice = "defer it right here"
	}
	c.reportLeaving(s, wayOut(s, leaks), confidence, categoryPath, fmt.Sprintf("%s is not called on every path, %s; %s", subject, s.harm(), advice), nil, related...)
}

// wayOut returns the way on which the function of s is left at all leaks, none if it goes on
// after one.
func wayOut(s *site, leaks []mustcall.Leak) failures.Way {
	fails := true
	for _, l := range leaks {
		ret, ok := l.At.(*ssa.Return)
		if !ok || l.Kind != mustcall.AtExit {
			return failures.Way{}
		}
		fails = fails && purpose.Fails(ret)
	}
	return failures.Left(ssax.FuncOf(s.fn()), fails)
}

// onlyCalled reports whether every use of the obligation is a call in the
// function itself, so that one defer can take their place.
func onlyCalled(flow *mustcall.Flow) bool { return len(flow.Uses.Escaped) == 0 }

// exit describes one way out on which the obligation is not met.
func (c *checker) exit(s *site, l mustcall.Leak) analysis.RelatedInformation {
	switch l.Kind {
	case mustcall.AtNextIteration:
		pos := s.Site.Pos()
		if n := c.syntax.innermostLoop(pos); n != nil {
			pos = n.Pos()
		}
		return analysis.RelatedInformation{Pos: pos, End: pos + token.Pos(len("for")), Message: "the next iteration of this loop starts without calling it"}
	case mustcall.Overwritten:
		pos := l.At.Pos()
		if call, ok := l.At.(*ssa.Call); ok {
			if e := c.syntax.target(call, s.result); e != nil {
				pos = e.Pos()
			}
		}
		return analysis.RelatedInformation{Pos: pos, Message: "overwritten here while it still has to be called"}
	}
	pos := ssax.ExitPos(l.At.(*ssa.Return))
	message := "this return leaves without calling it"
	if !l.At.Pos().IsValid() {
		message = "the end of the function is reached without calling it"
	}
	return analysis.RelatedInformation{Pos: pos, Message: message}
}
