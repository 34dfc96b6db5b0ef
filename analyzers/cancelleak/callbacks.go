package cancelleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// runsNow is the Protocol.RunsNow of cancel functions: the callee is known, and the
// call has no result by which the callback could tell what it did.
func runsNow(call *ssa.CallCommon, fn ssa.Value) bool {
	if call.Signature().Results().Len() > 0 {
		return false
	}
	callee := ssax.Callee(call)
	if callee == nil || callee.Pkg() == nil {
		return false
	}
	if slices.Contains(runners[callee.Pkg().Path()], callee.Name()) {
		return true
	}
	body := ssax.Body(call.StaticCallee())
	if body == nil || len(body.Params) != len(call.Args) {
		return false
	}
	for i, arg := range call.Args {
		if arg == fn && !onlyCalls(body.Params[i]) {
			return false
		}
	}
	return true
}

// onlyCalls reports whether a function does nothing with its parameter, a function, but
// call it.
func onlyCalls(p *ssa.Parameter) bool {
	some := false
	for _, ref := range *p.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if ref.Call.Value != ssa.Value(p) || slices.Contains(ref.Call.Args, ssa.Value(p)) {
				return false
			}
			some = true
		default:
			return false
		}
	}
	return some
}

// runners are the functions of the standard library that call the function that they
// are given, if at all, before they return, and return nothing.
var runners = map[string][]string{
	"sync":   {"Do", "Range"},
	"slices": {"SortFunc", "SortStableFunc"},
	"sort":   {"Slice", "SliceStable"},
	"maps":   {"DeleteFunc"},
	"flag":   {"Visit", "VisitAll"},
}
