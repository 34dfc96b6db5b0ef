package metriclifecycle

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkLost reports a call of Register whose error goes nowhere although the
// collector was made right here and is still used. The second time the function
// runs, the registry keeps the first collector, and nobody sees the new one.
func (c *checker) checkLost(call ssa.CallInstruction) {
	r, ok := c.registrationOf(call)
	fn := call.Parent()
	if !ok || r.must || len(r.collectors) != 1 || ssax.InstrInTest(call) {
		return
	}
	made, m, why := c.newlyMade(r)
	if why != "" {
		c.silent(lostRegister, call, why)
		return
	}
	result, ok := call.(*ssa.Call)
	how := "is dropped"
	if ok && !unused(result) {
		if !(&fate{pkg: fn.Pkg, err: result}).onlyLogged(result) {
			c.silent(lostRegister, call, errorSeen)
			return
		}
		how = "is only logged"
	}
	again := c.repeated(fn)
	switch {
	case c.once(fn):
		c.silent(lostRegister, call, runsOnce)
		return
	case !again && c.blank(call):
		c.silent(lostRegister, call, onPurpose)
		return
	}
	name := m.Name
	if name == "" {
		name = "collector"
	}
	pos, end := c.span(call)
	c.report.ReportFinding(diag.Finding{Confidence: catalog.Grade(again && !c.blank(call)), Diagnostic: analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: lostRegister,
		Message: fmt.Sprintf("the error of %s %s, so a second %s counts unseen; use the ExistingCollector of an AlreadyRegisteredError, or return the error",
			r.method, how, name),
		Related: []analysis.RelatedInformation{{Pos: made.Pos(), Message: "the collector is made here"}},
	}})
}

// newlyMade returns the call that makes the one collector of a registration, and what is
// known of the collector; or why a second registration of it would not be missed.
func (c *checker) newlyMade(r registration) (made *ssa.Call, m vectors.Collector, why decision.Reason) {
	switch kind := registryOf(r.registry).kind; {
	case isOnce(r.call.Parent()):
		return nil, m, runsOnce
	case c.dependsOnState(r.call, nil):
		return nil, m, firstTime
	case kind == freshRegistry || kind == noRegistry: // nothing is registered there
		return nil, m, otherRegistry
	}
	made, kept := c.madeBy(r.collectors[0])
	if made == nil {
		return nil, m, madeElsewhere
	}
	m, known := c.vectors.Made(&made.Call)
	switch {
	case !known && !makesNew(&made.Call):
		return nil, m, madeElsewhere
	case kept == nil && !goesOn(made, r.call) || kept != nil && !keeps(kept):
		return nil, m, notUsed
	}
	return made, m, ""
}

// blank reports whether the result of a call is assigned to the blank identifier, by
// which the author says that there is nothing to be done about it.
func (c *checker) blank(call ssa.CallInstruction) bool {
	c.indexCalls()
	return c.blanks[call.Common().Pos()]
}

// makesNew reports whether a call makes a collector of some type: by what the
// function returns if that can be seen, otherwise judging by its name.
func makesNew(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Signature().Recv() != nil || !words.Makes.Leads(fn.Name()) {
		return false
	}
	return !slices.ContainsFunc(ssax.Returns(ssax.Static(call)), func(ret *ssa.Return) bool {
		return len(ret.Results) > 0 && isShared(ret.Results[0])
	})
}

// isShared reports whether a value is what a package variable holds.
func isShared(v ssa.Value) bool {
	load, ok := ssax.Strip(v).(*ssa.UnOp)
	if !ok {
		return false
	}
	_, global := load.X.(*ssa.Global)
	return global
}

// goesOn reports whether a collector is used for more than being registered: it is
// kept, returned or measured with.
func goesOn(made ssa.Value, call ssa.CallInstruction) bool {
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.MakeInterface:
			if !passedOnlyTo(ref, call) {
				return true
			}
		case *ssa.ChangeInterface:
			if !passedOnlyTo(ref, call) {
				return true
			}
		default:
			return ref != call
		}
	}
	return false
}

// keeps reports whether the struct whose field a collector is loaded from goes on, or
// the field is loaded again.
func keeps(load *ssa.UnOp) bool {
	addr := load.X.(*ssa.FieldAddr)
	for _, ref := range *addr.X.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.FieldAddr:
			if ref.Field == addr.Field && slices.ContainsFunc(*ref.Referrers(), func(use ssa.Instruction) bool { return use != load && !isStore(use) }) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func isStore(instr ssa.Instruction) bool {
	_, ok := instr.(*ssa.Store)
	return ok
}

func passedOnlyTo(v ssa.Value, call ssa.CallInstruction) bool {
	for _, ref := range *v.Referrers() {
		if ref != call {
			if _, ok := ref.(*ssa.DebugRef); !ok {
				return false
			}
		}
	}
	return true
}
