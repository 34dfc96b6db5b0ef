package metriclifecycle

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkLoops reports what fn does in each iteration of a loop that should be done once.
func (c *checker) checkLoops(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		header := c.loopHeader(b)
		if header == nil {
			continue
		}
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			for _, r := range c.loopEvents(call) {
				r.comes = !r.fixed && r.kept && c.receives(call)
				if (r.fixed || r.comes) && r.category == hotRegister && c.sameRegistry(r, header) && !c.dependsOnState(call, header) {
					c.reportHot(r, "each iteration of the loop", header.Instrs[0].Pos())
				}
			}
		}
	}
}

// loopEvents returns the events of a call in a loop.
func (c *checker) loopEvents(call ssa.CallInstruction) []reached {
	if e, ok := c.eventOf(call); ok {
		if slices.ContainsFunc(call.Parent().Blocks, c.takesBack) {
			return nil
		}
		return []reached{{event: e}}
	}
	out := slices.Clone(c.calledEvents(call))
	for i := range out {
		out[i].steps = append([]ssa.CallInstruction{call}, out[i].steps...)
	}
	return out
}

// sameRegistry reports whether the registry of an event in a loop is the same in
// each iteration.
func (c *checker) sameRegistry(r reached, header *ssa.BasicBlock) bool {
	if r.registry == nil {
		return true
	}
	reg := registryOf(r.registry)
	if reg.varying {
		return false
	}
	switch reg.kind {
	case defaultRegistry:
		return true
	case globalRegistry:
		return !c.changes(reg.global)
	case paramRegistry:
		return reg.param.Parent() == header.Parent()
	case fieldRegistry:
		load, ok := ssax.Strip(r.registry).(*ssa.UnOp)
		if !ok {
			return false
		}
		addr, ok := load.X.(*ssa.FieldAddr)
		if !ok {
			return false
		}
		_, isParam := addr.X.(*ssa.Parameter)
		return isParam && addr.X.Parent() == header.Parent()
	}
	return false
}

// receives reports whether each iteration of the loop around a call has received
// something from a channel before it, so that nothing bounds the iterations.
func (c *checker) receives(call ssa.CallInstruction) bool {
	loop := c.loops(call.Parent()).Around(call.Block())
	for _, b := range call.Parent().Blocks {
		if !loop.Blocks[b] || !b.Dominates(call.Block()) {
			continue
		}
		for _, instr := range b.Instrs {
			if recv, ok := instr.(*ssa.UnOp); ok && recv.Op == token.ARROW && ssax.Dominates(recv, call) {
				return true
			}
		}
	}
	return false
}

// unregisters reports whether the package takes any collector out of a registry.
func (c *checker) unregisters() bool {
	for _, obj := range c.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == "Unregister" {
			return true
		}
	}
	return false
}
