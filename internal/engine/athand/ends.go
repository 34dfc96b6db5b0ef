package athand

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// isErrOf reports whether v is ctx.Err() or context.Cause(ctx).
func (l *Liveness) isErrOf(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	if call.Call.IsInvoke() {
		return call.Call.Method.Name() == "Err" && ctxlib.IsContextual(call.Call.Value.Type()) && l.stands(call.Call.Value)
	}
	return ctxlib.IsFunc(ssax.Callee(&call.Call), "context", "Cause") && l.stands(call.Call.Args[0])
}

// isDoneError reports whether the call tests an error for the end of a context,
// as errors.Is(err, context.Canceled) does. It leaves out os.IsTimeout and the
// like.
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

// testsForOther reports whether the body of fn can be seen and mentions errors,
// but none that a context ends with: it may test for an order that was
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

// AwaitsEnd reports whether fn receives from a channel that signals the end of
// the work: the Done of any context, or the like.
func AwaitsEnd(fn *ssa.Function) bool {
	anyContext := new(Liveness)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr.Op == token.ARROW && anyContext.isEnd(instr.X) {
					return true
				}
			case *ssa.Select:
				if slices.ContainsFunc(instr.States, func(st *ssa.SelectState) bool { return anyContext.isEnd(st.Chan) }) {
					return true
				}
			}
		}
	}
	return false
}

// HearsEnd reports whether a case of a select statement receives the end of the
// context at hand, beside others that receive that of a fresh one.
func (l *Liveness) HearsEnd(sel *ssa.Select) bool {
	return slices.ContainsFunc(sel.States, func(st *ssa.SelectState) bool {
		return st.Dir == types.RecvOnly && l.isEnd(st.Chan) && !isDoneOfRoot(st.Chan)
	})
}

// isDoneOfRoot reports whether ch is the Done of a context that derives from
// nothing but roots.
func isDoneOfRoot(ch ssa.Value) bool {
	call, ok := ssax.Strip(ch).(*ssa.Call)
	return ok && call.Call.IsInvoke() && ctxflow.Of(call.Call.Value, isRoot).OnlyRoot()
}

// isEnd reports whether a receive from ch means that the work should end: ch is
// the Done of a context, delivers signals, or is called stop, done, quit, ...
func (l *Liveness) isEnd(ch ssa.Value) bool {
	for {
		conv, ok := ch.(*ssa.ChangeType)
		if !ok {
			break
		}
		ch = conv.X
	}
	if call, ok := ch.(*ssa.Call); ok && call.Call.IsInvoke() && ctxlib.IsContextual(call.Call.Value.Type()) {
		return call.Call.Method.Name() == "Done" && l.stands(call.Call.Value)
	}
	return l.one == nil && l.signals(ch)
}

// signals is isEnd for channels that are not the Done of a context.
func (l *Liveness) signals(ch ssa.Value) bool {
	switch x := ch.(type) {
	case *ssa.Call:
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
		return false // a local variable called done signals the end of a goroutine
	case *ssa.Parameter:
		return isSignal(x.Type()) || isSignalling(x.Type()) && words.Over.In(x.Name())
	}
	return isSignal(ch.Type())
}

// givesEnd reports whether a call returns a channel for which isEnd holds,
// judging by what the function returns if that can be seen, and by its name
// otherwise.
func (l *Liveness) givesEnd(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil {
		return false
	}
	ends, seen := true, false
	for _, ret := range ssax.Returns(ssax.Static(call)) {
		if len(ret.Results) != 1 {
			return false
		}
		ch := ssax.Strip(ret.Results[0]) // converted to <-chan struct{}
		if _, ok := ch.(*ssa.UnOp); !ok {
			return words.Over.In(fn.Name())
		}
		ends, seen = ends && l.isEnd(ch), true
	}
	return seen && ends || !seen && words.Over.In(fn.Name())
}

// stands reports whether the end of the context v implies the end of the one at
// hand: it is that one, or its origin is unknown. Another parameter is another
// context, and a derived deadline does not end its parent.
func (l *Liveness) stands(v ssa.Value) bool {
	if l.one != nil {
		return ssax.Only(v) == l.one
	}
	switch x := ssax.Strip(v).(type) {
	case *ssa.Parameter:
		return l.atHand == nil || x.Object() == types.Object(l.atHand) || !ctxlib.IsContextual(l.atHand.Type())
	case *ssa.Extract:
		call, ok := x.Tuple.(*ssa.Call)
		return !ok || !ctxlib.IsDeadline(ssax.Callee(&call.Call))
	}
	return true
}

// isSignal reports whether t is a channel of os.Signal.
func isSignal(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && ctxlib.TypeName(ch.Elem()) == "os.Signal"
}

// isSignalling reports whether t is a channel whose values carry no data.
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
