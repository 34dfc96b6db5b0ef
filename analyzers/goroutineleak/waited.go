package goroutineleak

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// waitsFor reports whether an instruction waits for the group that a goroutine belongs
// to: it has been started by the group, or defers a call of Done.
func (c *checker) waitsFor(wait, site ssa.Instruction) bool {
	group := ofGroup(wait, "Wait")
	if group == nil {
		return false
	}
	if _, ok := site.(*ssa.Call); ok {
		return ofGroup(site, "Go", "TryGo") == group
	}
	start, ok := site.(*ssa.Go)
	if !ok {
		return false
	}
	fn := c.pkg.Callee(&start.Call)
	if fn == nil {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if done, ok := instr.(*ssa.Defer); ok && ssax.Dominates(fn.Blocks[0].Instrs[0], done) && ofGroup(done, "Done") == group {
				return true
			}
		}
	}
	return false
}

// ofGroup returns what holds the sync.WaitGroup, or the errgroup.Group, whose method an
// instruction calls: a variable, or the one value. It is nil for other methods than those
// named.
func ofGroup(instr ssa.Instruction, names ...string) ssa.Value {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	fn := ssax.Callee(call.Common())
	if !ctxlib.IsMethod(fn, "sync", "WaitGroup", names...) && !ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", names...) {
		return nil
	}
	if cell := groupOf(call); cell != nil {
		return cell
	}
	recv, _ := ssax.Receiver(call.Common())
	if cell, ok := ssax.Variable(ssax.LoadedFrom(recv)); ok {
		return cell
	}
	return recv
}

// isWait reports whether a way out is none, but a wait.
func isWait(exit ssa.Instruction) bool {
	call, ok := exit.(*ssa.Call)
	return ok && ofGroup(call, "Wait") != nil
}
