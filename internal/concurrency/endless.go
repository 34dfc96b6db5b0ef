package concurrency

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Endless returns a loop of fn that control never leaves once it is in it, nil if
// there is none. An exit that is only taken when a channel is closed counts if
// somebody may close it. A loop that panics counts as left.
func (p *Package) Endless(fn *ssa.Function) *Loop {
	for _, loop := range p.Loops(fn).All {
		if p.IsEndless(loop) {
			return loop
		}
	}
	return nil
}

// IsEndless reports whether control never leaves the loop.
func (p *Package) IsEndless(loop *Loop) bool {
	for _, e := range loop.Exits() {
		if p.isExit(e) {
			return false
		}
	}
	return true
}

// isExit reports whether control may take an edge out of a loop.
func (p *Package) isExit(e Edge) bool {
	if noCase(e.To()) {
		return false
	}
	if recv, closed := isClosed(e); closed {
		ch := p.OfValue(recv.X)
		return ch.Closed() || !ch.Timer && !ch.Visible()
	}
	return true
}

// noCase reports whether the block is where a blocking select goes if none of its
// cases was chosen, which does not happen.
func noCase(b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		p, ok := instr.(*ssa.Panic)
		if !ok {
			continue
		}
		mi, ok := p.X.(*ssa.MakeInterface)
		if !ok {
			return false
		}
		k, ok := mi.X.(*ssa.Const)
		return ok && k.Value != nil && strings.Contains(k.Value.String(), "blocking select matched no case")
	}
	return false
}

// NeverEnds returns the endless loop in which a call of fn ends up: one of fn's
// own that every path enters, or of a function that it calls on every path. Nil
// if fn may return.
func (p *Package) NeverEnds(fn *ssa.Function) *Loop {
	return p.neverEnds(fn, make(map[*ssa.Function]bool))
}

func (p *Package) neverEnds(fn *ssa.Function, busy map[*ssa.Function]bool) *Loop {
	if fn == nil || len(fn.Blocks) == 0 || busy[fn] {
		return nil
	}
	busy[fn] = true
	if loop := p.Endless(fn); loop != nil {
		return loop
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if loop := p.neverEnds(p.Callee(&call.Call), busy); loop != nil {
					return loop
				}
			}
		}
	}
	return nil
}
