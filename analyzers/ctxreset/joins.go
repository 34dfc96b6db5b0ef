package ctxreset

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// isWaitedFor reports whether a function between the goroutine fn and the one that
// has the context waits for what it starts.
func (c *checker) isWaitedFor(fn, outer *ssa.Function) bool {
	for f := fn; f != nil && f != outer; f = f.Parent() {
		if f.Parent() != nil && c.atHand.LiteralMode(f) == athand.Started && slices.ContainsFunc(ssax.References(f), c.joins) {
			return true
		}
	}
	return false
}

// joins reports whether the function that starts a goroutine waits for it later,
// outside of goroutines: for a group that the goroutine tells, or by receiving from
// a channel that the function has made and that the goroutine has. A wait before the
// start, or for what the goroutine knows nothing of, is one for another goroutine.
func (c *checker) joins(start ssa.Instruction) bool {
	told := c.told(start)
	for _, b := range start.Parent().Blocks {
		for _, instr := range b.Instrs {
			if object := awaited(instr); object != nil && told[object] && ssax.Reaches(start, instr) {
				return true
			}
		}
	}
	return false
}

// awaited returns the identity of what an instruction waits for: a group, or a channel
// that the function has made. It is nil for other instructions.
func awaited(instr ssa.Instruction) any {
	switch instr := instr.(type) {
	case *ssa.Call:
		if fn := ssax.Callee(&instr.Call); fn != nil && words.Waits.Is(fn.Name()) && fn.Signature().Params().Len() == 0 {
			recv, _ := ssax.Receiver(&instr.Call)
			return identity(recv)
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW && isLocalChan(instr.X) {
			return identity(instr.X)
		}
	}
	return nil
}

// told returns the identities of all that the goroutine started there has, and so can
// tell of its end, and of what other literals have that wait for one of those: one
// that closes a channel after the group is done.
func (c *checker) told(start ssa.Instruction) map[any]bool {
	told := make(map[any]bool)
	addOperands(told, start)
	for _, fn := range c.started(start) {
		addObjects(told, fn)
	}
	rest := slices.Clone(start.Parent().AnonFuncs)
	for more := true; more; {
		more = false
		for i, lit := range rest {
			if lit != nil && waitsForAny(lit, told) {
				addObjects(told, lit)
				rest[i], more = nil, true
			}
		}
	}
	return told
}

// started returns the functions with a body that a go statement, or a call that
// is given a function, starts.
func (c *checker) started(start ssa.Instruction) []*ssa.Function {
	var fns []*ssa.Function
	add := func(fn *ssa.Function) {
		if fn = ssax.Body(fn); fn != nil {
			fns = append(fns, fn)
		}
	}
	if call, ok := start.(ssa.CallInstruction); ok {
		add(c.target(call.Common()))
		for _, arg := range call.Common().Args {
			add(ssax.Target(arg))
		}
	}
	return fns
}

func waitsForAny(fn *ssa.Function, objects map[any]bool) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if object := awaited(instr); object != nil && objects[object] {
				return true
			}
		}
	}
	return false
}

// addObjects adds the identities of what fn and its literals use.
func addObjects(objects map[any]bool, fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			addOperands(objects, instr)
		}
	}
	for _, lit := range fn.AnonFuncs {
		addObjects(objects, lit)
	}
}

func addOperands(objects map[any]bool, instr ssa.Instruction) {
	for _, op := range instr.Operands(nil) {
		if object := identity(*op); object != nil {
			objects[object] = true
		}
	}
}

func isLocalChan(ch ssa.Value) bool {
	switch ch := ch.(type) {
	case *ssa.MakeChan:
		return true
	case *ssa.ChangeType:
		return isLocalChan(ch.X)
	case *ssa.UnOp:
		alloc, ok := ch.X.(*ssa.Alloc)
		if !ok {
			return false
		}
		return slices.ContainsFunc(ssax.StoresTo(alloc), func(st *ssa.Store) bool { return isLocalChan(st.Val) })
	}
	return false
}
