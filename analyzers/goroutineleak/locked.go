package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// A mutexLock is a call that takes a mutex in a field of owner.
type mutexLock struct {
	call  *ssa.Call
	owner ssa.Value
	field *types.Var
	write bool
}

// checkLocked reports a send or receive that is made under a lock which every function
// with the other end takes, too: the two wait for each other. The channel and the mutex
// are fields of one value on both sides, so that it is the same lock. That the other side
// asks for the lock just then is likely, but not proved.
func (c *checker) checkLocked(ch *concurrency.Channel) {
	if capacity, known := ch.Capacity(); !known || capacity > 0 || !ch.Visible() || ch.Field == nil || len(ch.Ops) > maxLockedOps {
		return
	}
	for _, op := range ch.Ops {
		if !op.Bare() || op.Kind == concurrency.Close || ssax.InstrInTest(op.Instr) {
			continue
		}
		for _, l := range c.heldAt(op) {
			if other := c.counterpartNeeds(ch, op, l); other != nil {
				c.foundLocked(op, l, other)
				break
			}
		}
	}
}

// maxLockedOps bounds the operations of a channel that [checker.checkLocked] compares
// with each other.
const maxLockedOps = 64

func (c *checker) foundLocked(op concurrency.Op, l mutexLock, other ssa.Instruction) {
	verb, category, ready := "send", blockedSend, "receives"
	if op.Kind == concurrency.Recv {
		verb, category, ready = "receive", blockedRecv, "sends or closes"
	}
	pos := opPos(op)
	c.foundWith(catalog.Medium, analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len("<-")),
		Category: category,
		Message:  fmt.Sprintf("this %s waits under the lock %s that whoever %s may be waiting for, and then both wait forever; unlock before it", verb, l.field.Name(), ready),
		Related: []analysis.RelatedInformation{
			{Pos: l.call.Pos(), Message: "the lock is taken here"},
			{Pos: other.Pos(), Message: "the other side takes it here"},
		},
	})
}

// heldAt returns the locks of the owner of op's channel that op's function has taken,
// and not given back, whenever it gets to op.
func (c *checker) heldAt(op concurrency.Op) (held []mutexLock) {
	owner := ownerOf(op)
	if owner == nil {
		return nil
	}
	var unlocks []ssa.Instruction
	for _, b := range op.Fn().Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && ctxlib.IsMutex(ssax.Callee(&call.Call), "Unlock", "RUnlock") {
				unlocks = append(unlocks, call)
			}
		}
	}
	for _, l := range locksOf(op.Fn()) {
		if !ssax.Same(l.owner, owner, nil) || !ssax.Dominates(l.call, op.Instr) {
			continue
		}
		released := false
		for _, u := range unlocks {
			released = released || ssax.ReachesWithout(u, op.Instr, l.call)
		}
		if !released {
			held = append(held, l)
		}
	}
	return held
}

// counterpartNeeds returns where the other side of op takes the lock l, if it does
// wherever the other side is, and nil otherwise.
func (c *checker) counterpartNeeds(ch *concurrency.Channel, op concurrency.Op, l mutexLock) (first ssa.Instruction) {
	for _, other := range ch.Ops {
		if other.Kind == op.Kind {
			continue
		}
		at := c.needs(other, l)
		if at == nil {
			return nil
		}
		if first == nil {
			first = at
		}
	}
	return first
}

// needs returns where an operation's function takes the lock l, if it has it when it
// makes the operation, or has to get it, again and again, in order to come to the next.
// A lock that is given back before the operation proves nothing: the operation may be
// asked for only then.
func (c *checker) needs(op concurrency.Op, l mutexLock) ssa.Instruction {
	owner := ownerOf(op)
	if owner == nil {
		return nil
	}
	for _, own := range c.heldAt(op) {
		if own.field == l.field && (own.write || l.write) {
			return own.call
		}
	}
	fn := op.Fn()
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !c.mayLock(call, owner, l) {
				continue
			}
			switch loop := c.pkg.Loops(fn).Around(b); {
			case op.Kind == concurrency.Recv && ssax.Reaches(op.Instr, call):
				return call
			case op.Kind != concurrency.Recv && loop != nil && c.comesAfter(op, loop):
				return call
			}
		}
	}
	return nil
}

// comesAfter reports whether an operation is made when a loop is over: it is deferred,
// or control leads to it from the loop alone.
func (c *checker) comesAfter(op concurrency.Op, loop *ssax.Loop) bool {
	if _, deferred := op.Instr.(*ssa.Defer); deferred {
		return true
	}
	return !loop.Blocks[op.Instr.Block()] && loop.Header.Dominates(op.Instr.Block())
}

// mayLock reports whether a call takes the mutex of l, of the given owner, itself or in a
// function of the package to which it hands the owner.
func (c *checker) mayLock(call *ssa.Call, owner ssa.Value, l mutexLock) bool {
	if own, ok := lockOf(call); ok {
		return own.field == l.field && (own.write || l.write) && ssax.Same(own.owner, owner, nil)
	}
	callee := c.pkg.Callee(&call.Call)
	if callee == nil {
		return false
	}
	for _, p := range callee.Params {
		if arg := ssax.Argument(&call.Call, p); arg != nil && ssax.Same(arg, owner, nil) && c.locksIn().Get(lockQuery{p, l.field, l.write}) {
			return true
		}
	}
	return false
}

// A lockQuery asks whether a function takes the mutex in a field of one of its
// parameters; any way of taking it counts if the other side writes.
type lockQuery struct {
	param *ssa.Parameter
	field *types.Var
	write bool
}

// locksIn answers lock queries.
func (c *checker) locksIn() *fixpoint.Solver[lockQuery, bool] {
	if c.locks == nil {
		c.locks = fixpoint.NewBool(false, false, func(q lockQuery) bool {
			for _, b := range q.param.Parent().Blocks {
				for _, instr := range b.Instrs {
					if call, ok := instr.(*ssa.Call); ok && c.mayLock(call, q.param, mutexLock{field: q.field, write: q.write}) {
						return true
					}
				}
			}
			return false
		})
	}
	return c.locks
}

// locksOf returns the calls in fn that take a mutex in a field.
func locksOf(fn *ssa.Function) (locks []mutexLock) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if l, ok := lockOf(call); ok {
					locks = append(locks, l)
				}
			}
		}
	}
	return locks
}

func lockOf(call *ssa.Call) (l mutexLock, ok bool) {
	fn := ssax.Callee(&call.Call)
	if !ctxlib.IsMutex(fn, "Lock", "RLock") || len(call.Call.Args) == 0 {
		return l, false
	}
	addr := call.Call.Args[0]
	if from := ssax.LoadedFrom(addr); from != nil {
		addr = from // a field that is a pointer
	}
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return l, false
	}
	return mutexLock{call, fa.X, ssax.FieldOf(fa), fn.Name() == "Lock"}, true
}

// ownerOf returns the value of whose field an operation's channel is loaded, nil if it
// comes from elsewhere.
func ownerOf(op concurrency.Op) ssa.Value {
	fa, ok := ssax.LoadedFrom(operand(op)).(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	return fa.X
}
