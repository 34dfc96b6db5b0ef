package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkWaits reports waits of fn, which has a context, for code out of view: it may
// leave when that context is done, and nobody knows whether it delivers first; or that calls
// what delivers, and nobody knows when. A range is for its owner to close, and an empty value
// is a signal or a slot.
func (c *checker) checkWaits(fn *ssa.Function) {
	h := c.hands().Worthwhile(fn)
	if h == nil || h.Receiver || h.Func != fn && len(c.pkg.StartsOf(fn)) == 0 || c.livesOn(fn) || ssax.InTest(fn) || c.deferred(fn) {
		c.silentWaits(fn, h != nil)
		return
	}
	live := c.hands().Liveness(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			what, pos := c.uncertainWait(instr)
			ends := "the other side is out of sight"
			if what == "" {
				var feeder *ssa.Function
				if what, pos, feeder = c.waitForCallers(instr); feeder != nil {
					ends = fmt.Sprintf("only callers of %s end it", feeder.Name())
				}
			}
			if what == "" || c.stuckIn(instr) {
				continue
			}
			if !live.At(instr) {
				c.report.Silent(noDone, pos, notLive)
				continue
			}
			if ahead := c.pkg.Ahead(instr); ahead.LetGo || ahead.Polled != nil {
				if ahead.LetGo {
					c.report.Silent(noDone, pos, letGo)
				}
				continue
			}
			c.foundWith(catalog.Low, analysis.Diagnostic{
				Pos:      pos,
				End:      pos + token.Pos(len("<-")),
				Category: noDone,
				Message:  fmt.Sprintf("this %s does not end when %s is done, and %s; select on %s.Done(), too", what, h.Expr, ends, h.Expr),
				Related:  []analysis.RelatedInformation{{Pos: h.Var.Pos(), Message: "the context at hand"}},
			})
		}
	}
}

// stuckIn reports whether an instruction is in a loop that nothing ends, which is then
// the mistake.
func (c *checker) stuckIn(instr ssa.Instruction) bool {
	for loop := c.pkg.Loops(instr.Parent()).Around(instr.Block()); loop != nil; loop = loop.Parent {
		if c.pkg.IsEndless(loop) {
			return true
		}
	}
	return false
}

// hands returns what knows the contexts at hand.
func (c *checker) hands() *athand.Finder {
	if c.atHand == nil {
		c.atHand = athand.New(c.pass, c.pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder), c.pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result), nil)
	}
	return c.atHand
}

// uncertainWait returns what an instruction that waits for unknown code is called, ""
// if it does not.
func (c *checker) uncertainWait(instr ssa.Instruction) (what string, pos token.Pos) {
	switch instr := instr.(type) {
	case *ssa.Send:
		if ctxlib.IsError(elemOf(instr.Chan)) && !c.looped(instr) {
			return "", token.NoPos // whoever gives a channel for an error leaves room for one
		}
		if c.unknownSide(instr.Chan, types.SendOnly) {
			return "send", instr.Pos()
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW && !instr.CommaOk && c.unknownSide(instr.X, types.RecvOnly) {
			return "receive", instr.Pos()
		}
	case *ssa.Select:
		if !instr.Blocking || len(instr.States) == 0 {
			return "", token.NoPos
		}
		for _, st := range instr.States {
			if !c.unknownSide(st.Chan, st.Dir) {
				return "", token.NoPos
			}
		}
		return "select", instr.Pos()
	}
	return "", token.NoPos
}

// waitForCallers returns what an instruction is called that waits until code out of view calls
// a function of the package, and that function; "" and nil if it does not.
func (c *checker) waitForCallers(instr ssa.Instruction) (what string, pos token.Pos, feeder *ssa.Function) {
	var v ssa.Value
	other := concurrency.Recv
	switch instr := instr.(type) {
	case *ssa.Send:
		what, v = "send", instr.Chan
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			what, v, other = "receive", instr.X, concurrency.Send
		}
	}
	if what == "" || !instr.Pos().IsValid() || isSignal(elemOf(v)) {
		return "", token.NoPos, nil
	}
	ch := c.pkg.OfValue(v)
	capacity, known := ch.Capacity()
	if ch.Done || ch.Timer || ch.Local || other == concurrency.Recv && !(known && capacity == 0) {
		return "", token.NoPos, nil
	}
	feeders := c.feedersOf(ch, other)
	for fn := range c.runsIn(instr.Parent()) {
		if feeders.all[fn] {
			return "", token.NoPos, nil
		}
	}
	if feeders.first == nil {
		return "", token.NoPos, nil
	}
	return what, instr.Pos(), feeders.first
}

// feeders are the functions that do what the other side of a channel waits for, if only code
// out of view calls them; otherwise there are none.
type feeders struct {
	all   map[*ssa.Function]bool
	first *ssa.Function // by name
}

// side is one side of a channel.
type side struct {
	ch   *concurrency.Channel
	kind concurrency.OpKind
}

func (c *checker) feedersOf(ch *concurrency.Channel, kind concurrency.OpKind) *feeders {
	key := side{ch, kind}
	f := c.feeders[key]
	if f != nil {
		return f
	}
	f = &feeders{all: make(map[*ssa.Function]bool)}
	for _, op := range ch.Of(kind) {
		if !c.onlyCalledOutside(op.Fn()) {
			f = new(feeders)
			break
		}
		f.all[op.Fn()] = true
		if f.first == nil || op.Fn().Name() < f.first.Name() {
			f.first = op.Fn()
		}
	}
	c.feeders[key] = f
	return f
}

// onlyCalledOutside reports whether nothing in the package runs fn, and others may.
func (c *checker) onlyCalledOutside(fn *ssa.Function) bool {
	return fn.Parent() == nil && c.pkg.Hidden(fn) && len(c.pkg.CallsOf(fn))+len(c.pkg.StartsOf(fn)) == 0 && !ssax.InTest(fn)
}

// unknownSide reports whether code out of view has the other end of a channel, which
// nobody in the package has or which the function was given, and a value goes through it
// that somebody is interested in.
func (c *checker) unknownSide(v ssa.Value, dir types.ChanDir) bool {
	if _, ok := v.Type().Underlying().(*types.Chan); !ok || isSignal(elemOf(v)) {
		return false
	}
	ch := c.pkg.OfValue(v)
	if ch.Done || ch.Timer || madeUnder(v) || isCollected(elemOf(v)) {
		return false
	}
	_, given := v.(*ssa.Parameter)
	if dir == types.SendOnly {
		capacity, known := ch.Capacity()
		return ch.UnknownRecv && (given || len(ch.Of(concurrency.Recv)) == 0) && (len(ch.Makes) == 0 || known && capacity == 0)
	}
	return (ch.UnknownSend || ch.UnknownClose) && (given || len(ch.Of(concurrency.Send))+len(ch.Of(concurrency.Close)) == 0)
}

// madeUnder reports whether a call that is given a context gives the channel, whose other
// side may be expected to heed it.
func madeUnder(ch ssa.Value) bool {
	call := callOf(ssax.Only(ch))
	return call != nil && slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return ctxlib.Carries(arg.Type()) })
}

// isCollected reports whether what goes through a channel are metrics or their descriptions,
// which a registry of Prometheus receives until its collectors have returned.
func isCollected(elem types.Type) bool {
	const path = "github.com/prometheus/client_golang/prometheus"
	return ctxlib.IsNamedOrPointer(elem, path, "Desc") || ctxlib.IsNamedOrPointer(elem, path, "Metric")
}

// isSignal reports whether what goes through a channel of the type says only that
// something has happened: nothing, a time, a signal of the operating system.
func isSignal(elem types.Type) bool {
	return isEmpty(elem) || isTime(elem) || ctxlib.IsNamedOrPointer(elem, "os", "Signal")
}
