package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

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
	h := c.heldIn(op.Fn())
	for i, l := range h.locks {
		if h.at[op.Instr]&(1<<i) != 0 && ssax.Same(l.owner, owner, nil) {
			held = append(held, l)
		}
	}
	return held
}

// holding is which locks a function has at its instructions (must).
type holding struct {
	locks []mutexLock
	calls []*ssa.Call                // that may take a lock
	at    map[ssa.Instruction]uint64 // a bit for each of locks
}

// maxLocks bounds the locks of one function. One with more is not understood.
const maxLocks = 64

// heldIn returns the holding of fn at its operations of channels.
func (c *checker) heldIn(fn *ssa.Function) *holding {
	if h := c.holdings[fn]; h != nil {
		return h
	}
	h := &holding{calls: c.callsOf(fn), at: make(map[ssa.Instruction]uint64)}
	c.holdings[fn] = h
	if h.locks = locksOf(fn); len(h.locks) == 0 || len(h.locks) > maxLocks {
		h.locks = nil
		return h
	}
	order := ssax.Postorder(fn)
	slices.Reverse(order)
	out := make(map[*ssa.BasicBlock]uint64)
	for changed := true; changed; { // what is held only shrinks
		changed = false
		for _, b := range order {
			now := h.through(b, out)
			if before, ok := out[b]; !ok || before != now {
				out[b], changed = now, true
			}
		}
	}
	return h
}

// through returns what is held at the end of a block, and records what is held in it.
// Blocks of which nothing is known yet are taken to hold everything.
func (h *holding) through(b *ssa.BasicBlock, out map[*ssa.BasicBlock]uint64) uint64 {
	var now uint64
	if len(b.Preds) > 0 {
		now = ^uint64(0)
	}
	for _, pred := range b.Preds {
		if before, ok := out[pred]; ok {
			now &= before
		}
	}
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case *ssa.Send, *ssa.UnOp, *ssa.Select:
			h.at[instr] = now
		case *ssa.Call:
			h.at[instr] = now // it may be a close
			now = h.after(instr, now)
		}
	}
	return now
}

// after returns what is held after a call.
func (h *holding) after(call *ssa.Call, now uint64) uint64 {
	fn := ssax.Callee(&call.Call)
	gives := ctxlib.IsMutex(fn, "Unlock", "RUnlock") && len(call.Call.Args) > 0
	for i, l := range h.locks {
		switch {
		case l.call == call:
			now |= 1 << i
		case gives && mutexField(call) == l.field:
			now &^= 1 << i // of whatever owner
		}
	}
	return now
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
	for _, call := range c.takes(op.Fn(), owner, l) {
		switch loop := c.pkg.Loops(op.Fn()).Around(call.Block()); {
		case op.Kind == concurrency.Recv && ssax.Reaches(op.Instr, call):
			return call
		case op.Kind != concurrency.Recv && loop != nil && c.comesAfter(op, loop):
			return call
		}
	}
	return nil
}

// maxCalls bounds the calls of one function that are asked for locks, in source order.
const maxCalls = 256

// takes returns the calls in fn that may take the lock l of the given owner.
func (c *checker) takes(fn *ssa.Function, owner ssa.Value, l mutexLock) (calls []*ssa.Call) {
	for _, call := range c.heldIn(fn).calls {
		if c.mayLock(call, owner, l) {
			calls = append(calls, call)
		}
	}
	return calls
}

// callsOf returns the calls in fn of the package's functions, and of Lock and RLock.
func (c *checker) callsOf(fn *ssa.Function) (calls []*ssa.Call) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || c.pkg.Callee(&call.Call) == nil && !ctxlib.IsMutex(ssax.Callee(&call.Call), "Lock", "RLock") {
				continue
			}
			if calls = append(calls, call); len(calls) == maxCalls {
				return calls
			}
		}
	}
	return calls
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
	if !ctxlib.IsMutex(fn, "Lock", "RLock") {
		return l, false
	}
	addr := mutexOf(call)
	if addr == nil {
		return l, false
	}
	return mutexLock{call, addr.X, ssax.FieldOf(addr), fn.Name() == "Lock"}, true
}

// mutexOf returns the address of the field with the mutex, or a pointer to it, whose
// method is called; nil if it is elsewhere.
func mutexOf(call *ssa.Call) *ssa.FieldAddr {
	addr := call.Call.Args[0]
	if from := ssax.LoadedFrom(addr); from != nil {
		addr = from
	}
	fa, _ := addr.(*ssa.FieldAddr)
	return fa
}

func mutexField(call *ssa.Call) *types.Var {
	if fa := mutexOf(call); fa != nil {
		return ssax.FieldOf(fa)
	}
	return nil
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
