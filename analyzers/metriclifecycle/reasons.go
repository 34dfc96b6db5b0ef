package metriclifecycle

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a collector may be registered, or an instrument made, where it is.
const (
	runsOnce      decision.Reason = "it runs once in the life of the process: in init or main, by a sync.Once, or by the one call that they make"
	firstTime     decision.Reason = "something that outlives the call decides whether control gets there: that looks like code for the first time only"
	looksBefore   decision.Reason = "the function also unregisters something, or asks what was registered before"
	notUnderstood decision.Reason = "what is registered is not seen to be one collector each time, or a new one with a known name"
	otherRegistry decision.Reason = "the registry is new, given by the caller, or may be another one each time"
	notRepeated   decision.Reason = "the function is not seen to run again and again: it answers no requests, and no loop always gets there"
	madeElsewhere decision.Reason = "the collector is not made here, and so is the one that is registered already"
	notUsed       decision.Reason = "nothing goes on with the collector after it was registered"
	errorSeen     decision.Reason = "somebody gets the error of Register, and may act on it"
	onPurpose     decision.Reason = "the error is given to the blank identifier, and the function is not seen to run twice"
)

// Why labels, callbacks and series are right.
const (
	labelsFit     decision.Reason = "the call gives the labels that the vector has"
	vectorUnknown decision.Reason = "which labels the vector has is not known"
	givenUnknown  decision.Reason = "which labels the call gives is not known"
	notKept       decision.Reason = "what the result is put back into does not outlive the call"
	perInstance   decision.Reason = "the method runs once for each instance, right after that is made"
	isKept        decision.Reason = "the registration of the callback is kept, so that somebody may call its Unregister"
	nothingEnds   decision.Reason = "nothing that the callback captures has a method that ends it"
	movesSeries   decision.Reason = "the function also fills the vector: it moves a series from one state to another"
	siblingsToo   decision.Reason = "the series of the vector that is filled for the same labels are deleted, or cleared, too"
	helperHas     decision.Reason = "other code gets the collector, and may take it out or delete its series"
	constantOnly  decision.Reason = "the labels by which it deletes are constants"
)

// Why a collector need not be taken out of its registry, or is taken out of the right one.
const (
	isTakenOut   decision.Reason = "the collector is unregistered"
	siblingsStay decision.Reason = "no method that ends its owner unregisters what is registered with it"
	ownerStays   decision.Reason = "its owner has no method that ends it"
	oneForAll    decision.Reason = "it is not seen to be another collector for each instance"
	sameRegistry decision.Reason = "the collector is taken out of the registry that it was put into"
	registryDim  decision.Reason = "which registry that is, or where the collector was registered, is not known"
)

// silent tells why a call is not reported.
func (c *checker) silent(category string, call ssa.CallInstruction, why decision.Reason) {
	if c.report.Explains() && !ssax.InstrInTest(call) {
		c.report.Silent(category, call.Common().Pos(), why)
	}
}

// silentHot tells, for those who ask, why registrations in fn are not reported as such that
// are made again and again.
func (c *checker) silentHot(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && !c.reported[call] {
				c.silent(hotRegister, call, c.notHot(fn, call))
			}
		}
	}
}

// notHot returns why a call in fn does not register the same thing again and again, "" if it
// registers nothing, or its caller decides what to do when that fails.
func (c *checker) notHot(fn *ssa.Function, call ssa.CallInstruction) decision.Reason {
	r, registers := c.registrationOf(call)
	_, instrument := instrumentOf(call)
	if !instrument && !(registers && r.must) {
		return ""
	}
	e, known := c.eventOf(call)
	switch {
	case isOnce(fn) || c.once(fn):
		return runsOnce
	case slices.ContainsFunc(fn.Blocks, c.takesBack):
		return looksBefore
	case !known:
		return notUnderstood
	case c.dependsOnState(call, nil):
		return firstTime
	case !c.hotRegistry(fn, e):
		return otherRegistry
	}
	return notRepeated
}
