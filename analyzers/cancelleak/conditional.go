package cancelleak

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkConditional reports a cancel function whose only call is in a literal that runs
// at the end, or until then, and that does not call it in every case, although nothing
// that the function leaves behind needs the context:
//
//	defer func() {
//		if err != nil {
//			cancel()
//		}
//	}()
//	go func() { <-s.stop; cancel() }()
//
// It reports whether there is nothing of the kind.
func (c *checker) checkConditional(s *site, flow *mustcall.Flow) bool {
	if len(flow.Uses.Released) != 1 || len(flow.Uses.Escaped) > 0 || ssax.IsMain(s.fn()) || c.boundedByParent(s) {
		return true
	}
	instr, ok := flow.Uses.Released[0].(ssa.CallInstruction)
	if !ok {
		return true
	}
	mc, ok := instr.Common().Value.(*ssa.MakeClosure)
	if !ok || s.Context == nil {
		return true
	}
	message, sure := "", catalog.High
	switch instr.(type) {
	case *ssa.Defer:
		if onlyOnError(mc, flow) {
			message = "this deferred call runs only when the function returns an error"
		}
	case *ssa.Go:
		message, sure = waitsForOthers(mc, flow)
	}
	if message == "" {
		return true
	}
	// Where something lives on under the context, that is what the condition is for.
	e := &escapeSearch{tainted: map[ssa.Value]bool{mc: true}}
	if e.escapes(s.Context) {
		return true
	}
	if e.unseen {
		sure = catalog.Medium
	}
	c.reportPath(s, sure, analysis.RelatedInformation{Pos: instr.Pos(), Message: message})
	return false
}

func (c *checker) reportPath(s *site, sure catalog.Confidence, why analysis.RelatedInformation) {
	name := c.name(s)
	if name != s.noun() {
		name += ", " + s.noun() + ","
	}
	c.reportSite(s, sure, categoryPath, fmt.Sprintf("%s is not called on every path, %s; defer it right here", name, s.harm()), nil, why)
}

// cancelIn returns the call of the obligation in a literal, if there is one and no
// other use of it.
func cancelIn(mc *ssa.MakeClosure, flow *mustcall.Flow) *ssa.Call {
	fn := mc.Fn.(*ssa.Function)
	var only *ssa.Call
	for i, b := range mc.Bindings {
		if !flow.Holds(b) {
			continue
		}
		for _, ref := range *fn.FreeVars[i].Referrers() {
			load, ok := ref.(*ssa.UnOp)
			if !ok {
				return nil
			}
			for _, use := range *load.Referrers() {
				call, ok := use.(*ssa.Call)
				if !ok || only != nil || call.Call.Value != ssa.Value(load) {
					return nil
				}
				only = call
			}
		}
	}
	return only
}

// onlyOnError reports whether a literal that is deferred calls the obligation if, and
// only if, the error that the function returns is not nil.
func onlyOnError(mc *ssa.MakeClosure, flow *mustcall.Flow) bool {
	call := cancelIn(mc, flow)
	if call == nil {
		return false
	}
	fn := mc.Fn.(*ssa.Function)
	branch := ssax.BranchOf(fn.Blocks[0])
	if branch == nil || !ssax.OnlyBy(call.Block(), branch, 0) {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.NEQ || !ssax.IsNil(cond.Y) || !ctxlib.IsError(cond.X.Type()) {
		return false
	}
	captured, ok := ssax.LoadedFrom(cond.X).(*ssa.FreeVar)
	if !ok {
		return false
	}
	for i, v := range fn.FreeVars {
		if v == captured {
			return isResult(mc.Bindings[i])
		}
	}
	return false
}

// isResult reports whether every return of the function returns what a variable holds.
func isResult(v ssa.Value) bool {
	cell, ok := v.(*ssa.Alloc)
	if !ok {
		return false
	}
	returns := ssax.Returns(cell.Parent())
	for _, ret := range returns {
		found := false
		for _, r := range ret.Results {
			found = found || ssax.LoadedFrom(r) == ssa.Value(cell)
		}
		if !found {
			return false
		}
	}
	return len(returns) > 0
}

// waitsForOthers says what a literal waits for before it calls the obligation, if that
// is not for the function to bring about: a channel that was there before.
func waitsForOthers(mc *ssa.MakeClosure, flow *mustcall.Flow) (string, catalog.Confidence) {
	call := cancelIn(mc, flow)
	if call == nil || len(mc.Fn.(*ssa.Function).Blocks) != 1 {
		return "", 0
	}
	var waited ssa.Value
	for _, instr := range call.Block().Instrs {
		if instr == ssa.Instruction(call) {
			break
		}
		if recv, ok := instr.(*ssa.UnOp); ok && recv.Op == token.ARROW {
			if waited != nil {
				return "", 0
			}
			waited = recv.X
		}
	}
	const message = "this goroutine calls it only after a wait that the function does not end"
	done, isCall := waited.(*ssa.Call)
	if isCall && ctxlib.IsMethod(ssax.Callee(&done.Call), "context", "Context", "Done") && given(mc, done.Call.Value) {
		return message, catalog.High // the context ends then anyway
	}
	switch place := ssax.LoadedFrom(waited).(type) {
	case *ssa.FieldAddr, *ssa.Global:
		if closesIn(mc.Parent(), place) {
			return "", 0
		}
	default:
		if !given(mc, waited) {
			return "", 0
		}
	}
	return message, catalog.Medium // whoever ends the wait may do so when this function returns
}

// given reports whether v, in a literal, is loaded from a captured variable that holds
// what the function around it was given, and nothing else.
func given(mc *ssa.MakeClosure, v ssa.Value) bool {
	fn := mc.Fn.(*ssa.Function)
	for i, captured := range fn.FreeVars {
		if ssax.LoadedFrom(v) != ssa.Value(captured) {
			continue
		}
		stores := ssax.StoresTo(mc.Bindings[i])
		return len(stores) > 0 && !slices.ContainsFunc(stores, func(st *ssa.Store) bool {
			_, param := st.Val.(*ssa.Parameter)
			return !param
		})
	}
	return false
}

// closesIn reports whether a function closes a channel that is in the same field or
// variable as the one at addr.
func closesIn(fn *ssa.Function, addr ssa.Value) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			b, builtin := call.Common().Value.(*ssa.Builtin)
			if builtin && b.Name() == "close" && ssax.Place(ssax.LoadedFrom(call.Common().Args[0])) == ssax.Place(addr) {
				return true
			}
		}
	}
	return false
}
