package goroutineleak

import (
	"go/constant"
	"go/token"
	"go/types"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkTicker reports a ticker that is never stopped, and a timer that each
// iteration of a loop leaves behind, where the runtime does not collect them.
func (c *checker) checkTicker(call *ssa.Call, callee *types.Func) {
	fn := call.Parent()
	looped := c.pkg.Loops(fn).Around(call.Block()) != nil
	switch {
	case ssax.InTest(fn) || c.pkg.ProcessLifetime(fn):
	case ctxlib.IsFunc(callee, "time", "NewTicker"):
		if unstopped(call) && (looped || c.pkg.Returns(fn)) {
			c.foundTicker(catalog.High, call, "nobody stops this ticker, which before Go 1.23 runs forever; defer its Stop")
		}
	case ctxlib.IsFunc(callee, "time", "Tick"):
		if looped || c.pkg.Returns(fn) {
			c.foundTicker(catalog.High, call, "the ticker of time.Tick cannot be stopped, and before Go 1.23 it outlives this function and runs forever; use time.NewTicker and stop it")
		}
	case ctxlib.IsFunc(callee, "time", "After"):
		if looped && longer(call.Call.Args[0], time.Minute) {
			c.foundTicker(catalog.Medium, call, "each iteration of the loop leaves a timer, which before Go 1.23 stays until it fires; make one timer and reset it")
		}
	}
}

func (c *checker) foundTicker(confidence catalog.Confidence, call *ssa.Call, message string) {
	c.foundWith(confidence, analysis.Diagnostic{
		Pos:      call.Pos(),
		Category: ticker,
		Message:  message,
		Related:  []analysis.RelatedInformation{{Pos: call.Parent().Pos(), Message: "made each time that this function, or its loop, gets there"}},
	})
}

// longer reports whether v is a constant duration of at least d.
func longer(v ssa.Value, d time.Duration) bool {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.Int {
		return false
	}
	return time.Duration(k.Int64()) >= d
}

// unstopped reports whether the ticker stays in the function and is only
// received from.
func unstopped(made ssa.Value) bool {
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.FieldAddr:
		case *ssa.Call:
			if !ctxlib.IsMethod(ssax.Callee(&ref.Call), "time", "Ticker", "Reset") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// checkTickerLoops reports ranges over the channel of a ticker that somebody stops:
// that does not close the channel, so the loop waits forever.
func (c *checker) checkTickerLoops(fn *ssa.Function) {
	if c.pkg.ProcessLifetime(fn) || ssax.InTest(fn) {
		return // what stops the ticker is the end of the process
	}
	for _, loop := range c.pkg.Loops(fn).All {
		if loop.Header.Comment != "rangechan.loop" || !c.pkg.IsEndless(loop) {
			continue
		}
		timer, ok := tickerOf(loop.Header)
		if !ok {
			continue
		}
		pos := c.loopPos(loop)
		if stop := c.stopElsewhere(fn, timer); stop == nil {
			c.report.Silent(ticker, pos, notStopped)
		} else {
			c.found(analysis.Diagnostic{
				Pos:      pos,
				End:      pos + token.Pos(len("for")),
				Category: ticker,
				Message:  "the loop waits forever when the ticker is stopped, because Stop does not close its channel; select on the channel and on something that ends the loop",
				Related:  []analysis.RelatedInformation{{Pos: stop.Pos(), Message: "the ticker is stopped here"}},
			})
		}
	}
}

// tickerOf returns where the ticker is kept whose channel the header of a loop
// ranges over.
func tickerOf(header *ssa.BasicBlock) (place, bool) {
	for _, instr := range header.Instrs {
		recv, ok := instr.(*ssa.UnOp)
		if !ok || recv.Op != token.ARROW {
			continue
		}
		load, ok := recv.X.(*ssa.UnOp)
		if !ok || load.Op != token.MUL {
			return place{}, false
		}
		addr, ok := load.X.(*ssa.FieldAddr)
		if !ok || !ctxlib.IsNamedOrPointer(addr.X.Type(), "time", "Ticker") {
			return place{}, false
		}
		return placeOf(addr.X), true
	}
	return place{}, false
}
