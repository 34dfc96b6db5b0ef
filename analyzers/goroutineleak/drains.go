package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

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
	add := func(at ssa.Instruction, recv *ssa.UnOp) {
		if stop.Block().Dominates(at.Block()) && ssax.Reaches(stop, at) && !resetBetween(stop, at, timer) {
			out = append(out, draining{at, recv})
		}
	}
	for _, recv := range receivesFrom(stop.Parent(), timer) {
		if u, ok := recv.Instr.(*ssa.UnOp); ok {
			add(u, u)
		}
	}
	for _, b := range stop.Parent().Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				for _, recv := range c.drainsIn(call, timer) {
					add(call, recv)
				}
			}
		}
	}
	return out
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
		for _, recv := range receivesFrom(callee, place{base: callee.Params[i]}) {
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
		for _, op := range receivesFrom(call.Parent(), given) {
			if c.reachesStop(op, call, given) {
				return op.Pos(), true
			}
		}
	}
	return token.NoPos, false
}
