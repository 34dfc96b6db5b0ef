package ctxreset

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// liveness tells where in a function the context at hand is still of use.
//
// It is not where some path has seen the end of it, in a select, by its error, or
// by waiting: "write what is left" after a loop that also ends with the context
// must not fail then. Nor is it where all paths have found that it is nil, or
// that a call which was given it has failed, perhaps because of its end.
type liveness struct {
	hand    *types.Var                    // the variable of the context at hand, nil if there is none
	reached map[*ssa.BasicBlock]bool      // by a path that takes no such branch
	ended   map[*ssa.BasicBlock]bool      // from its begin, on some path
	wait    map[*ssa.BasicBlock]*ssa.UnOp // the receive in the block after which the context has ended
}

func (c *checker) liveness(fn *ssa.Function) *liveness {
	if l, ok := c.live[fn]; ok {
		return l
	}
	l := &liveness{
		reached: make(map[*ssa.BasicBlock]bool),
		ended:   make(map[*ssa.BasicBlock]bool),
		wait:    make(map[*ssa.BasicBlock]*ssa.UnOp),
	}
	c.live[fn] = l
	if h := c.handOf(fn); h != nil {
		l.hand = h.obj
	}
	if len(fn.Blocks) == 0 {
		return l
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if recv, ok := instr.(*ssa.UnOp); ok && recv.Op == token.ARROW && l.isEnd(recv.X) {
				l.wait[b] = recv
				for _, succ := range b.Succs {
					l.end(succ)
				}
				break
			}
		}
		for i, succ := range b.Succs {
			if l.branch(b, i) == sawEnd {
				l.end(succ)
			}
		}
	}
	l.reach(fn.Blocks[0])
	if fn.Recover != nil {
		l.reach(fn.Recover)
	}
	return l
}

// end marks b and what follows.
func (l *liveness) end(b *ssa.BasicBlock) {
	if !l.ended[b] {
		l.ended[b] = true
		for _, succ := range b.Succs {
			l.end(succ)
		}
	}
}

func (l *liveness) reach(b *ssa.BasicBlock) {
	if !l.reached[b] {
		l.reached[b] = true
		for i, succ := range b.Succs {
			if l.branch(b, i) == open {
				l.reach(succ)
			}
		}
	}
}

// at reports whether the context is live where instr is.
func (l *liveness) at(instr ssa.Instruction) bool {
	b := instr.Block()
	if !l.reached[b] || l.ended[b] {
		return false
	}
	for _, i := range b.Instrs {
		switch {
		case i == instr:
			return true
		case l.wait[b] != nil && i == ssa.Instruction(l.wait[b]):
			return false
		}
	}
	return true
}

// edge is a [ctxflow.Edge]: a fresh context that only gets to a phi where the
// one at hand is nil or done is a fallback.
func (l *liveness) edge(pred, succ *ssa.BasicBlock) bool {
	if !l.reached[pred] || l.ended[pred] || l.wait[pred] != nil {
		return false
	}
	for i, s := range pred.Succs {
		if s == succ && l.branch(pred, i) == open {
			return true
		}
	}
	return false
}

// outcome is what a branch tells of the context.
type outcome uint8

const (
	open   outcome = iota // nothing
	sawNil                // there is none, or a call that was given it has failed
	sawEnd                // it has ended
)

// branch interprets the way from b to its successor i.
func (l *liveness) branch(b *ssa.BasicBlock, i int) outcome {
	if branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
		return l.means(branch.Cond, i == 0)
	}
	return open
}

func (l *liveness) means(cond ssa.Value, holds bool) outcome {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return l.means(cond.X, !holds)
		}
	case *ssa.BinOp:
		switch cond.Op {
		case token.EQL:
			return max(l.equal(cond.X, cond.Y, holds), l.equal(cond.Y, cond.X, holds))
		case token.NEQ:
			return max(l.equal(cond.X, cond.Y, !holds), l.equal(cond.Y, cond.X, !holds))
		}
	case *ssa.Call:
		if holds && isDoneError(&cond.Call) {
			return sawEnd
		}
	}
	return open
}

// equal interprets that x == y does or does not hold.
func (l *liveness) equal(x, y ssa.Value, holds bool) outcome {
	k, ok := y.(*ssa.Const)
	switch {
	case ok && k.Value == nil && holds: // x == nil
		if !ctxlib.IsError(x.Type()) && (ctxlib.IsContextual(x.Type()) || isCarrier(x.Type())) {
			return sawNil
		}
	case ok && k.Value == nil: // x != nil
		switch {
		case l.isErrOf(x):
			return sawEnd
		case l.isErrorOfWork(x, 0):
			return sawNil
		}
	case ok && holds && k.Value.Kind() == constant.Int && l.isEndCase(x, k):
		return sawEnd
	case !ok && holds && isDoneValue(y): // err == context.Canceled
		return sawEnd
	}
	return open
}

// isEndCase reports whether x, compared to k, is the index of the case that a
// select has taken, and case k receives the end of the context.
func (l *liveness) isEndCase(x ssa.Value, k *ssa.Const) bool {
	ext, ok := x.(*ssa.Extract)
	if !ok || ext.Index != 0 {
		return false
	}
	sel, ok := ext.Tuple.(*ssa.Select)
	if !ok {
		return false
	}
	n, _ := constant.Int64Val(k.Value)
	return n >= 0 && int(n) < len(sel.States) && sel.States[n].Dir == types.RecvOnly && l.isEnd(sel.States[n].Chan)
}

// isErrorOfWork reports whether v is the error of a call that was given the
// context at hand, or one derived from it.
func (l *liveness) isErrorOfWork(v ssa.Value, depth int) bool {
	if !ctxlib.IsError(v.Type()) || depth > 3 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Call:
		return l.givenContext(&v.Call)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && l.givenContext(&call.Call)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if _, isConst := e.(*ssa.Const); !isConst && !l.isErrorOfWork(e, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}

// givenContext reports whether a context that comes from the caller is among the
// arguments of a call.
func (l *liveness) givenContext(call *ssa.CallCommon) bool {
	for _, arg := range call.Args {
		if ctxlib.IsContext(arg.Type()) && !ctxflow.Of(arg, func(call *ssa.CallCommon) bool { return rootOf(call) != noRoot }).Root {
			return true
		}
	}
	return false
}

func isCarrier(t types.Type) bool {
	_, ok := ctxlib.CarrierOf(t)
	return ok
}

// isErrOf reports whether v is ctx.Err() or context.Cause(ctx).
func (l *liveness) isErrOf(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	if call.Call.IsInvoke() {
		return call.Call.Method.Name() == "Err" && ctxlib.IsContextual(call.Call.Value.Type()) && l.stands(call.Call.Value)
	}
	return ctxlib.IsFunc(ssax.Callee(&call.Call), "context", "Cause") && l.stands(call.Call.Args[0])
}

// isDoneError reports whether the call tests an error for the end of a context:
// errors.Is(err, context.Canceled), os.IsTimeout and the like are left out.
func isDoneError(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || len(call.Args) == 0 {
		return false
	}
	if fn.Name() == "Is" && len(call.Args) == 2 {
		return isDoneValue(call.Args[1])
	}
	asks := func(arg ssa.Value) bool { return ctxlib.IsError(arg.Type()) || ctxlib.IsContextual(arg.Type()) }
	return words.Cancelled.In(fn.Name()) && slices.ContainsFunc(call.Args, asks) && !testsForOther(call.StaticCallee())
}

// testsForOther reports whether the body of fn is in view and has errors of
// others in it, but none that a context ends with: that of an order that was
// cancelled.
func testsForOther(fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	other := false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			load, ok := instr.(*ssa.UnOp)
			if !ok || !ctxlib.IsError(load.Type()) {
				continue
			}
			if isDoneValue(load) {
				return false
			}
			if _, global := load.X.(*ssa.Global); global {
				other = true
			}
		}
	}
	return other
}

// isDoneValue reports whether v is context.Canceled or context.DeadlineExceeded.
func isDoneValue(v ssa.Value) bool {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		v = mi.X
	}
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && g.Pkg != nil && g.Pkg.Pkg.Path() == "context" && (g.Name() == "Canceled" || g.Name() == "DeadlineExceeded")
}

// isEnd reports whether a receive from ch means that the work is to end: ch is
// the Done of a context, delivers signals, or is called stop, done, quit, ...
func (l *liveness) isEnd(ch ssa.Value) bool {
	for range 4 {
		switch x := ch.(type) {
		case *ssa.ChangeType:
			ch = x.X
			continue
		case *ssa.Call:
			if x.Call.IsInvoke() && ctxlib.IsContextual(x.Call.Value.Type()) {
				return x.Call.Method.Name() == "Done" && l.stands(x.Call.Value)
			}
			return l.givesEnd(&x.Call)
		case *ssa.UnOp:
			if isSignal(x.Type()) {
				return true
			}
			switch addr := x.X.(type) {
			case *ssa.FieldAddr:
				return isSignalling(x.Type()) && words.Over.In(ssax.FieldOf(addr).Name())
			case *ssa.Global:
				return isSignalling(x.Type()) && words.Over.In(addr.Name())
			}
			return false // a local variable called done tells of the end of a goroutine
		case *ssa.Parameter:
			return isSignal(x.Type()) || isSignalling(x.Type()) && words.Over.In(x.Name())
		}
		break
	}
	return isSignal(ch.Type())
}

// givesEnd reports whether a call gives such a channel: by what the function
// returns if that can be seen, otherwise by its name.
func (l *liveness) givesEnd(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil {
		return false
	}
	ends, seen := true, false
	for _, ret := range returnsOf(call.StaticCallee()) {
		if len(ret.Results) != 1 {
			return false
		}
		ch := ret.Results[0]
		if conv, ok := ch.(*ssa.ChangeType); ok { // to <-chan struct{}
			ch = conv.X
		}
		if _, ok := ch.(*ssa.UnOp); !ok {
			return words.Over.In(fn.Name())
		}
		ends, seen = ends && l.isEnd(ch), true
	}
	return seen && ends || !seen && words.Over.In(fn.Name())
}

// returnsOf returns the returns of a function whose body is in view.
func returnsOf(fn *ssa.Function) []*ssa.Return {
	if fn == nil {
		return nil
	}
	var out []*ssa.Return
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != fn.Recover {
			out = append(out, ret)
		}
	}
	return out
}

// stands reports whether the end of the context v says that of the one at hand:
// it is that one, or where it comes from is not known. Another parameter is
// another context, and a deadline of its own does not end the parent.
func (l *liveness) stands(v ssa.Value) bool {
	for range 8 {
		switch x := v.(type) {
		case *ssa.Parameter:
			return l.hand == nil || x.Object() == types.Object(l.hand) || !ctxlib.IsContextual(l.hand.Type())
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Extract:
			call, ok := x.Tuple.(*ssa.Call)
			if !ok {
				return true
			}
			return !isDeadline(ssax.Callee(&call.Call))
		default:
			return true
		}
	}
	return true
}

// isSignal reports whether t is a channel of os.Signal.
func isSignal(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && typeName(ch.Elem()) == "os.Signal"
}

// isSignalling reports whether t is a channel whose values say nothing.
func isSignalling(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	if ok {
		return st.NumFields() == 0
	}
	b, ok := ch.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Bool
}
