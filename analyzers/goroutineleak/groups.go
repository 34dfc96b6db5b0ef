package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// checkDones reports a Wait, in a function that has a context, for a group one of whose
// goroutines may return with an error before it has called Done:
//
//	go func() {
//		if err := job(); err != nil {
//			return
//		}
//		group.Done()
//	}()
//	group.Wait()
func (c *checker) checkDones(s concurrency.Spawn) {
	if s.Fn == nil || len(s.Fn.Blocks) == 0 || c.pkg.Nameable(s.Site.Parent()) == nil {
		return
	}
	done := methodOfGroup(s.Fn, "Done")
	if done == nil {
		return
	}
	group := groupOf(done)
	wait := c.waitOf(s.Site.Parent())
	if group == nil || wait == nil || groupOf(wait) != group || c.seen[wait.Pos()] {
		return
	}
	way, ok := c.pkg.Forgets(s.Fn, func(instr ssa.Instruction) bool {
		call, ok := instr.(ssa.CallInstruction)
		return ok && isGroupCall(call, "Done")
	})
	if !ok || !ssax.Reaches(s.Site, wait) {
		c.silent(noDone, wait, doneInTime)
		return
	}
	pos := wait.Pos()
	c.found(analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len("(")),
		Category: noDone,
		Message:  "this Wait never ends after an error in a goroutine, which then does not call Done; defer the call",
		Related:  []analysis.RelatedInformation{{Pos: way, Message: "it leaves after this error"}, {Pos: done.Pos(), Message: "it calls Done here"}},
	})
}

// waitOf returns the call of Wait in fn.
func (c *checker) waitOf(fn *ssa.Function) ssa.CallInstruction {
	wait, known := c.waitsIn[fn]
	if !known {
		wait = methodOfGroup(fn, "Wait")
		c.waitsIn[fn] = wait
	}
	return wait
}

// methodOfGroup returns the call of a method of a sync.WaitGroup in fn, nil if there is
// none, or several are of different groups.
func methodOfGroup(fn *ssa.Function, name string) ssa.CallInstruction {
	var found ssa.CallInstruction
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !isGroupCall(call, name) {
				continue
			}
			if found != nil && groupOf(found) != groupOf(call) {
				return nil
			}
			found = call
		}
	}
	return found
}

func isGroupCall(call ssa.CallInstruction, name string) bool {
	return ctxlib.IsMethod(ssax.Callee(call.Common()), "sync", "WaitGroup", name)
}

// groupOf returns the local variable of the group whose method is called, nil if it is
// kept elsewhere.
func groupOf(call ssa.CallInstruction) *ssa.Alloc {
	recv, _ := ssax.Receiver(call.Common())
	cell, _ := ssax.Variable(recv)
	return cell
}
