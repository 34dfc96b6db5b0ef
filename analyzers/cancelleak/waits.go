package cancelleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// alwaysFollows reports whether b follows a in the same block.
func alwaysFollows(a, b ssa.Instruction) bool { return a.Block() == b.Block() && ssax.Dominates(a, b) }

// goesUnawaited reports whether the function does nothing after the go statement
// that could wait for the goroutine: every path to its end is free of calls
// (deferred ones of the cancel function excepted), receives, sends and selects.
func goesUnawaited(instr *ssa.Go) bool {
	waits := ssax.Search{Goal: mayWait}
	return !waits.After(instr) && !defersWait(instr.Parent())
}

// mayWait reports whether an instruction can block until a goroutine is done.
func mayWait(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		if _, builtin := instr.Call.Value.(*ssa.Builtin); builtin {
			return false
		}
		return !goesOn(ssax.Callee(&instr.Call))
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Send, *ssa.Select, *ssa.Defer:
		return true
	}
	return false
}

// goesOn reports whether a function is known not to wait for a goroutine.
func goesOn(fn *types.Func) bool {
	switch {
	case fn == nil || fn.Pkg() == nil:
		return false
	case web.Answers(fn):
		return true
	}
	return neverWaits[fn.Pkg().Path()] && fn.Name() != "Sleep"
}

// neverWaits are packages none of whose functions waits for a goroutine, but for
// time.Sleep, which gives any goroutine the time to end.
var neverWaits = map[string]bool{
	"fmt": true, "log": true, "log/slog": true, "errors": true, "strings": true, "strconv": true, "time": true,
	"context": true,
}

// defersWait reports whether fn defers anything that might wait: anything but
// a plain call of a function value, which is how cancel functions are deferred.
func defersWait(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if d, ok := instr.(*ssa.Defer); ok && !ctxlib.IsCancelFunc(d.Call.Value.Type()) {
				return true
			}
		}
	}
	return false
}
