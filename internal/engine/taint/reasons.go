package taint

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a value has few values, or where the way to where it comes from ends.
const (
	aConstant    decision.Reason = "the value is a constant"
	fewValues    decision.Reason = "the value is boolean, or of an enumeration"
	compared     decision.Reason = "on every way there, the value has been compared with constants, or found among those that there are"
	fewTexts     decision.Reason = "the text of the error is one of few: it is made from a constant, or the error is that of a package variable or a context"
	oneValue     decision.Reason = "the value comes from a package variable, and so is the same for the life of the process"
	sanitized    decision.Reason = "the value is the result of a function that is configured as a sanitizer"
	fewMethods   decision.Reason = "only requests with known methods get there, because of the route or of a comparison"
	namedPaths   decision.Reason = "the handler serves only paths that routes name in full"
	ownRequest   decision.Reason = "the program makes the request itself, and chooses what is in it"
	outOfView    decision.Reason = "code out of view gives the value, and is not known to give one without a bound"
	anyObject    decision.Reason = "the value comes from a field of some object of a type, and there is no telling which"
	onlyType     decision.Reason = "the format shows only the type of the value, or whether it is true"
	ownFormat    decision.Reason = "a method of the value's type decides how it is printed, and does not give one without a bound"
	tooFarToTell decision.Reason = "the way to where the value comes from is too long to follow, or goes in circles"
)

// Asked calls told with each reason for which a walk does not follow a value any further;
// nil, as it is at first, if nobody asks.
func (t *Tracer) Asked(told func(decision.Reason)) { t.told = told }

// end tells why the walk ends at a value.
func (t *Tracer) end(why decision.Reason) {
	if t.told != nil && why != "" {
		t.told(why)
	}
}

// bounded returns why a value that is used at u is one of few, "" if that is not known.
func (w *walk) bounded(v ssa.Value, u use) decision.Reason {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin, *ssa.MakeClosure, *ssa.MakeChan:
		return aConstant
	case *ssa.Convert, *ssa.ChangeType, *ssa.Phi:
		if isBool(v.Type()) { // a conversion to an enumeration does not check anything
			return fewValues
		}
	default:
		if isBool(v.Type()) || IsEnum(v.Type()) {
			return fewValues
		}
	}
	if w.guarded(v, u) {
		return compared
	}
	return ""
}

// IsConstant reports whether a reason is that the value is a constant, as parts of a value
// often are.
func IsConstant(why decision.Reason) bool { return why == aConstant }
