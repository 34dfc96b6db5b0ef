package metriclifecycle

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// checkLost reports a call of Register whose error goes nowhere although the
// collector was made right here and is used on. The second time the function
// runs, the registry keeps the first collector, and nobody sees the new one.
func (c *checker) checkLost(call ssa.CallInstruction) {
	r, ok := c.registrationOf(call)
	fn := call.Parent()
	if !ok || r.must || len(r.collectors) != 1 || isOnce(fn) || c.inTest(call.Pos()) || c.dependsOnState(call, nil) {
		return
	}
	switch registryOf(r.registry).kind {
	case freshRegistry, noRegistry:
		return // nothing is registered there
	}
	made, ok := r.collectors[0].(*ssa.Call)
	if !ok {
		return
	}
	m, ok := c.vectors.Made(&made.Call)
	if !ok && !makesNew(&made.Call) || !goesOn(made, call) {
		return
	}
	result, ok := call.(*ssa.Call)
	how := "is dropped"
	if ok && !unused(result) {
		if !onlyLogged(result) {
			return
		}
		how = "is only logged"
	}
	if c.once(fn) {
		return
	}
	name := m.Name
	if name == "" {
		name = "the collector"
	}
	pos, end := c.span(call)
	c.report.Report(analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: lostRegister,
		Message: fmt.Sprintf("the error of %s %s, so if %s is registered already, what the new one counts is never seen; take the ExistingCollector of an AlreadyRegisteredError, or return the error",
			r.method, how, name),
		Related: []analysis.RelatedInformation{{Pos: made.Pos(), Message: "the collector is made here"}},
	})
}

// makesNew reports whether a call makes a collector of some type, judging by the
// name of the function.
func makesNew(call *ssa.CallCommon) bool {
	fn := vectors.Callee(call)
	return fn != nil && fn.Signature().Recv() == nil && strings.HasPrefix(fn.Name(), "New")
}

// goesOn reports whether a collector is used for something else than to be
// registered: it is kept, returned or measured with.
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

// logs matches the names of functions that tell of an error and do no more.
var logs = lazyregexp.New(`(?i)^(v?(debug|info|notice|warn|warning|error|print|log|printf|println)(f|ln|w|s|context|depth)*|(err|with|add|str|any|string)(error|field|s)?|handleerror(withcontext)?|fprintf|fprintln)$`)

// onlyLogged reports whether an error is compared with nil and printed, nothing
// else, and the function goes on afterwards.
func onlyLogged(err ssa.Value) bool {
	for _, ref := range *err.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.BinOp:
			if !goesOnAfter(ref) {
				return false
			}
		case *ssa.ChangeInterface:
			if !onlyPrinted(ref, 4) {
				return false
			}
		case *ssa.Call:
			if !isLog(&ref.Call, err) {
				return false
			}
		case *ssa.Store:
			if !intoArguments(ref) {
				return false
			}
		case *ssa.MakeInterface:
			if !onlyPrinted(ref, 4) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// onlyPrinted reports whether v goes to log functions alone.
func onlyPrinted(v ssa.Value, depth int) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if !intoArguments(ref) {
				return false
			}
		case *ssa.Call:
			if !isLog(&ref.Call, v) {
				return false
			}
		case *ssa.MakeInterface:
			if depth == 0 || !onlyPrinted(ref, depth-1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// intoArguments reports whether a store fills the variadic arguments of calls
// that log.
func intoArguments(s *ssa.Store) bool {
	elem, ok := s.Addr.(*ssa.IndexAddr)
	if !ok {
		return false
	}
	alloc, ok := elem.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *alloc.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, use := range *slice.Referrers() {
			if call, ok := use.(*ssa.Call); !ok || !isLog(&call.Call, slice) {
				return false
			}
		}
	}
	return true
}

// isLog reports whether a call tells of v, judging by its name; Error, the
// method, makes a text of it.
func isLog(call *ssa.CallCommon, v ssa.Value) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "print" || b.Name() == "println"
	}
	fn := vectors.Callee(call)
	if fn == nil {
		return false
	}
	if ctxlib.IsFunc(fn, "errors", "As") || ctxlib.IsFunc(fn, "errors", "Is") {
		return false
	}
	if fn.Pkg() != nil && fn.Pkg().Path() == "fmt" && fn.Signature().Results().Len() == 1 {
		return false // Errorf, Sprintf: the text may go anywhere
	}
	return logs.MatchString(fn.Name())
}

// goesOnAfter reports whether a function goes on where the comparison of an
// error with nil says that there is one.
func goesOnAfter(cmp *ssa.BinOp) bool {
	for _, ref := range *cmp.Referrers() {
		branch, ok := ref.(*ssa.If)
		if !ok {
			continue
		}
		for _, succ := range branch.Block().Succs {
			for _, b := range succ.Parent().Blocks {
				if len(succ.Preds) == 1 && succ.Dominates(b) && isErrorSide(cmp, branch, succ) && len(b.Succs) == 0 {
					return false // it returns or panics
				}
			}
		}
	}
	return true
}

func isErrorSide(cmp *ssa.BinOp, branch *ssa.If, succ *ssa.BasicBlock) bool {
	i := 0
	if cmp.Op.String() == "==" {
		i = 1
	}
	return branch.Block().Succs[i] == succ
}
