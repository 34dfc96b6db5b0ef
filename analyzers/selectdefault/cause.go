package selectdefault

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// checkCause reports cases for the end of a context in which a function that can
// return an error returns none, if a caller takes that for a success: it goes on to do
// what it would not do after an error, and does not look at a context before.
//
//	for {
//		if err := copyAll(ctx); err == nil {
//			break
//		}
//	}
//	close(copied)
func (c *checker) checkCause(fn *ssa.Function) {
	if !returnsError(fn) {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			sel, ok := instr.(*ssa.Select)
			if !ok {
				continue
			}
			if s := c.statement(sel); s != nil {
				c.checkCauseOf(s)
			}
		}
	}
}

func (c *checker) checkCauseOf(s *statement) {
	for i, st := range s.States {
		if st.Dir != types.RecvOnly || !c.pkg.OfValue(st.Chan).Done {
			continue
		}
		ret := c.successOf(s, i)
		if ret == nil {
			continue
		}
		act, why := c.restsOn(s, st.Chan)
		if act == nil {
			c.report.Silent(cause, ret.Pos(), why)
			continue
		}
		c.report.Report(analysis.Diagnostic{
			Pos:      ret.Pos(),
			End:      ret.End(),
			Category: cause,
			Message:  fmt.Sprintf("no error is returned when the context is done, so %s goes on as after a success; return context.Cause of it, or its Err", callerName(act, c.pass.Pkg)),
			Related: []analysis.RelatedInformation{
				{Pos: st.Pos, Message: "the context is done here"},
				{Pos: act.Pos(), Message: "the caller does this only after a success"},
			},
		})
	}
}

// restsOn returns what a caller does only after a success, if to return none at the end
// of the context is not right.
func (c *checker) restsOn(s *statement, done ssa.Value) (act ssa.Instruction, why decision.Reason) {
	switch {
	case ofClient(done):
		return nil, clientGone
	case c.stopIsSuccess(s):
		return nil, stopped
	}
	if act = c.actOnSuccess(s.fn, make(map[*ssa.Function]bool)); act == nil {
		return nil, nothingLost
	}
	return act, ""
}

func returnsError(fn *ssa.Function) bool {
	return ctxlib.CanFail(fn.Signature)
}

// callerName names the function that has instr, or the one around it.
func callerName(instr ssa.Instruction, pkg *types.Package) string {
	if fn := ssax.FuncOf(ssax.Outermost(instr.Parent())); fn != nil {
		return symbol.Of(fn).In(pkg.Path())
	}
	return "the caller"
}

// successOf returns the statement with which the clause of a state returns without an
// error, nil if it ends in another way.
func (c *checker) successOf(s *statement, state int) *ast.ReturnStmt {
	clause := s.clause(state)
	if clause == nil || len(clause.Body) == 0 {
		return nil
	}
	ret, ok := clause.Body[len(clause.Body)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 || !c.returnsNoError(ret) {
		return nil
	}
	return ret
}

// stopIsSuccess reports whether another case of the statement, for a signal and not
// for a context, returns without an error: to be stopped is a success there.
func (c *checker) stopIsSuccess(s *statement) bool {
	for i, st := range s.States {
		if st.Dir == types.RecvOnly && !c.pkg.OfValue(st.Chan).Done && isSignal(chanElem(st.Chan.Type())) && c.successOf(s, i) != nil {
			return true
		}
	}
	return false
}

// isSignal reports whether values of type t say no more than that they have come.
func isSignal(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0 || ctxlib.IsNamedOrPointer(t, "os", "Signal")
}

// ofClient reports whether the channel is that of the context which a request or stream
// of another package has: when it is done, nobody is left who would want to know.
func ofClient(done ssa.Value) bool {
	call, ok := ssax.Strip(done).(*ssa.Call)
	if !ok {
		return false
	}
	ctx, _ := ssax.Receiver(&call.Call)
	made, ok := ctx.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssax.Callee(&made.Call)
	return fn != nil && fn.Name() == "Context" && fn.Pkg() != call.Parent().Pkg.Pkg && fn.Signature().Recv() != nil && fn.Signature().Params().Len() == 0
}

// actOnSuccess returns what a caller of fn does only if fn returns no error, without a
// look at a context before. It is nil if no caller in view does such a thing. A caller
// that returns the error is asked about in turn; those in seen have been.
func (c *checker) actOnSuccess(fn *ssa.Function, seen map[*ssa.Function]bool) ssa.Instruction {
	if seen[fn] {
		return nil
	}
	seen[fn] = true
	for _, site := range c.pkg.CallsOf(fn) {
		call, ok := site.(*ssa.Call)
		if !ok || ssax.InTest(call.Parent()) {
			continue
		}
		err := ssax.Result(call, fn.Signature.Results().Len()-1)
		if err == nil {
			continue
		}
		for _, ref := range *err.Referrers() {
			if act := c.actOn(call, ref, seen); act != nil {
				return act
			}
		}
	}
	return nil
}

// actOn is actOnSuccess for one use of the error that a call returns.
func (c *checker) actOn(call *ssa.Call, use ssa.Instruction, seen map[*ssa.Function]bool) ssa.Instruction {
	switch use := use.(type) {
	case *ssa.Return:
		if returnsError(use.Parent()) {
			return c.actOnSuccess(use.Parent(), seen)
		}
	case *ssa.BinOp:
		for _, ref := range *use.Referrers() {
			branch, ok := ref.(*ssa.If)
			if !ok {
				continue
			}
			if success := nilEdge(use); success >= 0 {
				return c.actAfter(call, branch, success)
			}
		}
	}
	return nil
}

// nilEdge returns the number of the edge that a branch on a comparison with nil takes
// if the value is nil, -1 for another comparison.
func nilEdge(cmp *ssa.BinOp) int {
	if !ssax.IsNil(cmp.X) && !ssax.IsNil(cmp.Y) {
		return -1
	}
	return slices.Index([]string{"==", "!="}, cmp.Op.String())
}

// actAfter returns the first act that control gets to by the given edge of a branch,
// and not by the other one, unless the call is made again or a context is looked at.
func (c *checker) actAfter(call *ssa.Call, branch *ssa.If, success int) ssa.Instruction {
	var acts []ssa.Instruction
	by := func(i int, goal func(ssa.Instruction) bool) {
		s := ssax.Search{
			Goal:    goal,
			Barrier: func(instr ssa.Instruction) bool { return instr == ssa.Instruction(call) || c.pkg.Observes(instr) },
			Edge: func(from, to *ssa.BasicBlock) bool {
				return from != branch.Block() || to == branch.Block().Succs[i]
			},
		}
		s.After(branch)
	}
	by(success, func(instr ssa.Instruction) bool {
		if c.acts(instr) {
			acts = append(acts, instr)
		}
		return false
	})
	by(1-success, func(instr ssa.Instruction) bool {
		acts = slices.DeleteFunc(acts, func(act ssa.Instruction) bool { return act == instr })
		return false
	})
	if len(acts) == 0 {
		return nil
	}
	return slices.MinFunc(acts, func(a, b ssa.Instruction) int { return int(a.Pos() - b.Pos()) })
}

// acts reports whether an instruction tells somebody else about a success or rests on
// it: it sends, closes a channel, or calls something for its effect. What cleans up or
// logs does not.
func (c *checker) acts(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Send, *ssa.MapUpdate:
		return true
	case *ssa.Store:
		if field, ok := instr.Addr.(*ssa.FieldAddr); ok {
			_, own := field.X.(*ssa.Alloc)
			return !own
		}
		return ssax.Place(instr.Addr) != nil
	case *ssa.Call:
		if b, ok := instr.Call.Value.(*ssa.Builtin); ok {
			return b.Name() == "close"
		}
		return instr.Call.Signature().Results().Len() == 0 && !c.tidies(instr)
	}
	return false
}

// tidies reports whether a call cleans up, logs, or locks.
func (c *checker) tidies(call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	if fn == nil {
		return ctxlib.IsCancelFunc(call.Call.Value.Type())
	}
	return isLog(call) || words.IsLogging(fn.Name()) || words.CleansUp(fn.Name()) || words.Closes.Is(fn.Name()) ||
		fn.Pkg() != nil && (fn.Pkg().Path() == "sync" || fn.Pkg().Path() == "time" || fn.Pkg().Path() == "testing")
}
