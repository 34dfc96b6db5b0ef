package missingctx

import (
	"go/token"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// How long a wait has to be before anybody wants to interrupt it. The thresholds are
// about people: a shutdown that is a second late is not noticed.
const (
	shortNap = 100 * time.Millisecond // whoever looks for an end as often as that is quick enough
	longNap  = time.Second            // in a loop
	longRest = 5 * time.Second        // once, or in all
)

// sleepFor returns the pause that a wait for some time is, nil if it is short enough, or
// another analyzer speaks of it.
func (c *checker) sleepFor(instr ssa.Instruction, fn *types.Func, duration ssa.Value) *pause {
	loop := c.pkg.Loops(instr.Parent()).Around(instr.Block())
	if c.isEndless(loop) || inDefault(instr) {
		return c.none(sleep, instr, othersSay) // goroutineleak/unstoppable and selectdefault/uncancellable
	}
	d, known := c.atLeast(duration)
	p := &pause{instr: instr, category: sleep, what: symbol.Of(fn)}
	if loop == nil {
		p.doubted = known && d < longRest
		p.likely = !known || p.doubted
		if known && d < longNap {
			return c.none(sleep, instr, shortWait)
		}
		p.remote = true
		return p
	}
	return c.inLoop(p, loop, d, known, known && c.doubles(duration))
}

// inLoop judges a wait that a loop repeats; if it grows, each is twice as long as the last.
func (c *checker) inLoop(p *pause, loop *ssax.Loop, d time.Duration, known, grows bool) *pause {
	p.remote = !asksOthers(loop)
	p.between = tried(loop)
	trips, counted := tripsOf(loop)
	longest, total := d, time.Duration(trips)*d
	if grows {
		longest, total = doubled(d, trips, counted)
	}
	switch h := c.heeds(loop); {
	case known && counted && total < longNap, known && longest < shortNap:
		return c.none(sleep, p.instr, shortWait)
	case h == hears:
		if known && longest <= longRest {
			return c.none(sleep, p.instr, shortWait)
		}
		p.likely, p.doubted = !known, !known
	case !known, counted && total < longRest:
		p.likely = true
	case longest < longNap:
		p.likely = h != deaf || bounded(loop)
	}
	return p
}

// asksOthers reports whether a loop is seen to do I/O: what it waits for is out of the
// process, and may never come.
func asksOthers(loop *ssax.Loop) (asks bool) {
	loop.Instructions(func(instr ssa.Instruction) bool {
		if call, ok := instr.(*ssa.Call); ok {
			kind := waits.Known(ssax.Callee(&call.Call))
			asks = kind.IsIO() && kind != waits.Disk
		}
		return !asks
	})
	return asks
}

// tripsOf returns how often at most the loop, and no loop around it, is repeated.
func tripsOf(loop *ssax.Loop) (n int64, ok bool) {
	if loop.Parent != nil {
		return 0, false
	}
	return loop.Trips()
}

// bounded reports whether a loop, and all around it, end by themselves.
func bounded(loop *ssax.Loop) bool {
	for ; loop != nil; loop = loop.Parent {
		if !loop.Lists() && !loop.Counts() {
			return false
		}
	}
	return true
}

// isEndless reports whether a loop, or one around it, has no way out.
func (c *checker) isEndless(loop *ssax.Loop) bool {
	for ; loop != nil; loop = loop.Parent {
		if c.pkg.IsEndless(loop) {
			return true
		}
	}
	return false
}

// heed is what a loop does with a context.
type heed uint8

const (
	deaf   heed = iota // nothing
	passes             // it gives one to a call, which may fail when it has ended
	hears              // it asks whether one has ended, or is left when such a call fails: one more wait at most
)

// heeds returns what a loop does with a context.
func (c *checker) heeds(loop *ssax.Loop) (most heed) {
	loop.Instructions(func(instr ssa.Instruction) bool {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return true
		}
		common := call.Common()
		if common.IsInvoke() && ctxlib.IsContextual(common.Value.Type()) && (common.Method.Name() == "Err" || common.Method.Name() == "Done") {
			most = hears
		} else if slices.ContainsFunc(common.Args, func(arg ssa.Value) bool { return ctxlib.IsContextual(arg.Type()) }) {
			most = passes
			if call, ok := instr.(*ssa.Call); ok && isLeftOnError(loop, call) {
				most = hears
			}
		}
		return most != hears
	})
	return most
}

// isLeftOnError reports whether a loop is left whenever a call in it returns an error, of
// whatever kind.
func isLeftOnError(loop *ssax.Loop, call *ssa.Call) bool {
	sig := call.Call.Signature()
	if !ctxlib.CanFail(sig) {
		return false
	}
	err := ssax.Result(call, sig.Results().Len()-1)
	if err == nil {
		return false
	}
	for _, ref := range *err.Referrers() {
		test, ok := ref.(*ssa.BinOp)
		if !ok {
			continue
		}
		tested, failed := ssax.NotNil(test)
		if tested == nil {
			continue
		}
		for _, use := range *test.Referrers() {
			if branch, ok := use.(*ssa.If); ok && !loop.Blocks[branch.Block().Succs[failed]] {
				return true
			}
		}
	}
	return false
}

// inDefault reports whether control gets to an instruction by the default of a select
// statement.
func inDefault(instr ssa.Instruction) bool {
	for b := instr.Block(); b != nil; b = b.Idom() {
		for _, i := range b.Instrs {
			poll, ok := i.(*ssa.Select)
			if !ok || poll.Blocking {
				continue
			}
			if sel, ok := ssax.SelectOf(poll); ok {
				if start, _ := sel.DefaultStart(); start != nil && start.Dominates(instr.Block()) {
					return true
				}
			}
		}
	}
	return false
}

// tickAt returns the pause that a receive from a timer is.
func (c *checker) tickAt(recv *ssa.UnOp) *pause {
	if recv.Op != token.ARROW {
		return nil
	}
	made := timerOf(ssax.Strip(recv.X))
	if made == nil {
		return nil
	}
	return c.sleepFor(recv, ssax.Callee(&made.Call), made.Call.Args[0])
}

// timerOf returns the call of package time that gives a channel: time.After(d), or
// time.NewTimer(d) for its field. It is nil if the channel is another, or the timer may
// be reset.
func timerOf(ch ssa.Value) *ssa.Call {
	if addr := ssax.LoadedFrom(ch); addr != nil {
		field, ok := addr.(*ssa.FieldAddr)
		if !ok {
			return nil
		}
		ch = field.X
	}
	made, ok := ch.(*ssa.Call)
	if !ok {
		return nil
	}
	fn := ssax.Callee(&made.Call)
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() != nil || !isPause(fn) {
		return nil
	}
	return made
}
