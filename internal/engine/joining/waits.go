package joining

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// waitsFor reports whether an instruction may wait for the goroutine, hands on what
// the goroutine shares, or goes on for an unknown time.
func (f *Finder) waitsFor(instr ssa.Instruction, s *shared) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		return f.callWaits(&instr.Call, s)
	case *ssa.Go:
		return false
	case *ssa.Return:
		return slices.ContainsFunc(instr.Results, s.has)
	case *ssa.Store:
		_, variable := ssax.Variable(instr.Addr)
		return !variable && s.has(instr.Val)
	case *ssa.Send:
		return s.has(instr.X) || s.has(instr.Chan)
	case *ssa.MapUpdate:
		return s.has(instr.Value)
	}
	return false
}

// has reports whether v is something that the function makes and shares with the
// goroutine, or a closure over it.
func (s *shared) has(v ssa.Value) bool {
	if mc, ok := ssax.Strip(v).(*ssa.MakeClosure); ok {
		return slices.ContainsFunc(mc.Bindings, func(b ssa.Value) bool { return s.made[rootOf(cell{b}.value())] })
	}
	return s.made[rootOf(v)]
}

func (f *Finder) callWaits(call *ssa.CallCommon, s *shared) bool {
	if _, builtin := call.Value.(*ssa.Builtin); builtin {
		return false
	}
	fn := ssax.Callee(call)
	if fn != nil && web.Answers(fn) {
		return false
	}
	if IsWait(fn) || goesOn(call, fn) {
		return true
	}
	touches := slices.ContainsFunc(call.Args, s.has) || s.has(call.Value)
	if body := ssax.Body(call.StaticCallee()); body != nil {
		return (touches || body.Signature.Recv() != nil && s.tells) && f.hears.Get(body)
	}
	return touches
}

// IsWait reports whether a function waits for goroutines, or for time to pass.
func IsWait(fn *types.Func) bool {
	if fn == nil {
		return false
	}
	known := waits.Known(fn)
	return known == waits.Wait || known == waits.Sleep || words.Waits.Is(fn.Name()) && fn.Signature().Params().Len() <= 1
}

// goesOn reports whether a call may take as long as the request itself: it runs what
// comes after a middleware, or copies a stream.
func goesOn(call *ssa.CallCommon, fn *types.Func) bool {
	if fn == nil {
		return ssax.Body(call.StaticCallee()) == nil && !ctxlib.IsCancelFunc(call.Value.Type()) && call.Signature().Params().Len() > 0
	}
	return ctxlib.IsMethod(fn, "net/http", "Handler", "ServeHTTP") || ctxlib.IsMethod(fn, "net/http", "HandlerFunc", "ServeHTTP") ||
		ctxlib.IsFunc(fn, "io", "Copy") || ctxlib.TakesOver(fn) || isTransfer(fn) ||
		fn.Pkg() != nil && fn.Name() == "Next" && isCarrier(fn)
}

// GoesOn reports whether, at an instruction, a function waits for others or goes on for
// an unknown time, whatever it shares with them.
func (f *Finder) GoesOn(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		if _, builtin := instr.Call.Value.(*ssa.Builtin); builtin {
			return false
		}
		fn := ssax.Callee(&instr.Call)
		return IsWait(fn) || goesOn(&instr.Call, fn)
	}
	return false
}

func isCarrier(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	_, ok := web.Reused(recv.Type())
	return ok
}

// isTransfer reports whether a function sends or receives one message of many.
func isTransfer(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && (web.IsStream(recv.Type()) || ctxlib.IsTakenOver(recv.Type()))
}
