package ctxerr

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// checkRetries reports the loops of fn that make a call with a context again after it
// has failed, and never ask whether the context has ended.
func (c *checker) checkRetries(fn *ssa.Function) {
	loops := ssax.LoopsOf(fn)
	for _, loop := range loops.All {
		for _, b := range fn.Blocks {
			if loops.Around(b) != loop {
				continue
			}
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					c.checkRetry(loop, call)
				}
			}
		}
	}
}

// An attempt is a call with a context that a loop makes again if it fails.
type attempt struct {
	loop *ssax.Loop
	call *ssa.Call
	ctx  ssa.Value // made outside the loop
	err  ssa.Value
}

func (c *checker) checkRetry(loop *ssax.Loop, call *ssa.Call) {
	a := &attempt{loop: loop, call: call, ctx: outerContext(loop, call)}
	results := call.Call.Signature().Results()
	if !ctxlib.CanFail(call.Call.Signature()) {
		return
	}
	if a.ctx == nil {
		c.silentRetry(call)
		return
	}
	a.err = ssax.Result(call, results.Len()-1)
	life, why := c.lifeOf(a)
	if why != "" {
		c.report.Silent(retry, call.Pos(), why)
		return
	}
	pause := a.pause()
	confidence := catalog.High
	if life.Doubtful() || a.loop.Counts() || pause == nil && a.bounded() {
		confidence = catalog.Medium
	}
	c.reportRetry(a, pause, confidence)
}

// lifeOf returns how long the context of an attempt lives that is wrong to repeat when that
// is over; or why it is not.
func (c *checker) lifeOf(a *attempt) (life ctxlife.Life, why decision.Reason) {
	switch {
	case a.err == nil:
		return life, notTriedOn
	case !a.repeats():
		return life, otherCall
	case !a.again():
		return life, notTriedOn
	case c.loopAsks(a):
		return life, loopHears
	case c.endsWell(&a.call.Call):
		return life, noErrorThen
	}
	life = c.lives.OfValue(a.ctx)
	switch {
	case life.Endless():
		return life, neverEnds
	case !c.minds(a.call):
		return life, takesNoHeed
	}
	return life, ""
}

// outerContext returns the context, made outside the loop, that a call gets, or from
// which the one that it gets derives.
func outerContext(loop *ssax.Loop, call *ssa.Call) ssa.Value {
	for _, arg := range call.Call.Args {
		if !ctxlib.IsContext(arg.Type()) {
			continue
		}
		for {
			instr, ok := arg.(ssa.Instruction)
			if !ok || !loop.Contains(instr) || keeps(loop, arg) {
				return arg
			}
			if ext, ok := arg.(*ssa.Extract); ok {
				arg = ext.Tuple
			}
			derive, ok := arg.(*ssa.Call)
			if !ok || ctxlib.DerivesFrom(ssax.Callee(&derive.Call)) != 0 {
				return nil
			}
			arg = derive.Call.Args[0]
		}
	}
	return nil
}

// keeps reports whether v is loaded from a variable that nothing in the loop sets, such
// as one that a literal has captured.
func keeps(loop *ssax.Loop, v ssa.Value) bool {
	cell, ok := ssax.Variable(ssax.LoadedFrom(v))
	if !ok {
		return false
	}
	uses := ssax.UsesOf(cell)
	return !uses.Escapes && !slices.ContainsFunc(uses.Stores, func(st *ssa.Store) bool { return loop.Contains(st) })
}

// repeats reports whether each iteration makes the same call: none of its arguments
// changes but a context and what is made of nothing that changes.
func (a *attempt) repeats() bool {
	for _, arg := range a.call.Call.Args {
		if !ctxlib.IsContext(arg.Type()) && a.changes(arg, maxOperands) {
			return false
		}
	}
	return !a.call.Call.IsInvoke() || !a.changes(a.call.Call.Value, maxOperands)
}

// maxOperands bounds how deep operands of operands are looked at. What is deeper is
// taken to change.
const maxOperands = 8

func (a *attempt) changes(v ssa.Value, depth int) bool {
	instr, ok := v.(ssa.Instruction)
	if !ok || !a.loop.Contains(instr) {
		return false
	}
	if depth == 0 {
		return true
	}
	switch v := v.(type) {
	case *ssa.Call:
		if v.Call.IsInvoke() || !onlyReads(ssax.Body(ssax.Static(&v.Call))) {
			return true // the next of a queue
		}
	case *ssa.UnOp, *ssa.FieldAddr, *ssa.Field, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Convert, *ssa.Slice, *ssa.MakeClosure:
	case *ssa.Alloc:
		return false
	default:
		return true
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.ARROW {
		return true
	}
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		if *op != nil && a.changes(*op, depth-1) {
			return true
		}
	}
	return false
}

// onlyReads reports whether a function, whose body is in view, changes nothing, so that
// it gives the same each time for the same arguments.
func onlyReads(fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if !isLocal(instr.Addr) {
					return false
				}
			case *ssa.MapUpdate, *ssa.Send, *ssa.Go, *ssa.Defer, *ssa.Select:
				return false
			case *ssa.Call:
				callee := ssax.Callee(&instr.Call)
				if callee == nil || callee.Pkg() == nil || !loglib.Formats(callee) && callee.Pkg().Path() != "strings" && callee.Pkg().Path() != "strconv" {
					return false
				}
			}
		}
	}
	return true
}

// isLocal reports whether addr is, or is part of, a variable of the function.
func isLocal(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return true
	case *ssa.IndexAddr:
		return isLocal(addr.X)
	case *ssa.FieldAddr:
		return isLocal(addr.X)
	}
	return false
}

// again reports whether the loop ends when the call succeeds, and may go on when it
// fails.
func (a *attempt) again() bool {
	for _, ref := range *a.err.Referrers() {
		cmp, ok := ref.(*ssa.BinOp)
		if !ok {
			continue
		}
		err, i := ssax.NotNil(cmp)
		if err == nil {
			continue
		}
		for _, use := range *cmp.Referrers() {
			branch, ok := use.(*ssa.If)
			if !ok || !a.loop.Contains(branch) {
				continue
			}
			if next := branch.Block().Succs; !a.loop.Blocks[next[1-i]] && a.loop.Blocks[next[i]] {
				return true
			}
		}
	}
	return false
}

// loopAsks reports whether anything in the loop may learn that the context has ended: it
// asks a context, gives one to another call, or looks closer at the error.
func (c *checker) loopAsks(a *attempt) bool {
	asks := false
	a.loop.Instructions(func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.Select:
			asks = asks || !isTimer(instr)
		case *ssa.Call:
			asks = asks || instr != a.call && c.mayAsk(a, instr)
		case *ssa.MakeClosure:
			asks = true // which may do so, too
		}
		return !asks
	})
	return asks || a.looksCloser(a.err)
}

// isTimer reports whether a select statement waits for nothing but time.
func isTimer(sel *ssa.Select) bool {
	for _, st := range sel.States {
		if ch, ok := st.Chan.Type().Underlying().(*types.Chan); !ok || !ctxlib.IsNamedOrPointer(ch.Elem(), "time", "Time") {
			return false
		}
	}
	return true
}

// mayAsk reports whether a call of the loop may ask for the end of a context.
func (c *checker) mayAsk(a *attempt, call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	recv, args := ssax.Receiver(&call.Call)
	if recv != nil && ctxlib.IsContextual(recv.Type()) {
		return true
	}
	if fn != nil && (ctxlib.DerivesFrom(fn) == 0 || loglib.Takes(fn) || ctxuse.IsLogger(fn) || words.IsLogging(fn.Name())) {
		return false
	}
	for _, arg := range args {
		if ctxlib.IsContextual(arg.Type()) || sentinel(arg) != "" {
			return true
		}
	}
	return false
}

// looksCloser reports whether the loop does more with the error than compare it with
// nil, log it, keep it or put it into another.
func (a *attempt) looksCloser(err ssa.Value) bool {
	for _, ref := range *err.Referrers() {
		if !a.loop.Contains(ref) {
			continue
		}
		switch ref := ref.(type) {
		case *ssa.BinOp:
			if !ssax.IsNil(ref.X) && !ssax.IsNil(ref.Y) {
				return true
			}
		case *ssa.Phi, *ssa.Store, *ssa.Return, *ssa.DebugRef:
		case *ssa.ChangeInterface:
			if a.looksCloser(ref) {
				return true
			}
		case *ssa.Call:
			if fn := ssax.Callee(&ref.Call); fn == nil || !loglib.Takes(fn) && !words.IsLogging(fn.Name()) && !isText(&ref.Call, err) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// isText reports whether a call asks the error for its text, or puts it into another.
func isText(call *ssa.CallCommon, err ssa.Value) bool {
	return call.IsInvoke() && call.Value == err && call.Method.Name() == "Error"
}

// minds reports whether the function that is called does something with its context.
func (c *checker) minds(call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	node := c.syntax.Call(call.Pos())
	if node == nil || fn == nil {
		return false
	}
	use := c.uses.CallOf(node, fn)
	return use == ctxuse.Observes || use == ctxuse.Keeps // to start something fails, too
}

// pause returns the call or receive by which the loop waits for time to pass, nil if
// there is none.
func (a *attempt) pause() ssa.Instruction {
	var pause ssa.Instruction
	a.loop.Instructions(func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.Call:
			if ctxlib.IsFunc(ssax.Callee(&instr.Call), "time", "Sleep") {
				pause = instr
			}
		case *ssa.UnOp:
			if instr.Op != token.ARROW {
				break
			}
			if after, ok := instr.X.(*ssa.Call); ok && ctxlib.IsFunc(ssax.Callee(&after.Call), "time", "After") {
				pause = instr
			}
		}
		return pause == nil
	})
	return pause
}

// bounded reports whether the loop has another end than the success of the call.
func (a *attempt) bounded() bool {
	return len(a.loop.Exits()) > 1
}

func (c *checker) reportRetry(a *attempt, pause ssa.Instruction, confidence catalog.Confidence) {
	name := symbol.Of(ssax.Callee(&a.call.Call)).In(c.pass.Pkg.Path())
	d := analysis.Diagnostic{
		Pos: a.call.Pos(), Category: retry,
		Message: fmt.Sprintf("%s is tried again after its context has ended, when it can only fail; leave the loop if the context's Err is not nil", name),
	}
	if node := c.syntax.Call(a.call.Pos()); node != nil {
		d.Pos, d.End = node.Pos(), node.End()
	}
	if pause != nil {
		d.Message = fmt.Sprintf("%s is tried again, after a pause, when its context has ended and it can only fail; wait for ctx.Done() in a select with the timer", name)
		d.Related = []analysis.RelatedInformation{{Pos: pause.Pos(), Message: "this pause does not end with the context"}}
	}
	found := diag.Finding{Diagnostic: d, Confidence: confidence}
	if p, ok := a.ctx.(*ssa.Parameter); ok {
		found.AssumesCaller = athand.Arriving(p)
	}
	c.report.ReportFinding(found)
}
