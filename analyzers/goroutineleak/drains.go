package goroutineleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A draining is a receive from the channel of a timer, in the function that stops it or
// in one that this calls.
type draining struct {
	at   ssa.Instruction // of the function that stops the timer
	recv *ssa.UnOp
}

// drainsAfter returns the receives that come after stop and before the timer is
// started again.
func (c *checker) drainsAfter(stop *ssa.Call, timer place) []draining {
	var out []draining
	uses := c.timerUsesOf(stop.Parent())
	add := func(at ssa.Instruction, recv *ssa.UnOp) {
		if ssax.Dominates(stop, at) && !c.resetBetween(stop, at, timer) {
			out = append(out, draining{at, recv})
		}
	}
	for _, recv := range uses.receives[timer] {
		if u, ok := recv.Instr.(*ssa.UnOp); ok {
			add(u, u)
		}
	}
	for _, call := range uses.given[timer] {
		for _, recv := range c.drainsIn(call, timer) {
			add(call, recv)
		}
	}
	return out
}

// timerUses are the receives of a function from the channels of timers, and its calls
// of functions of the package that are given one, by where the timer is kept.
type timerUses struct {
	receives map[place][]concurrency.Op
	given    map[place][]*ssa.Call
}

// timerUsesOf returns those of fn.
func (c *checker) timerUsesOf(fn *ssa.Function) *timerUses {
	if u := c.timerUses[fn]; u != nil {
		return u
	}
	u := &timerUses{make(map[place][]concurrency.Op), make(map[place][]*ssa.Call)}
	c.timerUses[fn] = u
	receive := func(ch ssa.Value, instr ssa.Instruction, state int) {
		if timer, ok := timerOf(ch, "Timer"); ok {
			at := placeOf(timer)
			u.receives[at] = append(u.receives[at], concurrency.Op{Kind: concurrency.Recv, Instr: instr, State: state})
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr.Op == token.ARROW {
					receive(instr.X, instr, -1)
				}
			case *ssa.Select:
				for i, st := range instr.States {
					if st.Dir == types.RecvOnly {
						receive(st.Chan, instr, i)
					}
				}
			case *ssa.Call:
				if c.pkg.Callee(&instr.Call) == nil {
					continue
				}
				for _, arg := range instr.Call.Args {
					if isTimer(arg) {
						u.given[placeOf(arg)] = append(u.given[placeOf(arg)], instr)
					}
				}
			}
		}
	}
	return u
}

// drainsIn returns the receives from the channel of the timer that a call always makes.
func (c *checker) drainsIn(call *ssa.Call, timer place) []*ssa.UnOp {
	callee := c.pkg.Callee(&call.Call)
	if callee == nil || len(callee.Params) != len(call.Call.Args) {
		return nil
	}
	var out []*ssa.UnOp
	for i, arg := range call.Call.Args {
		if !ctxlib.IsNamedOrPointer(arg.Type(), "time", "Timer") || placeOf(arg) != timer {
			continue
		}
		for _, recv := range c.timerUsesOf(callee).receives[place{base: callee.Params[i]}] {
			if u, ok := recv.Instr.(*ssa.UnOp); ok && u.Block() == callee.Blocks[0] {
				out = append(out, u)
			}
		}
	}
	return out
}

// receivedByCaller searches for a receive by a caller of the function that stops the
// timer, from which a path gets to the call before the timer is started again.
func (c *checker) receivedByCaller(stop *ssa.Call, timer place) (token.Pos, bool) {
	p, ok := timer.base.(*ssa.Parameter)
	if !ok {
		return token.NoPos, false
	}
	for _, instr := range c.pkg.CallsOf(stop.Parent()) {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		given := placeOf(ssax.Argument(&call.Call, p))
		if timer.field != nil {
			if given.field != nil {
				continue // too deep to compare
			}
			given.field = timer.field
		}
		for _, op := range c.timerUsesOf(call.Parent()).receives[given] {
			if c.reachesStop(op, call, given) {
				return op.Pos(), true
			}
		}
	}
	return token.NoPos, false
}

// resetBetween reports whether the timer may be started again on a path from one
// instruction to another that it dominates. What lies between is found from its end, so
// that nothing else of the function is looked at.
func (c *checker) resetBetween(from, to ssa.Instruction, timer place) bool {
	again := func(instr ssa.Instruction) bool { return c.restarts(instr, timer) }
	start, end := slices.Index(from.Block().Instrs, from)+1, slices.Index(to.Block().Instrs, to)
	if from.Block() == to.Block() {
		return slices.ContainsFunc(from.Block().Instrs[start:end], again)
	}
	if slices.ContainsFunc(from.Block().Instrs[start:], again) || slices.ContainsFunc(to.Block().Instrs[:end], again) {
		return true
	}
	work := ssax.NewWork(to.Block().Preds...)
	for b := range work.All() {
		if b == from.Block() || b == to.Block() {
			continue
		}
		if slices.ContainsFunc(b.Instrs, again) {
			return true
		}
		work.Add(b.Preds...)
	}
	return false
}

// restarts reports whether the instruction starts the timer again, or puts another in
// its place, or calls what may do so.
func (c *checker) restarts(instr ssa.Instruction, timer place) bool {
	if v, ok := instr.(ssa.Value); ok && v == timer.base {
		return true // made again
	}
	call, ok := instr.(*ssa.Call)
	if !ok {
		return startsAgain(instr, timer)
	}
	fn := c.pkg.Callee(&call.Call)
	given := slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return isTimer(arg) && placeOf(arg) == timer })
	switch {
	case startsAgain(call, timer):
		return true
	case fn != nil:
		return c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
			return startsAgain(instr, timer) || given && isReset(instr)
		})
	case isMethodOfTimer(&call.Call):
		return false
	case ssax.Callee(&call.Call) == nil:
		_, builtin := call.Call.Value.(*ssa.Builtin)
		return given || !builtin && len(c.timerCalls().resets[timer.key()]) > 0 // a function value may reset what others do
	}
	return given
}

func isTimer(v ssa.Value) bool { return ctxlib.IsNamedOrPointer(v.Type(), "time", "Timer") }

func isReset(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && ctxlib.IsMethod(ssax.Callee(&call.Call), "time", "Timer", "Reset")
}

func isMethodOfTimer(call *ssa.CallCommon) bool {
	recv, _ := ssax.Receiver(call)
	return recv != nil && isTimer(recv)
}

// startsAgain reports whether the instruction itself resets the timer, or stores
// another. Fields are told apart by declaration.
func startsAgain(instr ssa.Instruction, timer place) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		return isReset(instr) && placeOf(instr.Call.Args[0]).key() == timer.key()
	case *ssa.Store:
		if timer.field != nil {
			return ssax.FieldOf(instr.Addr) == timer.field
		}
		cell, ok := ssax.Variable(instr.Addr)
		return ok && ssa.Value(cell) == timer.base
	}
	return false
}
