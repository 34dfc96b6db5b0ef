package noreturn

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Ends reports whether a call that go/ssa could not end a block with never
// returns all the same: a method called through an interface (testing.TB.Fatal,
// a LoggerV2), or the end of a zerolog chain that began with Fatal or Panic.
func Ends(call *ssa.CallCommon) bool {
	if call.IsInvoke() {
		return Known(call.Method)
	}
	callee := call.StaticCallee()
	if callee == nil {
		return false
	}
	fn, _ := callee.Object().(*types.Func)
	if !ctxlib.IsMethod(fn, zerolog, "Event", "Msg", "Msgf", "Send") {
		return false
	}
	// log.Fatal().Err(err).Str("k", v).Msg("…"): walk the receivers back.
	for v := call.Args[0]; ; {
		c, ok := v.(*ssa.Call)
		if !ok || c.Call.StaticCallee() == nil {
			return false
		}
		fn, _ := c.Call.StaticCallee().Object().(*types.Func)
		if ctxlib.IsMethod(fn, zerolog, "Logger", "Fatal", "Panic") || ctxlib.IsFunc(fn, zerolog+"/log", "Fatal") || ctxlib.IsFunc(fn, zerolog+"/log", "Panic") {
			return true
		}
		if !ctxlib.IsMethod(fn, zerolog, "Event", fnName(fn)) || len(c.Call.Args) == 0 {
			return false
		}
		v = c.Call.Args[0]
	}
}

const zerolog = "github.com/rs/zerolog"

func fnName(fn *types.Func) string {
	if fn == nil {
		return ""
	}
	return fn.Name()
}
