package noreturn

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/fatal"
)

const zerolog = "github.com/rs/zerolog"

// Ends reports whether a call never returns although go/ssa could not end a
// block with it: a method called through an interface (testing.TB.Fatal, a
// LoggerV2), or the end of a zerolog chain that began with Fatal or Panic.
func Ends(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if call.IsInvoke() {
		return fatal.Known(fn)
	}
	if !ctxlib.IsMethod(fn, zerolog, "Event", "Msg", "Msgf", "Send") {
		return false
	}
	// log.Fatal().Err(err).Str("k", v).Msg("…"): walk the receivers back.
	for {
		recv, _ := ssax.Receiver(call)
		made, ok := recv.(*ssa.Call)
		if !ok {
			return false
		}
		call = &made.Call
		switch fn := ssax.Callee(call); {
		case fn == nil:
			return false
		case ctxlib.IsMethod(fn, zerolog, "Logger", "Fatal", "Panic"), ctxlib.IsFunc(fn, zerolog+"/log", "Fatal"), ctxlib.IsFunc(fn, zerolog+"/log", "Panic"):
			return true
		case !ctxlib.IsMethod(fn, zerolog, "Event", fn.Name()):
			return false
		}
	}
}
