package concurrency

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// Endless returns a loop of fn that control never leaves, or nil if there is
// none. An exit that is taken only when a channel is closed counts if somebody
// may close the channel. A panic in the loop counts as leaving it.
func (p *Package) Endless(fn *ssa.Function) *ssax.Loop {
	for _, loop := range p.Loops(fn).All {
		if p.IsEndless(loop) {
			return loop
		}
	}
	return nil
}

// IsEndless reports whether control never leaves the loop.
func (p *Package) IsEndless(loop *ssax.Loop) bool {
	endless, known := p.endless[loop]
	if !known {
		endless = p.neverLeft(loop)
		p.endless[loop] = endless
	}
	return endless
}

func (p *Package) neverLeft(loop *ssax.Loop) bool {
	for _, e := range loop.Exits() {
		if p.isExit(e) {
			return false
		}
	}
	return true
}

// isExit reports whether control may take an edge out of a loop.
func (p *Package) isExit(e ssax.Edge) bool {
	if noCase(e.To()) {
		return false
	}
	if recv, closed := isClosed(e); closed {
		ch := p.OfValue(recv.X)
		return ch.Closed() || !ch.Timer && !ch.Visible()
	}
	return true
}

// noCase reports whether the block is where a blocking select goes if none of
// its cases was chosen, which never happens.
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

// NeverEnds returns an endless loop that a call of fn may get stuck in: one of
// fn's own, or of a function of the package that it calls. It returns nil if
// there is none.
func (p *Package) NeverEnds(fn *ssa.Function) *ssax.Loop {
	return p.neverEnds(fn, make(map[*ssa.Function]bool))
}

func (p *Package) neverEnds(fn *ssa.Function, busy map[*ssa.Function]bool) *ssax.Loop {
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

// Returns reports whether fn can return other than by the closing of a channel
// that nobody closes.
func (p *Package) Returns(fn *ssa.Function) bool {
	work := ssax.NewWork(fn.Blocks[0])
	for b := range work.All() {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			return true
		}
		for i, s := range b.Succs {
			if p.isExit(ssax.Edge{From: b, Succ: i}) {
				work.Add(s)
			}
		}
	}
	return false
}
